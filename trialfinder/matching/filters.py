"""Filters over the tables of studies and sites: each gives one truth a row, and a further one never adds a row.

A study of which the record does not say what a filter asks stays in: silence is no reason to hide a trial.
Only status, phase, kind and place are asked of the record outright.
"""

import re
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from trialfinder.places import canonical_state, state_names

Mask = npt.NDArray[np.bool_]

LIST_SEPARATOR = "|"


def has_status(studies: pd.DataFrame, statuses: Collection[str]) -> Mask:
    """Studies with one of the recruitment statuses (the registry's values)."""
    return _is_in(studies["overall_status"], statuses)


def has_kind(studies: pd.DataFrame, kinds: Collection[str]) -> Mask:
    """Studies of one of the kinds."""
    return _is_in(studies["kind"], kinds)


def has_phase(studies: pd.DataFrame, phases: AbstractSet[str]) -> Mask:
    """Studies of which one phase is among `phases`: phase 1/2 is found under both."""
    return _lists_one_of(studies["phases"], phases)


def admits_age(studies: pd.DataFrame, age_years: float) -> Mask:
    """Studies whose age limits, if any, take a person of that age."""
    lowest = studies["minimum_age_years"].to_numpy(dtype=float, na_value=-np.inf)
    highest = studies["maximum_age_years"].to_numpy(dtype=float, na_value=np.inf)
    is_old_enough: Mask = np.nan_to_num(lowest, nan=-np.inf) <= age_years
    is_young_enough: Mask = int(age_years) <= np.nan_to_num(highest, nan=np.inf)
    return is_old_enough & is_young_enough


def admits_sex(studies: pd.DataFrame, sex: str) -> Mask:
    """Studies that do not ask for the other sex; `sex` is female or male."""
    other = {"female": "MALE", "male": "FEMALE"}[sex]
    return ~_is_in(studies["sex"], [other])


def admits_subtype(studies: pd.DataFrame, facts: pd.DataFrame, subtype: str) -> Mask:
    """Studies whose text takes that receptor group, or asks for none."""
    return admits_member(studies, facts, "subtypes", subtype)


def admits_member(studies: pd.DataFrame, facts: pd.DataFrame, key: str, member: str) -> Mask:
    """Studies in which `key`, a set that lists who is admitted, holds `member` or is silent."""
    of_key = facts[facts["key"] == key]
    admitting = of_key.loc[of_key["member"] == member, "nct_id"]
    return _is_in(studies["nct_id"], admitting) | ~_is_in(studies["nct_id"], of_key["nct_id"])


def has_fact(studies: pd.DataFrame, facts: pd.DataFrame, key: str, members: Collection[str]) -> Mask:
    """Studies of which the text says one of `members` for `key` ("brain_metastases", {"allowed", "required"})."""
    found = facts.loc[(facts["key"] == key) & facts["member"].isin(list(members)), "nct_id"]
    return _is_in(studies["nct_id"], found)


def lacks_fact(studies: pd.DataFrame, facts: pd.DataFrame, key: str, members: Collection[str]) -> Mask:
    """Studies of which the text does not say one of `members` for `key`; silence stays in."""
    return ~has_fact(studies, facts, key, members)


def studies_drug(studies: pd.DataFrame, interventions: pd.DataFrame, names: Iterable[str]) -> Mask:
    """Studies of which an intervention bears one of the names, as whole words, in any case."""
    searched = interventions["name"].fillna("") + LIST_SEPARATOR + interventions["other_names"].fillna("")
    pattern = "|".join(rf"(?<!\w){_escaped(name)}(?!\w)" for name in sorted(names, key=lambda name: (-len(name), name)))
    if not pattern:
        return np.zeros(len(studies), dtype=bool)
    found = searched.astype(object).str.contains(pattern, case=False, regex=True).to_numpy(dtype=bool)
    return _is_in(studies["nct_id"], interventions.loc[found, "nct_id"])


def sites_in_state(sites: pd.DataFrame, states: Iterable[str]) -> Mask:
    """Sites in one of the states or regions, however record and person write it: "Ohio", "ohio", "OH"."""
    wanted = {_meant(state).casefold() for state in states}
    spellings = [text for text in sites["state"].dropna().unique() if _may_be(text, wanted)]
    mask = _is_in(sites["state"], spellings).copy()
    for country, text in sites.loc[mask, ["country", "state"]].drop_duplicates().itertuples(index=False):
        name = canonical_state(text, None if pd.isna(country) else country) or text
        if name.casefold() not in wanted:
            mask &= ~((sites["state"] == text) & (sites["country"] == country)).to_numpy(bool)
    return mask


def _meant(state: str) -> str:
    """The state of the United States that a person's abbreviation stands for, else the one of that name anywhere."""
    return canonical_state(state, "United States") or canonical_state(state) or state


def _may_be(text: str, wanted: set[str]) -> bool:
    return text.casefold() in wanted or any(name.casefold() in wanted for name in state_names(text))


def has_site(studies: pd.DataFrame, sites: pd.DataFrame, is_kept: Mask) -> Mask:
    """Studies with at least one of the kept sites."""
    return _is_in(studies["nct_id"], sites.loc[is_kept, "nct_id"])


def _is_in(values: pd.Series, wanted: Iterable[object]) -> Mask:
    if not isinstance(values.dtype, pd.StringDtype):
        return np.asarray(values.isin(list(wanted)), dtype=bool)
    known = wanted if isinstance(wanted, pd.Series) else list(wanted)
    found = pc.is_in(pa.array(values), value_set=pa.array(known, pa.large_string()), skip_nulls=True)  # pandas' is slow
    return np.asarray(found, dtype=bool)


def _lists_one_of(lists: pd.Series, members: AbstractSet[str]) -> Mask:
    values, codes = np.unique(lists.fillna("").to_numpy(dtype=object).astype(str), return_inverse=True)
    is_wanted = np.array([not members.isdisjoint(value.split(LIST_SEPARATOR)) for value in values], dtype=bool)
    return is_wanted[codes]


def _escaped(name: str) -> str:
    """A name as a pattern in which spaces and hyphens may be left out or exchanged."""
    return r"[\s-]*".join(re.escape(part) for part in re.split(r"[\s-]+", name.strip()) if part)
