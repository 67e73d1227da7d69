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


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name stands for. `is_part`: it names only a part of that. `notices` say what was corrected."""

    id: str
    is_part: bool = False
    notices: tuple[Message, ...] = ()


def resolve(name: str, names: Names, key: str) -> Resolved:
    """What a name stands for, typos forgiven and said. `key` is where it stands in the profile."""
    folded = names.fold(name)
    if folded in names.folds:
        return Resolved(names.folds[folded], _is_part(folded, names))
    close = _close(folded, names)
    if len({names.folds[spelling] for spelling in close}) == 1:
        taken = _as_written(close[0], names)
        notice = Message("notices.corrected", {"typed": name, "taken": taken})
        return Resolved(names.folds[close[0]], _is_part(close[0], names), (notice,))
    if close:
        choices = ", ".join(sorted(_as_written(spelling, names) for spelling in close))
        raise wrong("ambiguous_name", key=key, name=name, choices=choices)
    raise wrong("unknown_name", key=key, name=name, nearest=nearest(name, names.spellings))


def _is_part(fold: str, names: Names) -> bool:
    return fold in {names.fold(part) for part in names.parts}


def _close(folded: str, names: Names) -> list[str]:
    """The spellings that are most like it, if like enough; several only where they are equally like."""
    if len(folded) < LEAST_LETTERS:
        return []
    candidates = [spelling for spelling in names.folds if len(spelling) >= LEAST_LETTERS]
    found = process.extract(folded, candidates, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None)
    best = max((score for _, score, _ in found), default=0.0)
    return sorted(spelling for spelling, score, _ in found if score == best)


def _as_written(fold: str, names: Names) -> str:
    return next((spelling for spelling in names.spellings if names.fold(spelling) == fold), names.folds[fold])
