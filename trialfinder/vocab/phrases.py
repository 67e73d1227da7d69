"""Phrases that stand for something, as one expression: what each family of words is looked up with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Generic, Protocol, TypeVar


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
    def _pattern(self) -> re.Pattern[str]:
        """Alternatives that begin with the same letter stand behind one look at that letter: a third of the time."""
        words = [(index, row) for index, row in enumerate(self.rows) if not _is_sign(row)]
        groups = []
        for letter, members in groupby(sorted(words, key=_by_letter), key=lambda item: _first_letter(item[1].phrase)):
            inner = "|".join(f"(?P<c{index}>{row.phrase})" for index, row in members)
            groups.append(f"(?={letter})(?:{inner})" if letter else inner)
        signs = [f"(?P<c{index}>{row.phrase})" for index, row in enumerate(self.rows) if _is_sign(row)]
        return re.compile("|".join([rf"(?<![a-z0-9])(?:{'|'.join(groups)})(?![a-z0-9])", *signs]))

    def find(self, lower: str) -> tuple[PhraseMatch[RowT], ...]:
        """The rows that a text in lower case names, in order, none overlapping another."""
        return tuple(
            PhraseMatch(self.rows[int((match.lastgroup or "c0")[1:])], match.start(), match.end())
            for match in self._pattern.finditer(lower)
        )


def _is_sign(row: PhraseRow) -> bool:
    """Whether a row is a single sign, which has no word's ends."""
    return len(row.phrase) == 1 and not row.phrase.isalnum()


def _by_letter(item: tuple[int, PhraseRow]) -> tuple[str, int]:
    return _first_letter(item[1].phrase), item[0]


def _typical_length(row: PhraseRow) -> int:
    match = re.search(row.phrase, row.example)
    return len(match[0]) if match else len(row.phrase)


def _first_letter(phrase: str) -> str:
    """The letter a phrase surely begins with, or nothing where it may begin in several ways."""
    is_sure = (
        phrase[:1].isalpha()
        and phrase[1:2] not in ("?", "*", "|")
        and "|" not in re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", phrase)
    )
    return phrase[0] if is_sure else ""
