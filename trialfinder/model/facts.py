"""What a study asks of a person, as read from its record: the seam between text and tables.

The keys and the flat values are those of the reading guide (`GUIDE` in `docs/eligibility.md`);
a `Fact` holds more than its flat value, because matching needs groups, settings and conditions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Setting = Literal["any", "metastatic", "early"]
Range = tuple[float | None, float | None]
FlatValue = str | bool | float | None | tuple[str, ...] | Range

SETTINGS = ("early", "locally_advanced", "metastatic")
SUBTYPES = ("HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC")
MENOPAUSE = ("pre", "post")

SINGLE_KEYS = (
    "cancer",
    "her2_low",
    "men",
    "ecog_max",
    "life_expectancy_min_months",
    "measurable_disease",
    "brain_metastases",
    "leptomeningeal",
)
SET_KEYS = (
    "settings",
    "subtypes",
    "menopause",
    "prior_required",
    "prior_excluded",
    "biomarkers_required",
    "biomarkers_excluded",
    "excluded_conditions",
)
RANGE_KEYS = ("chemo_lines_metastatic", "endocrine_lines_metastatic", "any_lines_metastatic")
FACT_KEYS = (
    "cancer",
    "settings",
    "subtypes",
    "her2_low",
    "menopause",
    "men",
    "ecog_max",
    "life_expectancy_min_months",
    "measurable_disease",
    "brain_metastases",
    "leptomeningeal",
    *RANGE_KEYS,
    "prior_required",
    "prior_excluded",
    "biomarkers_required",
    "biomarkers_excluded",
    "excluded_conditions",
)

SILENCE: Mapping[str, FlatValue] = MappingProxyType(
    {
        "cancer": None,
        "settings": SETTINGS,
        "subtypes": SUBTYPES,
        "her2_low": None,
        "menopause": MENOPAUSE,
        "men": True,
        "ecog_max": None,
        "life_expectancy_min_months": None,
        "measurable_disease": None,
        "brain_metastases": None,
        "leptomeningeal": None,
        "chemo_lines_metastatic": (None, None),
        "endocrine_lines_metastatic": (None, None),
        "any_lines_metastatic": (None, None),
        "prior_required": (),
        "prior_excluded": (),
        "biomarkers_required": (),
        "biomarkers_excluded": (),
        "excluded_conditions": (),
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the record that a value was read from.

    `field` is the API path of one JSON string (`protocolSection.eligibilityModule.eligibilityCriteria`,
    `protocolSection.conditionsModule.conditions[2]`); `start` and `end` are code points of that decoded
    string, and `text[start:end] == quote`, always. `rule` names the rule that read it. `value` is the
    member, number or word that the quote stands for, as in the flat form.
    """

    value: str | bool | float | None
    field: str
    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is asked for or ruled out, with its own sentence.

    `members` are joined by "or" in a requirement (one group); a ban or a condition has one member each.
    A set that lists what is admitted (`settings`, `subtypes`, `menopause`) has one demand for each member.
    `setting` says in which disease setting a therapy or a number of lines counts. `window` is the time limit
    in the record's own words, None where it has none. `minimum` and `maximum` are inclusive; None is no limit.
    `is_conditional`: only some forms are asked for or barred ("active", "uncontrolled", "unless ...").
    `named`: where the text means some of a class only ("no prior lapatinib"), these drugs or narrower classes;
    empty is the whole class.
    """

    members: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    setting: Setting = "any"
    window: str | None = None
    is_conditional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What the record says of one key. `value` is the flat form; a silent key has no demands."""

    key: str
    value: FlatValue
    demands: tuple[Demand, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether the record says nothing of it."""
        return not self.demands

    @property
    def is_conditional(self) -> bool:
        """Whether every demand holds for some forms only."""
        return bool(self.demands) and all(demand.is_conditional for demand in self.demands)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All the record's words behind the fact, in the order of the demands."""
        return tuple(item for demand in self.demands for item in demand.evidence)


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence that mentions the words of a key and from which nothing was read."""

    key: str
    field: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """All the facts of one study. `is_read` is False where the text could not be read: it then admits everything."""

    nct_id: str
    facts: Mapping[str, Fact]
    is_read: bool = True

    def __getitem__(self, key: str) -> Fact:
        """The fact of a key; silence where nothing was read."""
        return self.facts.get(key) or Fact(key, SILENCE[key])

    def flat(self) -> dict[str, object]:
        """The facts in the guide's flat form, every key present, tuples as lists (JSON-ready)."""
        values = {key: self[key].value for key in FACT_KEYS}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
