"""Phrases that stand for something, as one expression: what each family of words is looked up with."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from trialfinder.vocab.alternation import Words
from trialfinder.vocab.literals import may_hold, needed_texts


class PhraseRow(Protocol):
    """A row with a `phrase`, a regular expression in lower case without groups of its own, and an `example` of it."""

    @property
    def phrase(self) -> str:
        """The expression; it matches whole words."""

    @property
    def example(self) -> str:
        """A wording that it stands in."""


RowT = TypeVar("RowT", bound=PhraseRow)


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[RowT]):
    """A row found at `start:end` of a text."""

    row: RowT
    start: int
    end: int


class Phrases(Generic[RowT]):
    """Rows as one expression; what takes more of its example is tried first, whatever their order."""

    def __init__(self, rows: Iterable[RowT]) -> None:
        """Sort the rows by the length of what they match, then by letters."""
        self.rows: Sequence[RowT] = sorted(rows, key=lambda row: (-_typical_length(row), row.phrase))

    @cached_property
    def _words(self) -> tuple[Words, Sequence[RowT]]:
        """The rows that are words, and as an expression."""
        rows = [row for row in self.rows if not _is_sign(row)]
        return Words([row.phrase for row in rows]), rows

    @cached_property
    def _signs(self) -> Mapping[str, RowT]:
        """The rows that are single signs."""
        return {row.phrase: row for row in reversed(self.rows) if _is_sign(row)}

    @cached_property
    def _needed(self) -> tuple[str, ...] | None:
        return needed_texts(*(row.phrase for row in self.rows))

    def find(self, lower: str, start: int = 0) -> tuple[PhraseMatch[RowT], ...]:
        """The rows that a text in lower case names from `start` on, in order, none overlapping another."""
        if not may_hold(self._needed, lower):
            return ()
        words, rows = self._words
        found = [PhraseMatch(rows[number], first, end) for first, end, number in words.find(lower, start)]
        signs = [sign for sign in self._signs if sign in lower]
        return tuple(_with_signs(found, self._signs, lower, start) if signs else found)

    def spans(self, lower: str, start: int = 0) -> tuple[tuple[int, int], ...]:
        """Where a text in lower case names any row from `start` on."""
        if not may_hold(self._needed, lower):
            return ()
        if self._signs:
            return tuple([(match.start, match.end) for match in self.find(lower, start)])
        return tuple([(first, end) for first, end, _ in self._words[0].find(lower, start)])


def _with_signs(
    words: Sequence[PhraseMatch[RowT]], signs: Mapping[str, RowT], lower: str, start: int
) -> list[PhraseMatch[RowT]]:
    """The words, and the signs that stand in none of them, in order."""
    inside = {place for match in words for place in range(match.start, match.end)}
    found = list(words)
    for sign, row in signs.items():
        place = lower.find(sign, start)
        while place >= 0:
            if place not in inside:
                found.append(PhraseMatch(row, place, place + 1))
            place = lower.find(sign, place + 1)
    return sorted(found, key=lambda match: match.start)


def _is_sign(row: PhraseRow) -> bool:
    """Whether a row is a single sign, which has no word's ends."""
    return len(row.phrase) == 1 and not row.phrase.isalnum()


def _typical_length(row: PhraseRow) -> int:
    match = re.search(row.phrase, row.example)
    return len(match[0]) if match else len(row.phrase)
