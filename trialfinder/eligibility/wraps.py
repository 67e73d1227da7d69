"""Line breaks that were put in to fit a page, and that part no criteria.

A line that ends in "of" or "the" goes on below. Where a whole text is set in short lines, three of which end so, every
line that begins in small letters goes on from the one above. Lines of another indent are lists, and stay apart.
"""

import re
from itertools import pairwise

_LONGEST_LINE, _SHORTEST_LINE = 85, 45
_LEAST_SIGNS = 3
_LONGEST_WORD = 4
_OPEN_WORDS = ("of", "the", "with", "by", "to", "in", "for", "a", "an", "than", "as", "from", "at", "on")
_OPEN_END = re.compile(rf"\b(?:{'|'.join(_OPEN_WORDS)})$")
_BELOW = re.compile(r" *(?![a-z][.)]|o )[a-z(]")
_CLOSED = (".", ":", ";")


def find_wraps(text: str) -> frozenset[int]:
    """The places of the breaks that only wrap a line, each where the line's last word ends."""
    lines = text.split("\n") if "\n" in text else []
    open_ends = sum(map(_is_open, lines))
    if not open_ends:
        return frozenset()
    is_wrapped = open_ends >= _LEAST_SIGNS and max(map(len, lines)) <= _LONGEST_LINE
    breaks, place = set(), 0
    for line, below in pairwise(lines):
        told = line.rstrip(" ")
        if _goes_on(told, below, is_wrapped=is_wrapped):
            breaks.add(place + len(told))
        place += len(line) + 1
    return frozenset(breaks)


def _goes_on(line: str, below: str, *, is_wrapped: bool) -> bool:
    if not _BELOW.match(below) or _indent(line) != _indent(below):
        return False
    return _is_open(line) or (is_wrapped and len(line) >= _SHORTEST_LINE and not line.endswith(_CLOSED))


def _is_open(line: str) -> bool:
    told = line.rstrip(" ")
    return told.endswith(_OPEN_WORDS) and _OPEN_END.search(told, max(0, len(told) - _LONGEST_WORD - 1)) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
