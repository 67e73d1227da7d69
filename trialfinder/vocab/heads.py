"""How a match of an expression may begin: a look at three signs tells which expressions to try at a place."""

import re
from functools import cache

from trialfinder.vocab.alternation import alternatives, closing

Head = tuple[str, bool]  # how it begins; whether what stands behind in the expression may go on from there

_PIECE = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|.", re.DOTALL)
_REPEAT = re.compile(r"[?*+]|\{(\d*),?\d*\}")
_ANCHORS = ("\\b", "\\B", "\\A", "\\Z", "^", "$")
_LOOKS = ("?=", "?!", "?<=", "?<!")
_INLINE = re.compile(r"\?(?:i?:|P<\w+>)")
_MOST = 40  # signs: a larger set may begin with anything
_NOTHING: frozenset[Head] = frozenset({("", True)})
_ANYTHING: frozenset[Head] = frozenset({("", False)})


def heads_of(pattern: str, length: int) -> frozenset[str]:
    """Texts in lower case, of so many signs at most: any match of the expression, whatever its case, begins with one.

    What cannot be told is left open: "" stands for any beginning.
    """
    return frozenset(text for text, _ in _of_pattern(pattern, length))


@cache
def _of_pattern(pattern: str, length: int) -> frozenset[Head]:
    return frozenset().union(*(_of_part(part, length) for part in alternatives(pattern)))


def _of_part(part: str, length: int) -> frozenset[Head]:
    found, place = _NOTHING, 0
    while place < len(part) and any(goes_on for _, goes_on in found):
        if part[place] == "(":
            end = place + closing(part[place:]) + 1
            piece = _of_group(part[place + 1 : end - 1], length)
        else:
            match = _PIECE.match(part, place)
            end = match.end() if match else len(part)
            piece = _of_piece(part[place:end])
        repeat = _REPEAT.match(part, end)
        if repeat:
            piece = _repeated(piece, is_optional=repeat[0] in ("?", "*") or repeat[1] in ("", "0"), sign=repeat[0])
            end = repeat.end() + (part[repeat.end() : repeat.end() + 1] == "?")
        found = _joined(found, piece, length)
        place = end
    return found


def _of_group(inner: str, length: int) -> frozenset[Head]:
    if inner.startswith(_LOOKS):
        return _NOTHING
    flags = _INLINE.match(inner)
    if inner.startswith("?") and not flags:
        return _ANYTHING
    return _of_pattern(inner[flags.end() :] if flags else inner, length)


def _of_piece(piece: str) -> frozenset[Head]:
    if piece in _ANCHORS:
        return _NOTHING
    if len(piece) == 1 and piece != ".":
        return frozenset({(piece.lower(), True)})
    if piece[0] == "\\" and not piece[1].isalnum():
        return frozenset({(piece[1], True)})
    if piece[0] == "[" and piece[1] != "^":
        signs = {chr(code).lower() for code in range(128) if re.fullmatch(piece, chr(code))}
        signs |= {sign.lower() for sign in piece[1:-1] if not sign.isascii()}
        if len(signs) <= _MOST:
            return frozenset((sign, True) for sign in signs)
    return _ANYTHING


def _repeated(piece: frozenset[Head], *, is_optional: bool, sign: str) -> frozenset[Head]:
    again = piece if sign == "?" else frozenset((text, False) for text, _ in piece)
    return again | _NOTHING if is_optional else again


def _joined(before: frozenset[Head], after: frozenset[Head], length: int) -> frozenset[Head]:
    done = {head for head in before if not head[1]}
    for text, _ in before - done:
        for more, goes_on in after:
            whole = (text + more)[:length]
            done.add((whole, goes_on and len(whole) < length))
    return frozenset(done)
