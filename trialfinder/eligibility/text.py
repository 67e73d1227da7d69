"""Normalised text whose every slice maps back to the record's own words."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, lru_cache

from trialfinder.eligibility.wraps import find_wraps

# Markdown's own escapes, HTML entities, line ends, and UTF-8 once read as cp1252 (Greek, Latin signs, punctuation).
_CONTINUATION = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
# Each begins with one set of signs and looks back at it, so that the engine skips all others.
_NEEDS_UNWRAP = re.compile("[\\\\&\r\u00c2\u00c3\u00ce\u00cf\u00e2\u00ef]")
_ESCAPED = r"(?<=\\)(?P<escaped>[\\`*_{}\[\]()#+\-.!<>~|&=^\"'/,:;%$@?])"
_ENTITY = r"(?<=&)(?:[A-Za-z]{2,8}|\#\d{1,6}|\#x[0-9A-Fa-f]{1,6});"
_LINE_END = r"(?<=\r)\n?"
_MISREAD = rf"(?<=[\u00c2\u00c3\u00ce\u00cf]){_CONTINUATION}|(?<=[\u00e2\u00ef]){_CONTINUATION}{{2}}"
_UNWRAP = re.compile(rf"{_NEEDS_UNWRAP.pattern}(?:{_ESCAPED}|{_ENTITY}|{_LINE_END}|{_MISREAD})")
_OR_MORE = r"(?P<more>(?<=>) ?=|(?<==)>|(?<=>)/=|(?<=>) ?or ?=(?: to)?|(?<=≥)=)"
_OR_LESS = r"(?<=<) ?=|(?<==)<|(?<=<)/=|(?<=<) ?or ?=(?: to)?|(?<=≤)="
_SIGNS = re.compile(rf"[<>=≥≤](?:{_OR_MORE}|{_OR_LESS})")
_PLAIN = re.compile(r"[ !-%'-;=?-\[\]-_a-~]*")  # one line without a sign that may be another's dress
_BREAK = re.compile(r" *\n *")
_NEEDS_SIGNS = re.compile("[<>≥≤]")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad\u2500\u30fc"
_ONE_TO_ONE = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\uff07`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2265\u2267\u2a7e\u2273\u22dd\uf0b3", "≥"),
    **dict.fromkeys("\u2264\u2266\u2a7d\u2272\u22dc\uf0a3", "≤"),
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c", "\n"),
    "\ufe65": ">",
    "\ufe64": "<",
    "\u3001": ",",
    "\u3002": ".",
    "\t": " ",
    "\x00": " ",
}


class _Pass:
    """Where one round of replacements moved the text."""

    def __init__(self) -> None:
        self.out_starts: list[int] = []
        self.pieces: list[tuple[int, int, int]] = []  # out_end, in_start, in_end

    def start(self, position: int) -> int:
        index = bisect_right(self.out_starts, position) - 1
        if index < 0:
            return position
        out_end, in_start, in_end = self.pieces[index]
        return in_start if position < out_end else in_end + position - out_end

    def end(self, position: int) -> int:
        index = bisect_right(self.out_starts, position - 1) - 1
        if index < 0:
            return position
        out_end, _, in_end = self.pieces[index]
        return in_end if position - 1 < out_end else in_end + position - out_end


def _substitute(pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str) -> tuple[str, _Pass]:
    parts: list[str] = []
    moved = _Pass()
    last = length = 0
    for match in pattern.finditer(text):
        new = replace(match)
        if len(new) != match.end() - match.start() or new != match[0]:
            parts.append(text[last : match.start()])
            length += match.start() - last
            moved.out_starts.append(length)
            parts.append(new)
            length += len(new)
            moved.pieces.append((length, match.start(), match.end()))
            last = match.end()
    parts.append(text[last:])
    return "".join(parts), moved


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _unwrapped(match: re.Match[str]) -> str:
    found = match[0]
    if match["escaped"]:
        return match["escaped"]
    if found[0] == "&":
        return html.unescape(found)
    if found[0] == "\r":
        return "\n"
    try:
        return b"".join(map(_byte, found)).decode("utf-8")
    except UnicodeError:
        return found


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """The plain form of one character: NFKC, dashes, quotes, spaces; nothing for marks without width."""
    if char in _ONE_TO_ONE:
        return _ONE_TO_ONE[char]
    if unicodedata.category(char) == "Cf":
        return ""
    if char.isspace():
        return "\n" if char == "\n" else " "
    plain = unicodedata.normalize("NFKC", char)
    return "".join(_ONE_TO_ONE.get(part, part) for part in plain) or " "


def _same_length_lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


class NormalText:
    """A text in plain signs (`text`), the record's own (`original`), and the way back from one to the other."""

    __slots__ = ("__dict__", "_passes", "original", "text")

    def __init__(self, original: str, text: str, passes: tuple[_Pass, ...]) -> None:
        """Keep both forms; `normalise` makes them."""
        self.original = original
        self.text = text
        self._passes = passes

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, position for position."""
        return _same_length_lower(self.text)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a slice of the plain text stands in the original."""
        for moved in reversed(self._passes):
            start, end = moved.start(start), moved.end(end)
        return start, max(start, end)


def normalise(original: str) -> NormalText:
    """Undo escapes, entities, mojibake, typographic variety and wrapped lines once, keeping every offset."""
    if _PLAIN.fullmatch(original):
        return NormalText(original, original, ())
    text = original
    passes: list[_Pass] = []
    if _NEEDS_UNWRAP.search(text):
        text, moved = _substitute(_UNWRAP, _unwrapped, text)
        passes.append(moved)
    odd = {char: _plain(char) for char in set(text) if not char.isascii() or char in _ONE_TO_ONE}
    long = "".join(char for char, plain in odd.items() if len(plain) != 1)
    if long:
        text, moved = _substitute(re.compile(f"[{re.escape(long)}]"), lambda match: odd[match[0]], text)
        passes.append(moved)
    if odd:
        text = text.translate({ord(char): plain for char, plain in odd.items() if len(plain) == 1})
    if _NEEDS_SIGNS.search(text):
        text, moved = _substitute(_SIGNS, lambda match: "≥" if match["more"] else "≤", text)
        passes.append(moved)
    wraps = find_wraps(text)
    if wraps:
        text, moved = _substitute(_BREAK, lambda match: " " if match.start() in wraps else match[0], text)
        passes.append(moved)
    return NormalText(original, text, tuple(passes))
