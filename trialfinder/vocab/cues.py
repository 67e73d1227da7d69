"""Words that turn or bound what stands beside them: negation, exclusion, exceptions, ends of a scope."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import PhraseMatch, Phrases

CueKind = Literal["negation", "bar", "exception", "neutral", "stop"]
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


class Cues(Phrases[CueRow]):
    """All cues as one expression."""

    def find_cues(self, lower: str) -> tuple[CueMatch, ...]:
        """The cues of a text in lower case, in order, none overlapping another."""
        return tuple(_as_cue(match) for match in self.find(lower))


def _as_cue(match: PhraseMatch[CueRow]) -> CueMatch:
    return CueMatch(match.row.kind, match.row.direction, match.start, match.end)


@cache
def load_cues() -> Cues:
    """The reviewed cues."""
    return Cues(read_rows("cues.toml", CueRow))
