"""Words for the stage and setting of the disease."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import Phrases

Strength = Literal["strong", "weak", "faint", "site", "organ", "large", "none"]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A phrase and the settings it admits, and how surely (see the file's head)."""

    phrase: str
    settings: tuple[str, ...]
    strength: Strength
    example: str
    counter_example: str


@cache
def load_stages() -> Phrases[StageRow]:
    """The reviewed phrases."""
    return Phrases(read_rows("stages.toml", StageRow))
