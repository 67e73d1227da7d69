"""The registry's own words as data: statuses, kinds of trial, countries, and what people read for them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

__all__ = [
    "KINDS",
    "Country",
    "Status",
    "countries",
    "country",
    "kind_of",
    "label",
    "open_statuses",
    "statuses",
    "values_of",
]

Language = Literal["en", "es"]

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


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our CSV files."""
    text = resources.files("trialfinder.vocab").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), strict=True)


@cache
def statuses() -> Mapping[str, Status]:
    """Every status that the registry knows, for a study or a site."""
    rows = read_rows("statuses.csv")
    found = (Status(row["status"], row["is_open"] == "true", row["en"], row["es"]) for row in rows)
    return MappingProxyType({status.status: status for status in found})


@cache
def open_statuses() -> frozenset[str]:
    """The statuses under which people can join now or soon. A status that we do not know is never among them."""
    return frozenset(name for name, status in statuses().items() if status.is_open)


@cache
def countries() -> Mapping[str, Country]:
    """Every country and territory by its code."""
    return MappingProxyType(
        {row["code"]: Country(row["code"], row["en"], row["es"]) for row in read_rows("countries.csv")}
    )


def country(name: str) -> Country | None:
    """The country of a name, an older name of the registry, a Spanish name or a code; None for what is no country."""
    return _by_alias().get(_folded(name))


@cache
def _by_alias() -> Mapping[str, Country]:
    names = [(name, land) for land in countries().values() for name in (land.code, land.es, land.en)]
    aliases = [(row["alias"], countries()[row["code"]]) for row in read_rows("country_aliases.csv")]
    return MappingProxyType({_folded(name): land for name, land in (*names, *aliases)})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def kind_of(study_type: str | None, primary_purpose: str | None) -> str:
    """What kind of trial it is, one of `KINDS`, from the registry's study type and primary purpose."""
    rules = _kinds()
    of_type = rules.get((study_type or "", ""), "other") if study_type else None
    if of_type in ("access", "observational"):
        return of_type
    return rules.get(("", primary_purpose), "other") if primary_purpose else of_type or "other"


@cache
def _kinds() -> Mapping[tuple[str, str], str]:
    return {(row["study_type"], row["primary_purpose"]): row["kind"] for row in read_rows("kinds.csv")}


@cache
def _labels() -> Mapping[tuple[str, str], dict[str, str]]:
    return {(row["vocabulary"], row["value"]): row for row in read_rows("registry_values.csv")}


def values_of(vocabulary: str) -> tuple[str, ...]:
    """Every value of a vocabulary of the registry ("phase"), in the order of our file."""
    return tuple(value for name, value in _labels() if name == vocabulary)


def label(vocabulary: str, value: str, language: Language = "en") -> str:
    """What people read for a value of the registry ("phase", "PHASE2"); the value itself where we do not know it."""
    if vocabulary == "status":
        status = statuses().get(value)
        return value if status is None else status.es if language == "es" else status.en
    row = _labels().get((vocabulary, value))
    return row[language] if row else value
