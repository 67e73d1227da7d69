"""Names of tumours."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import Phrases

TumourKind = Literal["breast", "solid", "general", "other", "cancer", "none"]


@dataclass(frozen=True, slots=True)
class TumourRow:
    """A name and what it stands for (see the file's head)."""

    phrase: str
    kind: TumourKind
    example: str
    counter_example: str


@cache
def load_tumours() -> Phrases[TumourRow]:
    """The reviewed names."""
    return Phrases(read_rows("tumours.toml", TumourRow))
