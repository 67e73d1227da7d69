"""Conditions that rule people out, with the names by which records call them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import PhraseMatch, Phrases

AliasKind = Literal["illness", "limit", "test", "aside"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the reading guide, as people are told of it."""

    id: str
    label_en: str
    label_es: str
    source: str


@dataclass(frozen=True, slots=True)
class ConditionAlias:
    """A name. A star stands for any ending; a space also for a hyphen or for nothing.

    `kind`: an `illness` by name; a `limit` on a measurement that stands for it; a `test` or state whose absence of
    the condition is asked for; an `aside` that holds the name and does not mean the condition.
    """

    alias: str
    condition: str
    kind: AliasKind

    @property
    def phrase(self) -> str:
        """The name as an expression on text in lower case."""
        words = re.escape(self.alias).replace(r"\*", r"[a-z'()]*").replace(r"\ ", "[ -]?")
        return words.replace(",", ",?")

    @property
    def example(self) -> str:
        """The name as it is written."""
        return self.alias.replace("*", "")


class Conditions:
    """All conditions and their names."""

    def __init__(self, conditions: Iterable[Condition], aliases: Iterable[ConditionAlias]) -> None:
        """Take the rows of both tables."""
        self.by_id: Mapping[str, Condition] = {row.id: row for row in conditions}
        self.aliases = tuple(aliases)

    @cached_property
    def _phrases(self) -> Phrases[ConditionAlias]:
        return Phrases(self.aliases)

    def find(self, lower: str) -> tuple[PhraseMatch[ConditionAlias], ...]:
        """The names in a text in lower case, asides among them, in order."""
        return self._phrases.find(lower)


def load_conditions() -> Conditions:
    """The reviewed conditions."""
    return Conditions(read_rows("conditions.csv", Condition), read_rows("condition_aliases.csv", ConditionAlias))
