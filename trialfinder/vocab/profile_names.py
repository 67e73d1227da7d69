"""Short names that people use for themselves and that would be too vague to look for in a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from trialfinder.vocab.loader import read_rows

Kind = Literal["therapies", "conditions"]


@dataclass(frozen=True, slots=True)
class ProfileNameRow:
    """One short name and the id that it stands for."""

    kind: Kind
    name: str
    id: str


@cache
def load_profile_names(kind: Kind) -> Mapping[str, str]:
    """The short names of a kind, each with its id."""
    return {row.name: row.id for row in read_rows("profile_names.csv", ProfileNameRow) if row.kind == kind}
