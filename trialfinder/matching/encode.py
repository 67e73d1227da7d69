"""The facts of all studies as columns of small integers, so that a profile is held against all of them at once.

Studies ask the same things over and over. Each different thing (a `Term`) is kept once; a study is a run of
term numbers. A profile then answers each term once, by the very rules that answer a single study.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from trialfinder.matching.filters import LIST_SEPARATOR
from trialfinder.matching.terms import JUDGED_TOGETHER, Term, age_term, normal_term, sex_term
from trialfinder.model.facts import FACT_KEYS

Ints = npt.NDArray[np.int32]

WEIGHT_UNIT = 1000
"""Weights are whole thousandths, so that a sum does not depend on the order of its parts."""

_PLAIN_COLUMNS = ("member", "minimum", "maximum", "setting", "is_conditional", "named")
_ROW_COLUMNS = ("key", "window", *_PLAIN_COLUMNS)


@dataclass(frozen=True)
class EncodedFacts:
    """What all studies ask.

    `term` has one entry for each thing that a study asks, ordered by study and variable. `starts` says where each
    variable of a study begins in it, `study` whose it is, `weight` how rare it is: the fewer studies ask it, the
    more it weighs when a person fulfils it.
    """

    nct_ids: "pd.Index[str]"
    terms: tuple[Term, ...]
    term: Ints
    starts: npt.NDArray[np.int64]
    study: Ints
    weight: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """How many studies there are."""
        return len(self.nct_ids)


def encode_facts(facts: pd.DataFrame, studies: pd.DataFrame) -> EncodedFacts:
    """The tidy table of facts, and the age and sex limits of `studies`, as columns for `assess_all`.

    `facts` has one row a member (nct_id, key, group, member, minimum, maximum, setting, window, is_conditional, named);
    `studies` has nct_id, minimum_age_years, maximum_age_years, sex, one row a study, and gives the order.
    """
    nct_ids = pd.Index(studies["nct_id"], dtype="str", name=None)
    text = _encode_text(facts if "named" in facts else facts.assign(named=None), nct_ids)  # older stores have none
    structured = _encode_structured(studies)
    return _joined(nct_ids, [*structured, text])


@dataclass(frozen=True)
class _Part:
    """Some of what is asked: which study asks which of `terms`; None is a term that asks nothing after all."""

    terms: Sequence[Term | None]
    study: Ints
    term: Ints


def _encode_structured(studies: pd.DataFrame) -> tuple[_Part, _Part]:
    """The registry's own age and sex fields."""
    lowest, highest = _numbers(studies["minimum_age_years"]), _numbers(studies["maximum_age_years"])
    sexes = studies["sex"].astype(object).where(studies["sex"].notna(), None).to_numpy()
    ages = _distinct(list(zip(lowest, highest, strict=True)))
    return _part([age_term(*limits) for limits in ages[0]], ages[1]), _sexes(sexes)


def _sexes(sexes: npt.NDArray[np.object_]) -> _Part:
    values, codes = _distinct(list(sexes))
    return _part([sex_term(value) for value in values], codes)


def _part(terms: Sequence[Term | None], codes: Ints) -> _Part:
    return _Part(terms, np.arange(len(codes), dtype=np.int32), codes)


def _distinct(values: list[Any]) -> tuple[list[Any], Ints]:
    numbered = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbered), np.fromiter((numbered[value] for value in values), np.int32, len(values))


def _numbers(values: pd.Series) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.to_numpy(dtype=float, na_value=np.nan).tolist()]


def _encode_text(facts: pd.DataFrame, nct_ids: "pd.Index[str]") -> _Part:
    """Number the different things that the texts ask. Rows of one unit are judged together."""
    study = nct_ids.get_indexer(pd.Index(facts["nct_id"]))
    is_asked = (study >= 0) & facts["key"].isin(FACT_KEYS).to_numpy(dtype=bool)
    kept, study = facts[is_asked], study[is_asked]
    key, keys = pd.factorize(kept["key"])
    is_together = np.array([name in JUDGED_TOGETHER for name in keys], dtype=bool)[key]
    group = np.where(is_together, 0, kept["group"].to_numpy(dtype=np.int64, na_value=0))
    unit = np.unique(_combined([study, key, group]), return_inverse=True)[1]
    has_window = kept["window"].notna().to_numpy().astype(np.int64)
    row = _combined([key, has_window, *(pd.factorize(kept[name])[0] for name in _PLAIN_COLUMNS)])
    by_unit = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.diff(unit[by_unit], prepend=-1))
    _, representative, term = np.unique(_signatures(unit, row), return_index=True, return_inverse=True)
    rows = [by_unit[start:end] for start, end in _spans(starts, len(by_unit), representative)]
    return _Part(_terms(kept, rows), study[by_unit[starts]].astype(np.int32), term.astype(np.int32))


