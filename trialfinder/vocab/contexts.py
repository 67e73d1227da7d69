"""Words around a mention that change what it says, by the name of the context."""

import re
from dataclasses import dataclass
from functools import cache

from trialfinder.vocab.alternation import Words, compile_words
from trialfinder.vocab.literals import Look
from trialfinder.vocab.loader import read_rows


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One wording of a context."""

    context: str
    phrase: str
    example: str
    counter_example: str


@cache
def load_contexts() -> tuple[ContextRow, ...]:
    """The reviewed rows."""
    return read_rows("contexts.toml", ContextRow)


def _phrases(context: str) -> list[str]:
    """The wordings of a context, longest first."""
    phrases = sorted(
        (row.phrase for row in load_contexts() if row.context == context), key=lambda item: (-len(item), item)
    )
    if not phrases:
        raise KeyError(context)
    return phrases


@cache
def words_of(context: str) -> str:
    """The wordings of a context as one alternation of whole words, to build an expression with."""
    return rf"(?<![a-z0-9])(?:{'|'.join(_phrases(context))})(?![a-z0-9])"


@cache
def pattern_of(context: str) -> re.Pattern[str]:
    """The wordings of a context, to search a text in lower case with where the place counts."""
    return compile_words(_phrases(context))[0]


@cache
def _quick(context: str) -> tuple[Look, Words]:
    phrases = _phrases(context)
    return Look(*phrases), Words(phrases)


def holds(context: str, lower: str) -> bool:
    """Whether a text in lower case holds a wording of the context."""
    look, words = _quick(context)
    return look.passes(lower) and words.holds(lower)


@cache
def words_as_texts(context: str) -> tuple[str, ...]:
    """The wordings of a context as they stand, where they are texts to look for and no expressions."""
    return tuple(_phrases(context))
