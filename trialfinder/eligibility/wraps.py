"""Line breaks that were put in to fit a page, and that part no criteria.

A line that ends in "of" or "the" goes on below. Where a whole text is set in short lines, three of which end so, every
line that begins in small letters goes on from the one above. Lines of another indent are lists, and stay apart.
"""

import re
from itertools import pairwise

_LONGEST_LINE, _SHORTEST_LINE = 85, 45
_LEAST_SIGNS = 3
_OPEN_END = re.compile(r"\b(?:of|the|with|by|to|in|for|an?|than|as|from|at|on) *(?:\n|$)")
_BELOW = re.compile(r" *(?![a-z][.)]|o )[a-z(]")
_CLOSED = (".", ":", ";")


def find_wraps(text: str) -> frozenset[int]:
    """The places of the breaks that only wrap a line, each where the line's last word ends."""
    open_ends = len(_OPEN_END.findall(text))
    if not open_ends:
        return frozenset()
    lines = text.split("\n")
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
    is_open = _OPEN_END.search(line) is not None
    return is_open or (is_wrapped and len(line) >= _SHORTEST_LINE and not line.endswith(_CLOSED))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
