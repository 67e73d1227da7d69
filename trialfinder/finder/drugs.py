"""Drugs by any of their names, those of the vocabulary and of the records; slips are forgiven, and said."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from trialfinder.errors import UnknownName
from trialfinder.finder.words import LEAST_ALIKE, N_CHOICES, SHORTEST
from trialfinder.vocab.therapies import Therapies

FAR_ALIKE = 60.0  # good enough to be offered as a choice, never to be taken


@dataclass(frozen=True, slots=True)
class DrugNames:
    """The names to look for. `taken` is the name that was meant where a slip was forgiven, else None."""

    names: tuple[str, ...]
    taken: str | None = None


def resolve_drug(name: str, therapies: Therapies, interventions: pd.DataFrame) -> DrugNames:
    """Every name under which records give a drug, or the drugs of a class. Raises UnknownName with the nearest."""
    typed = _names(name, therapies, interventions)
    if typed:
        return DrugNames(typed)
    known = {alias.casefold(): alias for alias in _all_names(therapies, interventions)}
    is_long = len(name) >= SHORTEST
    close = process.extractOne(name.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    if close and is_long:
        taken = known[close[0]]
        return DrugNames(_names(taken, therapies, interventions), taken)
    far = process.extract(name.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=FAR_ALIKE, limit=N_CHOICES)
    choices = [known[item[0]] for item in far] if is_long else []
    raise UnknownName(f"No trial here studies {name!r}, and we know no drug of that name.", choices, name=name)


def _names(name: str, therapies: Therapies, interventions: pd.DataFrame) -> tuple[str, ...]:
    """The names of one drug or class; empty where neither the vocabulary nor the records know it."""
    id_ = therapies.find(name)
    drugs = set() if id_ is None else {id_, *therapies.drugs_of(id_)}
    aliases = {row.alias for row in therapies.drug_aliases if row.drug in drugs} | (drugs & set(therapies.drugs))
    known = {name.casefold(), *(alias.casefold() for alias in aliases)}
    is_same = interventions["name"].fillna("").str.casefold().isin(known)
    is_other = (
        interventions["other_names"].fillna("").str.casefold().str.split("|").map(known.intersection).astype(bool)
    )
    if id_ is None and not (is_same | is_other).any():
        return ()
    recorded = set(_split(interventions.loc[is_same, "other_names"])) | set(
        interventions.loc[is_other, "name"].dropna()
    )
    return tuple(sorted({name, *aliases, *(item for item in recorded if len(item) >= SHORTEST)}))


def _split(lists: pd.Series) -> Iterable[str]:
    return (item for names in lists.dropna() for item in names.split("|"))


def _all_names(therapies: Therapies, interventions: pd.DataFrame) -> list[str]:
    vocabulary = {row.alias for row in therapies.drug_aliases} | {row.alias for row in therapies.class_aliases}
    return sorted(
        vocabulary
        | set(therapies.drugs)
        | set(interventions["name"].dropna())
        | set(_split(interventions["other_names"]))
    )
