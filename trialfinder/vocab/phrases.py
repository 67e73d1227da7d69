"""Phrases that stand for something, as one expression: what each family of words is looked up with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from trialfinder.vocab.alternation import compile_words
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
    def _compiled(self) -> tuple[re.Pattern[str], Sequence[RowT]]:
        """The expression, and the row of each of its groups (an empty one behind each row's words)."""
        signs = [row for row in self.rows if _is_sign(row)]
        words = [row for row in self.rows if not _is_sign(row)]
        pattern, order = compile_words([row.phrase for row in words], mark="()")
        expression = "|".join([pattern.pattern, *(f"{row.phrase}()" for row in signs)])
        return re.compile(expression), [*(words[number] for number in order), *signs]

    @cached_property
    def _needed(self) -> tuple[str, ...] | None:
        return needed_texts(*(row.phrase for row in self.rows))

    def find(self, lower: str, start: int = 0) -> tuple[PhraseMatch[RowT], ...]:
        """The rows that a text in lower case names from `start` on, in order, none overlapping another."""
        if not may_hold(self._needed, lower):
            return ()
        pattern, order = self._compiled
        return tuple(
            PhraseMatch(order[(match.lastindex or 1) - 1], match.start(), match.end())
            for match in pattern.finditer(lower, start)
        )

    def spans(self, lower: str, start: int = 0) -> tuple[tuple[int, int], ...]:
        """Where a text in lower case names any row from `start` on."""
        if not may_hold(self._needed, lower):
            return ()
        return tuple([match.span() for match in self._compiled[0].finditer(lower, start)])


def _is_sign(row: PhraseRow) -> bool:
    """Whether a row is a single sign, which has no word's ends."""
    return len(row.phrase) == 1 and not row.phrase.isalnum()


def _typical_length(row: PhraseRow) -> int:
    match = re.search(row.phrase, row.example)
    return len(match[0]) if match else len(row.phrase)
