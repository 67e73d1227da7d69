"""Named wordings: the phrases by which records say one thing, as data with examples and counter-examples."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from trialfinder.vocab.glance import Glance
from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.sought import Sought

_REFERENCE = re.compile(r"@(\w+)@")


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One wording: any of `patterns`, regular expressions on text in lower case.

    A pattern may hold another row of its file as `@name@`. Each of `examples` holds the wording; none of
    `counter_examples`, which look like it, does. `why` says what it means, with the source of a medical fact.
    """

    name: str
    why: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


class Wordings:
    """The wordings of one file; `words["name"]` is the compiled expression."""

    def __init__(self, rows: tuple[WordingRow, ...]) -> None:
        """Take the rows; expressions are compiled when they are first asked for."""
        self.rows: Mapping[str, WordingRow] = {row.name: row for row in rows}
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._sought: dict[str, tuple[Sought, ...]] = {}

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        done: dict[str, str] = {}
        for name, row in self.rows.items():
            done[name] = f"(?:{'|'.join(_resolved(pattern, done) for pattern in row.patterns)})"
        return done

    def __getitem__(self, name: str) -> re.Pattern[str]:
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = re.compile(self._sources[name])
        return compiled

    @cached_property
    def _glance(self) -> Glance:
        return Glance({name: [source] for name, source in self._sources.items()})

    def source(self, name: str) -> str:
        """The expression of a wording as a group, to build another with."""
        return self._sources[name]

    def literals(self, name: str) -> tuple[str, ...]:
        """The patterns of a wording as they stand: texts to look for, and no expressions."""
        return self.rows[name].patterns

    def has(self, name: str, lower: str) -> bool:
        """Whether the text in lower case holds the wording."""
        if not self._glance.may_hold(name, lower):
            return False
        patterns = self._sought.get(name)
        if patterns is None:
            row = self.rows[name]
            patterns = self._sought[name] = tuple(Sought(_resolved(item, self._sources)) for item in row.patterns)
        return any(pattern.search(lower) is not None for pattern in patterns)


def _resolved(pattern: str, sources: Mapping[str, str]) -> str:
    """The pattern with the other rows that it holds."""
    return _REFERENCE.sub(lambda match: sources[match[1]], pattern)


@lru_cache
def load_wordings(name: str) -> Wordings:
    """The reviewed wordings of `data/NAME.toml`."""
    return Wordings(read_rows(f"{name}.toml", WordingRow))
