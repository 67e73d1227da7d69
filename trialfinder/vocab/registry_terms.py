"""The registry's own words as data: statuses, kinds of trial, countries, and what people read for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from trialfinder.model.language import Language
from trialfinder.vocab.loader import read_rows

__all__ = [
    "KINDS",
    "Country",
    "Status",
    "countries",
    "country",
    "country_label",
    "kind_of",
    "label",
    "open_statuses",
    "statuses",
    "values_of",
]

KINDS = ("treatment", "access", "supportive_care", "test", "prevention", "observational", "other")
"""The kinds of trial, those that treat first."""


@dataclass(frozen=True, slots=True)
class Status:
    """A recruitment status. `is_open`: people can join now or soon."""

    status: str
    is_open: bool
    en: str
    es: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory by its ISO 3166-1 code, with the one name that our tables use, and its Spanish name."""

    code: str
    en: str
    es: str


@dataclass(frozen=True, slots=True)
class _Alias:
    alias: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class _KindRule:
    study_type: str | None
    primary_purpose: str | None
    kind: Literal["treatment", "access", "supportive_care", "test", "prevention", "observational", "other"]


@dataclass(frozen=True, slots=True)
class _Label:
    vocabulary: str
    value: str
    en: str
    es: str


@cache
def statuses() -> Mapping[str, Status]:
    """Every status that the registry knows, for a study or a site."""
    return MappingProxyType({row.status: row for row in read_rows("statuses.csv", Status)})


@cache
def open_statuses() -> frozenset[str]:
    """The statuses under which people can join now or soon. A status that we do not know is never among them."""
    return frozenset(name for name, status in statuses().items() if status.is_open)


@cache
def countries() -> Mapping[str, Country]:
    """Every country and territory by its code."""
    return MappingProxyType({row.code: row for row in read_rows("countries.csv", Country)})


def country(name: str) -> Country | None:
    """The country of a name, an older name of the registry, a Spanish name or a code; None for what is no country."""
    return _countries_by_name().get(_folded(name))


@cache
def _countries_by_name() -> Mapping[str, Country]:
    names = [(name, land) for land in countries().values() for name in (land.code, land.es, land.en)]
    names += [(row.alias, countries()[row.code]) for row in read_rows("country_aliases.csv", _Alias)]
    return MappingProxyType({_folded(name): land for name, land in names})


def country_label(name: str, language: Language) -> str:
    """A country in a language, from its name in the registry; that name itself where we do not know it."""
    found = country(name)
    return name if found is None else str(getattr(found, language))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def kind_of(study_type: str | None, primary_purpose: str | None) -> str:
    """What kind of trial it is, one of `KINDS`, from the registry's study type and primary purpose.

    The purpose decides, but for expanded access and observation; without a purpose the type does.
    """
    rules = _kinds()
    of_type = rules.get((study_type, None), "other")
    if of_type in ("access", "observational") or not primary_purpose:
        return of_type
    return rules.get((None, primary_purpose), "other")


@cache
def _kinds() -> Mapping[tuple[str | None, str | None], str]:
    return {(row.study_type, row.primary_purpose): row.kind for row in read_rows("kinds.csv", _KindRule)}


def values_of(vocabulary: str) -> tuple[str, ...]:
    """Every value of a vocabulary of the registry ("phase"), in the order of our file."""
    return tuple(value for name, value in _labels() if name == vocabulary)


def label(vocabulary: str, value: str, language: Language = "en") -> str:
    """What people read for a value of the registry ("phase", "PHASE2"); the value itself where we do not know it."""
    row = statuses().get(value) if vocabulary == "status" else _labels().get((vocabulary, value))
    if row is None:
        return value
    return str(getattr(row, language))


@cache
def _labels() -> Mapping[tuple[str, str], _Label]:
    return {(row.vocabulary, row.value): row for row in read_rows("registry_values.csv", _Label)}
