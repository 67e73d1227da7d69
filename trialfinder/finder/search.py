"""What to find: one value that the command line, the app, saved searches and the library share."""

import shlex
from dataclasses import dataclass, field, fields

from trialfinder.model import PatientProfile
from trialfinder.places.distance import KM_PER_MILE

TYPED_AS_MILES = 1e-6
NOTHING_SAID = PatientProfile()
TRAITS = ("takes_brain_metastases", "no_line_limit", "no_placebo")
"""What else a person may want: it takes brain metastases, limits no earlier lines, gives no placebo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search. What is not said does not limit; a value here wins over the same thing in `profile`.

    `statuses`, `phases` and `kinds` hold the registry's values, `countries` and `states` names as the registry writes
    them. `traits` are of TRAITS. `within_km` needs `near` (or the profile's place). `age` in years. `is_all` lifts the
    three defaults (open status, metastatic setting, breast cancer), never an explicit filter.
    """

    profile: PatientProfile = field(default=NOTHING_SAID)
    profile_file: str | None = None
    near: str | None = None
    within_km: float | None = None
    countries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    text: str | None = None
    subtype: str | None = None
    sex: str | None = None
    age: float | None = None
    traits: tuple[str, ...] = ()
    is_all: bool = False

    @property
    def place(self) -> str | None:
        """Where the person is: `near`, else the profile's place."""
        return self.near or self.profile.place

    @property
    def reach_km(self) -> float | None:
        """How far the person can travel in km: `within_km`, else the profile's; None is no limit."""
        return self.within_km if self.within_km is not None else self.profile.travel_km

    def options(self) -> dict[str, object]:
        """The search as JSON-ready values, without the profile's content (a profile never leaves the session)."""
        names = (item.name for item in fields(self) if item.name != "profile")
        values = {name: getattr(self, name) for name in names}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value not in (None, (), False)
        }

    def command(self) -> str:
        """The search as the command line would have it, for exports."""
        words = ["find"]
        for name, value in self.options().items():
            words += _flag(name, value)
        return shlex.join(words)


FLAGS = {
    "profile_file": "--profile",
    "near": "--near",
    "within_km": "--within",
    "countries": "--country",
    "states": "--state",
    "statuses": "--status",
    "phases": "--phase",
    "kinds": "--kind",
    "drugs": "--drug",
    "text": "--text",
    "subtype": "--subtype",
    "sex": "--sex",
    "age": "--age",
    "is_all": "--all",
    "traits": "--trait",
}


def _flag(name: str, value: object) -> list[str]:
    flag = FLAGS[name]
    if value is True:
        return [flag]
    if name == "within_km":
        return [flag, _reach(float(str(value)))]
    if name == "age":
        return [flag, f"{value:g}"]
    return [part for item in (value if isinstance(value, list) else [value]) for part in (flag, str(item))]


def _reach(km: float) -> str:
    """A distance as people typed it: whole miles, else km."""
    miles = km / KM_PER_MILE
    return f"{miles:.0f}mi" if km != round(km) and abs(miles - round(miles)) < TYPED_AS_MILES else f"{km:g}km"
