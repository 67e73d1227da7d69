"""Words by which a sentence mentions a key."""

from dataclasses import dataclass
from functools import cache

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import Phrases


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A wording that mentions a key, whatever is said of it."""

    key: str
    phrase: str
    example: str
    counter_example: str


@cache
def load_mentions() -> tuple[Phrases[MentionRow], ...]:
    """The reviewed wordings, one table a key, so that the words of one key do not hide another's."""
    rows = read_rows("mentions.toml", MentionRow)
    return tuple(Phrases(row for row in rows if row.key == key) for key in sorted({row.key for row in rows}))
