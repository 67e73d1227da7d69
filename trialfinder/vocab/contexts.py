"""Words around a mention that change what it says, by the name of the context."""

import re
from dataclasses import dataclass
from functools import cache

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


@cache
def words_of(context: str) -> str:
    """The wordings of a context as one alternation of whole words, longest first, to build an expression with."""
    phrases = sorted(
        (row.phrase for row in load_contexts() if row.context == context), key=lambda item: (-len(item), item)
    )
    if not phrases:
        raise KeyError(context)
    return rf"(?<![a-z0-9])(?:{'|'.join(phrases)})(?![a-z0-9])"


@cache
def pattern_of(context: str) -> re.Pattern[str]:
    """The wordings of a context, to search a text in lower case with."""
    return re.compile(words_of(context))
