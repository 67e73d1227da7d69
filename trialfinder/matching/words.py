"""The names that a profile may use, and how therapies imply each other: the vocabulary as matching sees it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def folded(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Names:
    """One kind of names. `spellings` leads from every spelling to its id; `fold` says which spellings are the same.

    `parts` are spellings of only a part of their id (one gene of a family): to have the part is to have the whole,
    but to lack it says nothing.
    """

    spellings: Mapping[str, str]
    fold: Callable[[str], str] = folded
    parts: frozenset[str] = frozenset()
    _by_fold: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the spellings; an id is a spelling of itself."""
        by_id = {self.fold(id_): id_ for id_ in self.spellings.values()}
        by_spelling = {self.fold(spelling): id_ for spelling, id_ in self.spellings.items()}
        object.__setattr__(self, "_by_fold", by_id | by_spelling)

    def find(self, name: str) -> str | None:
        """The id of a name in any of its spellings; None where it is not known."""
        return self._by_fold.get(self.fold(name))

    @property
    def folds(self) -> Mapping[str, str]:
        """Every folded spelling with its id."""
        return self._by_fold


@dataclass(frozen=True, slots=True)
class Words:
    """The names of therapies, biomarkers and conditions.

    `parents` has, for a drug or class, all classes above it. `counted` are the drugs and classes that make a
    treatment line: radiation, surgery and bone medicines do not.
    """

    therapies: Names
    biomarkers: Names
    conditions: Names
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()

    def lineage(self, therapy: str) -> frozenset[str]:
        """The therapy itself and every class above it: whoever had it, had these."""
        return self.parents.get(therapy, frozenset()) | {therapy}
