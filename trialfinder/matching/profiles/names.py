"""Names of drugs, classes, markers and illnesses as people type them: exact first, then typos forgiven and said."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from trialfinder.matching.profiles.wrong import nearest, wrong
from trialfinder.matching.words import Names
from trialfinder.wording import Message

LEAST_LETTERS = 4
"""Shorter names are too alike: "SG", "AI", "T-DM1" must be typed as they are."""

LEAST_LIKENESS = 80
"""On names of drugs, this ratio gave no wrong match where looser ones did."""

MOST_LETTERS_APART = 2
"""A typo adds or drops a letter or two; a name that is longer by more has another word in it."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name stands for. `is_part`: it names only a part of that. `notices` say what was corrected."""

    id: str
    is_part: bool = False
    notices: tuple[Message, ...] = ()


def resolve(name: str, names: Names, key: str) -> Resolved:
    """What a name stands for, typos forgiven and said. `key` is where it stands in the profile."""
    id_, spelling = names.find(name), names.spelling_of(name)
    if id_ is not None and spelling is not None:
        return Resolved(id_, names.is_part(spelling))
    close = _close(names.fold(name), names)
    if len({names.folds[spelling] for spelling in close}) == 1:
        taken = _as_written(close[0], names)
        notice = Message("notices.corrected", {"typed": name, "taken": taken})
        return Resolved(names.folds[close[0]], names.is_part(close[0]), (notice,))
    if close:
        choices = ", ".join(sorted(_as_written(spelling, names) for spelling in close))
        raise wrong("ambiguous_name", key=key, name=name, choices=choices)
    raise wrong("unknown_name", key=key, name=name, nearest=nearest(name, names.spellings))


def _close(folded: str, names: Names) -> list[str]:
    """The spellings that are most like it, if like enough; several only where they are equally like."""
    if len(folded) < LEAST_LETTERS:
        return []
    candidates = [spelling for spelling in names.folds if _may_be_typo_of(folded, spelling)]
    found = process.extract(folded, candidates, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None)
    best = max((score for _, score, _ in found), default=0.0)
    return sorted(spelling for spelling, score, _ in found if score == best)


def _may_be_typo_of(folded: str, spelling: str) -> bool:
    """Whether a short-sighted look could take one for the other: the first letter is hardly ever the wrong one."""
    is_long = len(spelling) >= LEAST_LETTERS
    return is_long and spelling[0] == folded[0] and abs(len(spelling) - len(folded)) <= MOST_LETTERS_APART


def _as_written(fold: str, names: Names) -> str:
    return next((spelling for spelling in names.spellings if names.fold(spelling) == fold), names.folds[fold])
