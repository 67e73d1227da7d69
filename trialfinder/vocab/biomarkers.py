"""Genes, proteins and scores: their names, and the wordings that say what is asked of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.sought import Sought

State = Literal["altered", "normal"]
AliasKind = Literal["name", "symbol"]
CueKind = Literal[
    "altered",
    "normal",
    "filler",
    "drug_after",
    "drug_before",
    "tested",
    "tested_after",
    "positive_before",
    "negation",
    "denied_after",
    "lead",
    "alternative_after",
    "alternative_before",
    "or_before",
    "topic",
    "expressed_before",
    "adjective",
    "link",
    "mutated",
    "protein",
    "only_expressed",
    "sampled",
]


@dataclass(frozen=True, slots=True)
class BiomarkerRow:
    """One biomarker of the guide, with what people are shown.

    `is_loss`: the finding that counts is that the protein is gone ("PTEN negative" is altered, "positive" is normal).
    """

    id: str
    label_en: str
    label_es: str
    source: str
    is_loss: bool = False


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One way to write a biomarker: a `symbol` is matched as written, a `name` in any case.

    `state` is what the alias itself says ("MSI-H", "BRCAm" are altered), None where it only names the marker.
    """

    alias: str
    biomarker: str
    kind: AliasKind
    state: State | None


@dataclass(frozen=True, slots=True)
class CueRow:
    """One wording that says what is asked of a marker; `pattern` is matched in lower case."""

    kind: CueKind
    pattern: str
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A biomarker named at `start:end` of a text."""

    biomarker: str
    start: int
    end: int
    state: State | None = None


def _tolerant(alias: str) -> str:
    """The alias with any of its joints (hyphen, space) written otherwise or left out."""
    return "[- ]?".join(re.escape(part) for part in re.split(r"[- ]", alias))


def _key(name: str) -> str:
    """A name without case, hyphens and spaces."""
    return re.sub(r"[- ]", "", name.lower())


def _joined(rows: Iterable[CueRow]) -> str:
    return "|".join(sorted((row.pattern for row in rows), key=lambda pattern: (-len(pattern), pattern)))


class Biomarkers:
    """The reviewed biomarkers, ready to search with."""

    def __init__(self, rows: Iterable[BiomarkerRow], aliases: Iterable[AliasRow], cues: Iterable[CueRow]) -> None:
        """Keep the rows; expressions are compiled when first used."""
        self.rows = {row.id: row for row in rows}
        self.aliases = tuple(aliases)
        self.cues = tuple(cues)

    @cached_property
    def _rows_by_key(self) -> dict[str, AliasRow]:
        return {_key(row.alias): row for row in self.aliases}

    def _named(self, kind: AliasKind) -> str:
        """The aliases of a kind as one expression, the longest first, each letter looked at once."""
        by_letter: dict[str, list[str]] = {}
        for row in sorted(self.aliases, key=lambda row: (-len(row.alias), row.alias)):
            if row.kind == kind:
                alias = row.alias if kind == "symbol" else row.alias.lower()
                by_letter.setdefault(alias[0], []).append(_tolerant(alias)[len(re.escape(alias[0])) :])
        return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))

    @cached_property
    def _symbols(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self._named('symbol')})(?:(?![A-Za-z0-9])|(?=mut|pos|neg))", re.ASCII)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        name = rf"(?:{self._named('name')})(?<!human epidermal growth factor receptor)"
        return re.compile(rf"\b{name}(?![a-z0-9])(?![- ]?2)", re.ASCII)

    def may_name(self, text: str, lower: str) -> bool:
        """Whether a text (and itself in lower case) names a biomarker."""
        return self._symbols.search(text) is not None or self._names.search(lower) is not None

    def id_of(self, name: str) -> str | None:
        """The biomarker that a name stands for, whatever its case and hyphens; None where it is unknown."""
        row = self._rows_by_key.get(_key(name))
        return row.biomarker if row else self._ids_by_key.get(_key(name))

    @cached_property
    def _ids_by_key(self) -> dict[str, str]:
        return {_key(name): name for name in self.rows}

    def find(self, text: str, lower: str) -> list[Mention]:
        """The biomarkers that a text in plain signs names, in order; of two that overlap, the one that begins first."""
        found = [*self._symbols.finditer(text), *self._names.finditer(lower)]
        mentions: list[Mention] = []
        for match in sorted(found, key=lambda match: (match.start(), -match.end())):
            row = self._rows_by_key[_key(match[0])]
            if not mentions or match.start() >= mentions[-1].end:
                mentions.append(Mention(row.biomarker, match.start(), match.end(), row.state))
        return mentions

    @cached_property
    def _cues(self) -> dict[str, Sought]:
        kinds = {row.kind for row in self.cues}
        return {kind: Sought(_joined(row for row in self.cues if row.kind == kind)) for kind in kinds}

    def cue(self, kind: CueKind) -> Sought:
        """The expression of all cues of a kind, for text in lower case."""
        return self._cues[kind]

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What may stand between a name and its state; for the whole of a text in lower case."""
        return re.compile(
            rf"(?:[^a-z]|(?<![a-z])(?:{_joined(row for row in self.cues if row.kind == 'filler')})(?![a-z]))*"
        )

    @cached_property
    def states(self) -> re.Pattern[str]:
        """A state word with its group named `altered` or `normal`; whole words."""
        normal, altered = (_joined(row for row in self.cues if row.kind == kind) for kind in ("normal", "altered"))
        return re.compile(rf"(?<![a-z])(?:(?P<normal>{normal})|(?P<altered>{altered}))(?![a-z])")

    def says_state(self, lower: str, mention: Mention) -> bool:
        """Whether the name itself holds the word for its state ("HER2 mutation", not "MSI-H")."""
        return self.states.search(lower, mention.start, mention.end) is not None


@lru_cache(maxsize=1)
def load_biomarkers() -> Biomarkers:
    """The reviewed biomarkers of this version."""
    return Biomarkers(
        read_rows("biomarkers.csv", BiomarkerRow),
        read_rows("biomarker_aliases.csv", AliasRow),
        read_rows("biomarker_cues.toml", CueRow),
    )
