"""Treatments by all their names: drugs, their classes with parents, and where a text mentions them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from trialfinder.model.language import Language
from trialfinder.vocab.loader import read_rows


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class stands once for each of its parents (None for a root); `source` says where that is stated."""

    therapy: str
    parent: str | None
    source: str


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What people are shown for a class, and whether it is a treatment against cancer."""

    therapy: str
    label_en: str
    label_es: str
    is_anticancer: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """The guide's class that a mention is listed as; a class without a row is no class of the guide's."""

    therapy: str
    listed_as: str


@dataclass(frozen=True, slots=True)
class ClassAliasRow:
    """One wording for a class."""

    alias: str
    therapy: str


@dataclass(frozen=True, slots=True)
class DrugRow:
    """A drug (or fixed regimen) stands once for each of its classes."""

    drug: str
    therapy: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class DrugAliasRow:
    """One name of one drug."""

    alias: str
    drug: str
    kind: Literal["generic", "brand", "code", "abbreviation", "spelling"]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target that stands for the class of its inhibitors where the words beside it say so."""

    target: str
    therapy: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A therapy named at `start:end` of a text. `is_drug`: one drug, not a class.

    `is_target`: only the target is named; whether a therapy is meant, the words beside it must say.
    """

    id: str
    start: int
    end: int
    is_drug: bool
    is_target: bool = False


_Token = tuple[str, int, int]

_TOKEN = re.compile(r"[a-zα-ωà-ÿ]+|\d+")
_GAP = re.compile(r"[ \-/()®™+&]{0,3}")
_GOES_ON = re.compile(r"-[A-Za-z]*\d")  # the code of something else ("SB3-G31")
_KEY = re.compile(r"[^0-9a-zα-ωà-ÿ]+")
_SAME = {
    "oestrogen": "estrogen",
    "antioestrogen": "antiestrogen",
    "tumour": "tumor",
    "erbb": "her",
    "haematopoietic": "hematopoietic",
}


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    """A word without its plural s and in American spelling, so that both sides of a comparison are alike."""
    plain = word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
    return _SAME.get(plain, plain)


def key_of(name: str) -> str:
    """A name without case, spaces, hyphens, signs and plural, for exact comparison."""
    return _KEY.sub("", "".join(_singular(token) for token in re.findall(r"[^\W\d_]+|\d+", name.lower())))


class Therapies:
    """Drugs and therapy classes: names, parents, labels. Ids of drugs and of classes share one namespace."""

    def __init__(
        self,
        classes: Iterable[ClassRow],
        labels: Iterable[LabelRow],
        readings: Iterable[ReadingRow],
        drugs: Iterable[DrugRow],
        drug_aliases: Iterable[DrugAliasRow],
        class_aliases: Iterable[ClassAliasRow],
        targets: Iterable[TargetRow] = (),
    ) -> None:
        """Index the rows; their order says nothing."""
        self._parents: dict[str, list[str]] = {}
        for row in sorted(classes, key=lambda row: (row.therapy, row.parent or "")):
            self._parents.setdefault(row.therapy, []).extend([row.parent] if row.parent else [])
        self._labels = {row.therapy: row for row in labels}
        self._listed: dict[str, list[str]] = {}
        for reading in sorted(readings, key=lambda row: (row.therapy, row.listed_as)):
            self._listed.setdefault(reading.therapy, []).append(reading.listed_as)
        self._drugs: dict[str, list[str]] = {}
        self._drug_labels: dict[str, str] = {}
        for drug in sorted(drugs, key=lambda row: (row.drug, row.therapy)):
            self._drugs.setdefault(drug.drug, []).append(drug.therapy)
            self._drug_labels[drug.drug] = drug.label
        self.drug_aliases = tuple(sorted(drug_aliases, key=lambda row: (row.alias.lower(), row.drug)))
        self.targets = tuple(sorted(targets, key=lambda row: (row.target.lower(), row.therapy)))
        self.class_aliases = tuple(sorted(class_aliases, key=lambda row: (row.alias.lower(), row.therapy)))

    @property
    def drugs(self) -> tuple[str, ...]:
        """The ids of all drugs."""
        return tuple(self._drugs)

    @property
    def classes(self) -> tuple[str, ...]:
        """The ids of all classes."""
        return tuple(self._parents)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        names = {key_of(row.alias): row.therapy for row in self.class_aliases}
        names |= {key_of(name): name for name in self._parents}
        names |= {key_of(drug): drug for drug in self._drugs}
        return names | {key_of(row.alias): row.drug for row in self.drug_aliases}

    def find(self, name: str) -> str | None:
        """The drug or class of a name, exactly but for case, spaces, hyphens and plural; None if unknown."""
        return self._ids.get(key_of(name)) if key_of(name) else None

    def is_drug(self, id_: str) -> bool:
        """Whether an id is a drug's (an id may be both: the only drug of its class)."""
        return id_ in self._drugs

    def is_marketed(self, drug: str) -> bool:
        """Whether a drug has a brand, and so can be had outside trials somewhere."""
        return drug in self._branded

    @cached_property
    def _branded(self) -> frozenset[str]:
        return frozenset(row.drug for row in self.drug_aliases if row.kind == "brand")

    @cached_property
    def anticancer(self) -> frozenset[str]:
        """Ids of the drugs and classes that treat cancer, by the column of that name."""
        classes = {name for name, row in self._labels.items() if row.is_anticancer}
        return frozenset(classes | {drug for drug, names in self._drugs.items() if classes & set(names)})

    def classes_of(self, id_: str) -> tuple[str, ...]:
        """The most specific classes of a drug; of a class, itself; empty for an unknown id."""
        return tuple(self._drugs.get(id_, [id_] if id_ in self._parents else []))

    def parents(self, class_: str) -> tuple[str, ...]:
        """The classes right above a class."""
        return tuple(self._parents.get(class_, ()))

    def ancestors(self, class_: str) -> tuple[str, ...]:
        """All classes above a class (or a drug's own classes and those above them), without itself, sorted."""
        known = self._ancestors.get(class_)
        if known is None:
            known = self._ancestors[class_] = self._above(class_)
        return known

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        """What was asked before."""
        return {}

    def _above(self, class_: str) -> tuple[str, ...]:
        found: set[str] = set()
        todo = list(self._drugs.get(class_, self._parents.get(class_, [])))
        while todo:
            above = todo.pop()
            if above not in found:
                found.add(above)
                todo += self._parents.get(above, [])
        return tuple(sorted(found - {class_}))

    def drugs_of(self, class_: str) -> tuple[str, ...]:
        """All drugs of a class and of those below it, sorted."""
        return tuple(sorted(drug for drug in self._drugs if drug == class_ or class_ in self.ancestors(drug)))

    def listed_as(self, id_: str) -> tuple[str, ...]:
        """The guide's classes that a mention of this drug or class is listed as, sorted; empty where none counts."""
        return tuple(sorted({name for class_ in self.classes_of(id_) for name in self._listed.get(class_, ())}))

    def label(self, id_: str, language: Language = "en") -> str:
        """What people are shown: a class in their language, a drug by its own names; the id where it is unknown."""
        if id_ in self._labels:
            row = self._labels[id_]
            return str(getattr(row, f"label_{language}"))
        return self._drug_labels.get(id_, id_)

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, tuple["_Name", ...]]]:
        """Names by their first and second word ("" where there is none), longest first."""
        rows = [(row.alias, row.drug, "drug", row.kind == "abbreviation") for row in self.drug_aliases]
        rows += [(row.alias, row.therapy, "class", False) for row in self.class_aliases]
        rows += [(row.target, row.therapy, "target", False) for row in self.targets]
        names: dict[str, dict[str, list[_Name]]] = {}
        for alias, id_, kind, is_short in rows:
            words = tuple(_singular(word) for word in _TOKEN.findall(alias.lower()))
            has_case = alias.isupper() and alias.isalpha() and (is_short or len(alias) <= 4) and kind != "target"
            name = _Name(words, id_, kind, alias if has_case else None)
            names.setdefault(words[0], {}).setdefault(words[1] if len(words) > 1 else "", []).append(name)
        return {
            first: {second: tuple(sorted(options, key=_Name.rank)) for second, options in by_second.items()}
            for first, by_second in names.items()
        }

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The therapies that a text names, in order, the longest name first; none overlaps another."""
        lower = text.lower()
        words = tuple([_singular(word) for word in _TOKEN.findall(lower) if word != "neu"])
        named = self._named(words)
        if not named:
            return ()
        spans = [match.span() for match in _TOKEN.finditer(lower) if match[0] != "neu"]
        tokens = [(word, start, end) for word, (start, end) in zip(words, spans, strict=True)]
        found: list[Mention] = []
        last = 0
        for index, names in named:
            match = _at(text, tokens, index, names) if index >= last else None
            if match is not None:
                found.append(match[0])
                last = index + match[1]
        return tuple(found)

    def _named(self, words: tuple[str, ...]) -> list[tuple[int, list["_Name"]]]:
        """The places where words stand as in a name, each with those names, the longest first."""
        known, found = self._names, []
        for index in [index for index, word in enumerate(words) if word in known]:
            by_second = known[words[index]]
            second = words[index + 1] if index + 1 < len(words) else ""
            names = (*by_second.get(second, ()), *by_second.get("", ()))
            fitting = [name for name in names if words[index : index + len(name.words)] == name.words]
            if fitting:
                found.append((index, fitting))
        return found


def _at(text: str, tokens: Sequence[_Token], index: int, names: Sequence["_Name"]) -> tuple[Mention, int] | None:
    """The first of the names that is really written there, and how many words it has."""
    start = tokens[index][1]
    if start and text[start - 1].isalnum() and not text[start - 1].isdigit():
        return None
    for name in names:
        last = index + len(name.words)
        end = tokens[last - 1][2]
        if name.spelling and text[start:end] not in (name.spelling, f"{name.spelling}s"):
            continue
        if _is_one_name(text, tokens, index, last):
            return Mention(name.id, start, end, name.kind == "drug", name.kind == "target"), len(name.words)
    return None


@dataclass(frozen=True, slots=True)
class _Name:
    """One name as words; `spelling` where the case of its letters matters ("AI")."""

    words: tuple[str, ...]
    id: str
    kind: str
    spelling: str | None

    def rank(self) -> tuple[int, tuple[str, ...], str, str]:
        """Longest first, then by letters, so that the order of the rows says nothing."""
        return -len(self.words), self.words, self.spelling or "", self.id


def _is_one_name(text: str, tokens: Sequence[_Token], first: int, last: int) -> bool:
    """Whether only spaces and joining signs stand between the words, and no letter or digit right after them."""
    pairs = zip(tokens[first : last - 1], tokens[first + 1 : last], strict=True)
    if not all(_joins(text, left, right) for left, right in pairs):
        return False
    end = tokens[last - 1][2]
    if _GOES_ON.match(text, end) and text[end - 1].isdigit():
        return False
    return not (end < len(text) and text[end].isalnum() and not (text[end - 1].isdigit() and text[end] in "aci"))


def _joins(text: str, left: _Token, right: _Token) -> bool:
    """Whether two words belong together: spaces and joining signs between them, or a comma inside a number."""
    if _GAP.fullmatch(text, left[2], right[1]) is not None:
        return True
    return text[left[2] : right[1]] in (",", "/neu ", "/neu-", " neu ", "-neu ") and left[0].isdigit()


@lru_cache(maxsize=1)
def load_therapies() -> Therapies:
    """The reviewed drugs and classes, read once."""
    return Therapies(
        read_rows("therapy_classes.csv", ClassRow),
        read_rows("therapy_labels.csv", LabelRow),
        read_rows("therapy_readings.csv", ReadingRow),
        read_rows("drugs.csv", DrugRow),
        read_rows("drug_aliases.csv", DrugAliasRow),
        read_rows("therapy_class_aliases.csv", ClassAliasRow),
        read_rows("therapy_targets.csv", TargetRow),
    )
