"""The names that a profile may use, and how therapies imply each other: the vocabulary as matching sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Names:
    """One kind of names. `spellings` leads from every spelling in lower case to its id."""

    spellings: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """The id of a name in any of its spellings; None where it is not known."""
        return self.spellings.get(" ".join(name.lower().split()))


@dataclass(frozen=True, slots=True)
class Words:
    """The names of therapies, biomarkers and conditions. `parents` has, for a drug or class, all classes above it."""

    therapies: Names
    biomarkers: Names
    conditions: Names
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def lineage(self, therapy: str) -> frozenset[str]:
        """The therapy itself and every class above it: whoever had it, had these."""
        return self.parents.get(therapy, frozenset()) | {therapy}
