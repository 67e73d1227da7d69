"""Texts of which one must stand wherever an expression matches: a quick look that spares the expression."""

import re
from collections.abc import Iterable, Iterator

from trialfinder.vocab.alternation import alternatives, closing

_PIECE = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|\{[^}]*\}|.", re.DOTALL)
_OPTIONAL = ("?", "*", "{")
_SHORTEST = 2
# More texts than this take longer to look for than the expression itself.
_MOST = 48
_MOST_IN_ALL = 200

Texts = frozenset[str]
Needs = tuple[tuple[tuple[str, ...], ...], ...]


def needed_texts(*patterns: str) -> tuple[str, ...] | None:
    """Texts of which any match of any of the patterns holds at least one; None where no such short list is known.

    The patterns are written for text in lower case; what cannot be told is left out, never guessed.
    """
    found = all_needed(patterns)
    if found is None:
        return None
    short = {text for text in found if not any(other != text and other in text for other in found)}
    return tuple(sorted(short)) if len(short) <= _MOST else None


def all_needed(patterns: Iterable[str]) -> Texts | None:
    """The same, however many they are."""
    found: set[str] = set()
    for pattern in patterns:
        texts = _of_pattern(pattern)
        if texts is None:
            return None
        found |= texts
    return frozenset(found)


class Look:
    """A quick look at a text in lower case, that tells whether it may hold a match of any of the patterns."""

    __slots__ = ("_needs", "_texts")

    def __init__(self, *patterns: str) -> None:
        """Find out what a match needs."""
        self._texts, self._needs = needed_texts(*patterns), _needs_of(patterns)

    def passes(self, lower: str) -> bool:
        """Never wrongly no."""
        if not may_hold(self._texts, lower):
            return False
        for texts_of_all in self._needs:
            for texts in texts_of_all:
                if not may_hold(texts, lower):
                    break
            else:
                return True
        return False


def _needs_of(patterns: Iterable[str]) -> Needs:
    """For each alternative the lists of texts, of each of which a match holds at least one.

    An alternative of which nothing is known needs nothing, and then so does the whole: ((),).
    """
    found = dict.fromkeys(
        tuple(sorted((tuple(sorted(texts)) for texts in _options(part)), key=lambda texts: (len(texts), texts)))
        for pattern in patterns
        for part in _opened(pattern)
    )
    n_texts = sum(len(texts) for options in found for texts in options)
    return tuple(found) if all(found) and n_texts <= _MOST_IN_ALL else ((),)


def _opened(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, also where it stands in brackets as a whole."""
    for part in alternatives(pattern):
        if part.startswith("(?:") and closing(part) == len(part) - 1:
            yield from _opened(part[3:-1])
        else:
            yield part


def may_hold(texts: tuple[str, ...] | None, lower: str) -> bool:
    """Whether a text in lower case holds any of the needed texts; True where none are known."""
    if texts is None:
        return True
    for text in texts:  # noqa: SIM110 - any() takes twice as long, and this is asked a thousand times a study
        if text in lower:
            return True
    return False


def _of_pattern(pattern: str) -> Texts | None:
    parts = [_of_part(part) for part in alternatives(pattern)]
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _of_part(part: str) -> Texts | None:
    """The most telling of what a part must hold."""
    return max(_options(part), key=lambda texts: (min(map(len, texts)), -len(texts), sorted(texts)), default=None)


def _options(part: str) -> list[Texts]:
    """The runs of plain letters, and the groups, that a part must hold; of each group one of its texts."""
    options: list[Texts] = []
    run, place = "", 0
    while place < len(part):
        if part[place] == "(":
            end = place + closing(part[place:])
            options += [frozenset({run}), *_of_group(part[place + 1 : end], part[end + 1 : end + 2])]
            run, place = "", end + 1
            continue
        piece = _PIECE.match(part, place)
        end = piece.end() if piece else len(part)
        is_plain = end == place + 1 and (part[place].isalnum() or part[place] in " -,/≥≤")
        is_escaped = part[place] == "\\" and not part[place + 1 : end].isalnum()
        if (is_plain or is_escaped) and part[end : end + 1] not in _OPTIONAL:
            run += part[end - 1 : end]
        else:
            options.append(frozenset({run}))
            run = ""
        place = end
    options = [texts for texts in (*options, frozenset({run})) if all(map(_is_telling, texts))]
    return list(dict.fromkeys(options))


def _is_telling(text: str) -> bool:
    """Whether a text is rare enough to be looked for: a letter alone is not."""
    return len(text) >= _SHORTEST or (len(text) == 1 and not text.isalpha() and not text.isspace())


def _of_group(inner: str, after: str) -> list[Texts]:
    """What a bracket must hold; nothing for one that may be left out or that only looks ahead or behind."""
    if after in _OPTIONAL or (inner.startswith("?") and not inner.startswith("?:")):
        return []
    texts = _of_pattern(inner.removeprefix("?:"))
    return [texts] if texts else []
