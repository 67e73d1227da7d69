"""An expression with a quick look before it: most texts hold nothing of what it needs, and are passed over."""

import re
import sys
from collections.abc import Iterator

from trialfinder.vocab.literals import Look


class Sought:
    """An expression for texts in lower case. What it finds is what the plain expression finds, only sooner."""

    __slots__ = ("_pattern", "fullmatch", "match", "may_hold", "sub")

    def __init__(self, source: str, compiled: re.Pattern[str] | None = None) -> None:
        """Look for `source`, with `compiled` where the same is written so that the engine finds it faster."""
        pattern = compiled or re.compile(source)
        self._pattern, self.may_hold = pattern, Look(source).passes
        self.match, self.fullmatch, self.sub = pattern.match, pattern.fullmatch, pattern.sub

    def search(self, lower: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where it matches."""
        return self._pattern.search(lower, start, end) if self.may_hold(lower) else None

    def finditer(self, lower: str) -> Iterator[re.Match[str]]:
        """All places where it matches, none overlapping another."""
        return self._pattern.finditer(lower) if self.may_hold(lower) else iter(())
