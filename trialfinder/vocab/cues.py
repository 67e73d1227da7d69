"""Words that turn, bound or date what stands beside them: negation, exceptions, permission, setting, time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trialfinder.vocab.loader import read_rows

CueKind = Literal["negation", "bar", "option", "exception", "metastatic", "early", "concurrent", "study", "stop", "window"]
Direction = Literal["forward", "backward", "both"]


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue. `phrase` is a regular expression in lower case; it matches whole words.

    `direction` says on which side of the phrase its scope lies. `example` holds the phrase as this cue;
    `counter_example` is a wording that looks like it and is not.
    """

    phrase: str
    kind: CueKind
    direction: Direction
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue found in a text."""

    kind: CueKind
    direction: Direction
    start: int
    end: int


class Cues:
    """All cues as one expression; a longer phrase wins over a shorter one, whatever the order of the rows."""

    def __init__(self, rows: Iterable[CueRow]) -> None:
        """Sort the rows, so that their order in the file says nothing."""
        self.rows = tuple(sorted(rows, key=lambda row: (-len(row.phrase), row.phrase)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = (f"(?P<c{index}>{row.phrase})" for index, row in enumerate(self.rows))
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])")

    def find(self, lower: str) -> tuple[CueMatch, ...]:
        """The cues of a text in lower case, in order, none overlapping another."""
        found = []
        for match in self._pattern.finditer(lower):
            row = self.rows[int((match.lastgroup or "c0")[1:])]
            found.append(CueMatch(row.kind, row.direction, match.start(), match.end()))
        return tuple(found)


def load_cues() -> Cues:
    """The reviewed cues."""
    return Cues(read_rows("cues.toml", CueRow))
