"""Whether a text can be read at all: English prose or lists, not another language and not rubbish."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from trialfinder.vocab.languages import words_of_language

_WORD = re.compile(r"[^\W\d_]+")
# The letters of the languages that are known, found fast; in other scripts it takes words apart.
_LATIN_WORD = re.compile("[a-zß-öø-ɏ]+")
# Of the characters that say something, letters, digits and the signs of prose: in 1,053 real texts never under 0.95.
_LEAST_PLAIN = 0.8
_LEAST_LATIN = 0.5
_LEAST_FOREIGN_WORDS = 4
# A language shows itself in its first lines.
_SAMPLE = 4000


def is_readable(text: str) -> bool:
    """Whether the reader of English criteria can make sense of a text; a text with no word cannot be read."""
    return _WORD.search(text) is not None and _is_latin_prose(text) and _is_english(text[:_SAMPLE].lower())


@lru_cache(maxsize=4096)
def _is_plain(char: str) -> bool:
    """Whether a sign says nothing, or is one of prose."""
    return char.isspace() or (unicodedata.category(char)[0] in "LNPS" and char != "\ufffd")


@lru_cache(maxsize=4096)
def _is_of_other_script(char: str) -> bool:
    return char.isalpha() and char >= "\u0250"


def _is_latin_prose(text: str) -> bool:
    """Whether most signs are those of prose, and most letters are Latin."""
    signs = set(text)
    if all(map(_is_plain, signs)) and not any(map(_is_of_other_script, signs)):
        return True
    n_said = n_plain = n_letters = n_latin = 0
    for char, count in Counter(text).items():
        if not char.isspace():
            n_said += count
            n_plain += count * _is_plain(char)
            n_letters += count * char.isalpha()
            n_latin += count * (char.isalpha() and not _is_of_other_script(char))
    return n_plain >= _LEAST_PLAIN * n_said and n_latin >= _LEAST_LATIN * n_letters


def _is_english(lower: str) -> bool:
    """Whether no other language's common words outweigh the English ones; a bare list of terms counts as English."""
    foreign = words_of_language(is_english=False)
    if sum(map(foreign.__contains__, _LATIN_WORD.findall(lower))) < _LEAST_FOREIGN_WORDS:
        return True
    words = Counter(_WORD.findall(lower))
    n_foreign = sum(words[word] for word in words.keys() & foreign)
    return n_foreign < _LEAST_FOREIGN_WORDS or n_foreign <= sum(
        words[word] for word in words.keys() & words_of_language(is_english=True)
    )
