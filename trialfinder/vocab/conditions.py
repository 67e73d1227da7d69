"""Conditions that rule people out, with the names by which records call them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import PhraseMatch

AliasKind = Literal["group", "illness", "limit", "test", "aside"]


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

    `kind`: the whole `group`; one `illness` of it; a `limit` on a measurement that stands for it; a `test` or state
    whose absence of the condition is asked for; an `aside` that holds the name and does not mean the condition.
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
    def is_name(self) -> bool:
        """Whether people who have it say so by this name."""
        return self.kind in ("group", "illness")

    @property
    def example(self) -> str:
        """The name as it is written."""
        return self.alias.replace("*", "")


def _any(expressions: Iterable[str]) -> str:
    return f"(?:{'|'.join(expressions)})"


class Conditions:
    """All conditions and their names."""

    def __init__(self, conditions: Iterable[Condition], aliases: Iterable[ConditionAlias]) -> None:
        """Take the rows of both tables."""
        self.by_id: Mapping[str, Condition] = {row.id: row for row in conditions}
        self.aliases = tuple(aliases)

    @cached_property
    def _by_length(self) -> tuple[ConditionAlias, ...]:
        """The names, longer ones first, so that the order of the rows says nothing."""
        return tuple(sorted(self.aliases, key=lambda row: (-len(row.example), row.alias)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All names as one expression; those with the same first two letters stand behind one look at them."""
        groups: dict[str, dict[str, list[str]]] = {}
        for index, row in enumerate(self._by_length):
            rest = row.phrase[2:]
            groups.setdefault(row.phrase[0], {}).setdefault(row.phrase[1], []).append(f"(?P<c{index}>{rest})")
        letters = (
            first + _any(second + _any(names) for second, names in sorted(seconds.items()))
            for first, seconds in sorted(groups.items())
        )
        return re.compile(rf"(?<![a-z0-9]){_any(letters)}(?![a-z0-9])")

    def find(self, lower: str) -> tuple[PhraseMatch[ConditionAlias], ...]:
        """The names in a text in lower case, asides among them, in order."""
        return tuple(
            PhraseMatch(self._by_length[int((match.lastgroup or "c0")[1:])], match.start(), match.end())
            for match in self._pattern.finditer(lower)
        )


def load_conditions() -> Conditions:
    """The reviewed conditions."""
    return Conditions(read_rows("conditions.csv", Condition), read_rows("condition_aliases.csv", ConditionAlias))
