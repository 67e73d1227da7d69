"""A text cut into tokens of several kinds, where only the kinds are tried that may begin as the text goes on."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trialfinder.vocab.heads import heads_of

_LOOKED_AT = 3  # signs by which the kinds are chosen
_MOST_KNOWN = 20_000  # beginnings of tokens that are remembered
_PLAIN = re.compile("[\0-\x7f]*")

_Kind = tuple[str, Callable[..., re.Match[str] | None]]


@dataclass(frozen=True, slots=True)
class Token:
    """One word, sign or phrase of a sentence, by its kind."""

    kind: str
    start: int
    end: int


class Lexer:
    """Finds tokens one after the other, of each place the first kind that matches there."""

    def __init__(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Take (kind, expression), the first to try first."""
        self._kinds: list[_Kind] = [(kind, re.compile(pattern).match) for kind, pattern in kinds]
        self._by_head: dict[str, set[int]] = {}
        self._by_part: dict[str, set[int]] = {}  # also by the beginnings of the heads
        for number, (_, pattern) in enumerate(kinds):
            for head in heads_of(pattern, _LOOKED_AT):
                self._by_head.setdefault(head, set()).add(number)
                for end in range(len(head) + 1):
                    self._by_part.setdefault(head[:end], set()).add(number)
        self._by_start: dict[str, tuple[_Kind, ...]] = {}

    def tokens(self, text: str, start: int, end: int) -> Iterator[Token]:
        """The tokens of a stretch of a text in plain signs, in order."""
        known, place = self._by_start, start
        while place < end:
            beginning = text[place : place + _LOOKED_AT]
            kinds = known.get(beginning)
            for kind, matches in self._beginning(beginning) if kinds is None else kinds:
                match = matches(text, place, end)
                if match:
                    yield Token(kind, place, match.end())
                    place = match.end()
                    break
            else:
                place += 1

    def _beginning(self, start: str) -> tuple[_Kind, ...]:
        """The kinds that may begin so; what follows a sign beyond ASCII may stand for a letter in another case."""
        plain = _PLAIN.match(start)
        told = plain[0].lower() if plain else ""
        numbers = self._by_part.get(told, set()).union(*(self._by_head.get(told[:end], ()) for end in range(len(told))))
        found = tuple(self._kinds[number] for number in sorted(numbers))
        if len(self._by_start) < _MOST_KNOWN:
            self._by_start[start] = found
        return found