def _spans(starts: npt.NDArray[np.int64], n_rows: int, units: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    ends = np.append(starts[1:], n_rows)
    return zip(starts[units].tolist(), ends[units].tolist(), strict=True)


def _combined(columns: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """One integer for each different combination of codes; -1 (absent) is a code like others."""
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        combined = combined * (int(column.max(initial=0)) + 2) + column + 1
    return combined


def _signatures(unit: npt.NDArray[np.int64], row: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """A number for each unit that is the same for units with the same set of rows."""
    codes = np.unique(row, return_inverse=True)[1]
    width = int(codes.max(initial=0)) + 1
    pairs = _sorted_once(unit * width + codes)
    scattered = _scatter((pairs % width).astype(np.uint64))
    starts = np.flatnonzero(np.diff(pairs // width, prepend=-1))
    return np.add.reduceat(scattered, starts) if len(starts) else scattered


def _sorted_once(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The different numbers in order; faster than `np.unique`, which hashes what is mostly different."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _scatter(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The splitmix64 finaliser: sums of scattered numbers tell sets of numbers apart."""
    mixed = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _terms(facts: pd.DataFrame, rows: Sequence[npt.NDArray[np.int64]]) -> list[Term | None]:
    """The terms that stand for runs of rows of the tidy table."""
    if not rows:
        return []
    used = facts.iloc[np.concatenate(rows)]
    columns = {name: used[name].astype(object).where(used[name].notna(), None).tolist() for name in _ROW_COLUMNS}
    ends = np.cumsum([len(index) for index in rows]).tolist()
    spans = zip([0, *ends], ends, strict=False)
    return [_term({name: values[start:end] for name, values in columns.items()}) for start, end in spans]


def _term(columns: Mapping[str, list[Any]]) -> Term | None:
    return normal_term(
        Term(
            key=columns["key"][0],
            members=tuple(sorted({member for member in columns["member"] if member is not None})),
            minimum=columns["minimum"][0],
            maximum=columns["maximum"][0],
            setting=columns["setting"][0] or "any",
            has_window=any(window is not None for window in columns["window"]),
            is_conditional=all(bool(value) for value in columns["is_conditional"]),
            named=tuple(
                sorted({name for names in columns["named"] for name in (names or "").split(LIST_SEPARATOR) if name})
            ),
        )
    )


def _joined(nct_ids: "pd.Index[str]", parts: Sequence[_Part]) -> EncodedFacts:
    """All parts with one numbering of terms, ordered by study and variable, without what asks nothing."""
    terms: list[Term | None] = [term for part in parts for term in part.terms]
    offsets = np.cumsum([0, *(len(part.terms) for part in parts)])
    study = np.concatenate([part.study for part in parts])
    term = np.concatenate([part.term + offset for part, offset in zip(parts, offsets, strict=False)])
    is_kept = _asks_something(terms)[term] & ~_is_doubled(terms, study, term, len(nct_ids))
    study, term = study[is_kept], term[is_kept]
    variable = pd.factorize(np.array([found.variable if found else "" for found in terms], dtype=object), sort=True)[0]
    order = np.lexsort((term, variable[term], study))
    study, term = study[order], term[order]
    starts = np.flatnonzero(np.diff(_combined([study, variable[term]]), prepend=-1))
    used, term = np.unique(term, return_inverse=True)
    kept = tuple(found for found in (terms[index] for index in used) if found is not None)
    weight = _largest(_weights(term, len(nct_ids))[term], starts)
    return EncodedFacts(nct_ids, kept, term.astype(np.int32), starts, study[starts], weight)


def _largest(values: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.maximum.reduceat(values, starts) if len(starts) else values


def _asks_something(terms: Sequence[Term | None]) -> npt.NDArray[np.bool_]:
    return np.array([term is not None for term in terms], dtype=bool)


def _is_doubled(terms: Sequence[Term | None], study: Ints, term: Ints, n_studies: int) -> npt.NDArray[np.bool_]:
    """What the text says of sex where the registry's own field says it already."""
    is_sex = np.array([found is not None and found.key == "sex" for found in terms], dtype=bool)[term]
    is_about_sex = np.array([found is not None and found.is_about_sex for found in terms], dtype=bool)[term]
    has_sex = np.zeros(n_studies, dtype=bool)
    has_sex[study[is_sex]] = True
    return is_about_sex & has_sex[study]


def _weights(term: npt.NDArray[np.int64], n_studies: int) -> npt.NDArray[np.int64]:
    rarity = np.log2((n_studies + 1) / np.bincount(term))
    weights: npt.NDArray[np.int64] = np.rint(WEIGHT_UNIT * rarity).astype(np.int64)
    return weights
