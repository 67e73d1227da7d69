"""What a lookup gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PlaceKind = Literal["city", "postal_code", "state", "country", "area"]
NoticeCode = Literal[
    "typo_forgiven",
    "largest_of_name",
    "five_digits_read_as_us",
    "code_read_as",
    "code_area",
    "centre_of_region",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should see about how their words were taken: a code, and the parts of its sentence."""

    code: NoticeCode
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A point that a name or code stands for.

    `name` is a label that people read and that leads back to the same place. `country` is the registry's name of it,
    `state` the state's or province's. `kind` "area" is the neighbourhood of a postal code that is not in the tables.
    `is_approximate`: the point may be far from the person, because it stands for a state, a country or an area.
    `notice` is the first of `notices`, or None where the words were taken as they stand.
    """

    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    country: str
    state: str | None = None
    is_approximate: bool = False
    notices: tuple[Notice, ...] = field(default=())

    @property
    def notice(self) -> Notice | None:
        """The most important thing to say about how the words were taken."""
        return self.notices[0] if self.notices else None
