"""The names that a profile may use, and how therapies imply each other: the vocabulary as matching sees it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


def folded(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Names:
    """One kind of names. `spellings` leads from every spelling to its id; `fold` says which spellings are the same.

    `stems` are beginnings of names, each with its id, for words with many endings. `parts` are spellings or stems of
    only a part of their id (one gene of a family): to have the part is to have the whole, but to lack it says nothing.
    """

    spellings: Mapping[str, str]
    fold: Callable[[str], str] = folded
    stems: Mapping[str, str] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    _by_fold: dict[str, str] = field(init=False, repr=False)
    _folded_parts: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the spellings; an id is a spelling of itself."""
        by_id = {self.fold(id_): id_ for id_ in self.spellings.values()}
        by_spelling = {self.fold(spelling): id_ for spelling, id_ in self.spellings.items()}
        object.__setattr__(self, "_by_fold", by_id | by_spelling)
        object.__setattr__(self, "_folded_parts", frozenset(map(self.fold, self.parts)))

    def find(self, name: str) -> str | None:
        """The id of a name in any of its spellings; None where it is not known."""
        spelling = self.spelling_of(name)
        return None if spelling is None else self._by_fold.get(spelling, self.stems.get(spelling))

    def spelling_of(self, name: str) -> str | None:
        """The known spelling that a name is, folded, or the longest stem that it begins with."""
        fold = self.fold(name)
        if fold in self._by_fold:
            return fold
        stems = [stem for stem in self.stems if fold.startswith(self.fold(stem))]
        return max(stems, key=len, default=None)

    def is_part(self, spelling: str) -> bool:
        """Whether a spelling, folded, or a stem, names only a part."""
        return spelling in self.parts or spelling in self._folded_parts

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

    def meant(self, members: Iterable[str], named: Iterable[str]) -> tuple[str, ...]:
        """What a demand means by its classes: what it names of a class, else the whole class."""
        within = {member: [name for name in named if member in self.lineage(name)] for member in members}
        return tuple(dict.fromkeys(name for member in members for name in within[member] or [member]))
