"""Which of several families of expressions a text may hold, told by its words, each of which is looked into once."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from trialfinder.vocab.literals import all_needed

_WORD = re.compile(r"\w+")
_SHORTEST = 2  # letters of a piece that is worth looking for
_MOST_WORDS, _MOST_TEXTS = 50_000, 1024  # remembered


class Glance:
    """Families of expressions by name, for texts in lower case."""

    def __init__(self, families: Mapping[str, Iterable[str]]) -> None:
        """Find out which pieces of words a match of each family needs."""
        self._bits = {name: 1 << number for number, name in enumerate(families)}
        self._by_start: dict[str, dict[str, int]] = {}  # the bits of each piece, by its first letters
        self._open = 0  # the families of which nothing is known
        for name, patterns in families.items():
            pieces = _pieces(patterns)
            if pieces is None:
                self._open |= self._bits[name]
            for piece in pieces or ():
                alike = self._by_start.setdefault(piece[:_SHORTEST], {})
                alike[piece] = alike.get(piece, 0) | self._bits[name]
        self._of_word: dict[str, int] = {}
        self._of_text = lru_cache(maxsize=_MOST_TEXTS)(self._look)

    def may_hold(self, name: str, lower: str) -> bool:
        """Whether a text may hold a match of a family: never wrongly no."""
        return self._of_text(lower) & self._bits[name] != 0

    def _look(self, lower: str) -> int:
        found, known = self._open, self._of_word.get
        for word in _WORD.findall(lower):
            bits = known(word)
            found |= self._look_into(word) if bits is None else bits
        return found

    def _look_into(self, word: str) -> int:
        bits = 0
        for place in range(len(word) - 1):
            alike = self._by_start.get(word[place : place + _SHORTEST])
            if alike is not None:
                for piece, of_piece in alike.items():
                    bits |= of_piece if word.startswith(piece, place) else 0
        if len(self._of_word) < _MOST_WORDS:
            self._of_word[word] = bits
        return bits


def _pieces(patterns: Iterable[str]) -> tuple[str, ...] | None:
    """The longest word, or part of one, of each text that a match needs; None where there is none."""
    texts = all_needed(patterns)
    if texts is None:
        return None
    pieces = {max(_WORD.findall(text), key=len, default="") for text in texts}
    return tuple(sorted(pieces)) if all(len(piece) >= _SHORTEST for piece in pieces) else None
