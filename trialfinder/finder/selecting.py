"""Which studies a search keeps, and how many each default and filter hid."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from trialfinder.finder.nearest import Floats, Mask, SiteIndex
from trialfinder.finder.search import Search
from trialfinder.matching import filters
from trialfinder.model.facts import RANGE_KEYS, SETTINGS
from trialfinder.vocab.registry_terms import open_statuses

METASTATIC = ("metastatic",)


@dataclass(frozen=True)
class Corpus:
    """The tables that a search looks through; `studies` gives the order of all masks."""

    studies: pd.DataFrame
    facts: pd.DataFrame
    interventions: pd.DataFrame
    sites: SiteIndex

    @cached_property
    def intervention_names(self) -> pd.Series:
        """The names of what is studied, joined by "; ", by NCT number; studies without any are missing."""
        named = self.interventions.dropna(subset=["name"])
        joined: dict[str, list[str]] = {}
        for nct_id, name in zip(named["nct_id"].tolist(), named["name"].tolist(), strict=True):
            joined.setdefault(nct_id, []).append(name)
        return pd.Series({nct_id: "; ".join(names) for nct_id, names in joined.items()}, dtype="str", name="name")

    @cached_property
    def is_breast(self) -> Mask:
        """The studies that a person with breast cancer can enter, or that do not say."""
        return filters.lacks_fact(self.studies, self.facts, "cancer", ["not_breast"])

    @cached_property
    def by_setting(self) -> Mapping[str, Mask]:
        """By disease setting, the studies that take it or do not say."""
        return {name: filters.admits_member(self.studies, self.facts, "settings", name) for name in SETTINGS}


@dataclass(frozen=True, slots=True)
class Selection:
    """The kept studies as a mask, and how many studies each thing hid that all the others would have shown."""

    mask: Mask
    hidden: Mapping[str, int]


def select(
    corpus: Corpus,
    search: Search,
    words: Mapping[str, Mask],
    distances: Floats | None,
    ignored: Collection[str] = (),
) -> Selection:
    """Keep the studies that pass every explicit filter and, unless lifted, every default.

    `words` holds the masks of free text and drugs; masks named in `ignored` are not applied. The order of the filters
    does not matter.
    """
    masks = {**explicit_masks(corpus, search, distances), **words, **default_masks(corpus, search)}
    masks = {name: mask for name, mask in masks.items() if name not in ignored}
    n_against = np.zeros(len(corpus.studies), dtype=np.intp)
    for mask in masks.values():
        n_against += ~mask
    hidden = {name: int((~mask & (n_against == 1)).sum()) for name, mask in masks.items()}
    return Selection(n_against == 0, hidden)


def default_masks(corpus: Corpus, search: Search) -> dict[str, Mask]:
    """The three defaults: an open status, the person's disease setting, a breast cancer that can enter."""
    if search.is_all:
        return {}
    settings = search.profile.settings or METASTATIC
    masks = {
        "default_settings": np.logical_or.reduce([corpus.by_setting[name] for name in settings if name in SETTINGS]),
        "default_cancer": corpus.is_breast,
    }
    if not search.statuses:
        masks["default_status"] = filters.has_status(corpus.studies, open_statuses()) & is_in_registry(corpus.studies)
    return masks


def is_in_registry(studies: pd.DataFrame) -> Mask:
    """Studies of the registry's last answer. The status of one that left is what it was then: nobody vouches for it."""
    return studies["left_date"].isna().to_numpy(bool)


def explicit_masks(corpus: Corpus, search: Search, distances: Floats | None) -> dict[str, Mask]:
    """What the person asked for outright."""
    studies = corpus.studies
    masks = {}
    if search.statuses:
        masks["status"] = filters.has_status(studies, search.statuses) & is_in_registry(studies)
    if search.phases:
        masks["phase"] = filters.has_phase(studies, frozenset(search.phases))
    if search.kinds:
        masks["kind"] = filters.has_kind(studies, search.kinds)
    if search.sex:
        masks["sex"] = _admits_sex(corpus, search.sex)
    if search.age is not None:
        masks["age"] = filters.admits_age(studies, search.age)
    if search.subtype:
        masks["subtype"] = filters.admits_subtype(studies, corpus.facts, search.subtype)
    masks |= {trait: TRAIT_MASKS[trait](corpus) for trait in search.traits}
    if search.countries or search.states or search.reach_km is not None:
        masks["sites"] = corpus.sites.any_by_study(site_mask(corpus.sites, search, distances))
    return masks


def _admits_sex(corpus: Corpus, sex: str) -> Mask:
    admitted = filters.admits_sex(corpus.studies, sex)
    return admitted & filters.lacks_fact(corpus.studies, corpus.facts, "men", ["false"]) if sex == "male" else admitted


def _takes_brain_metastases(corpus: Corpus) -> Mask:
    return filters.has_fact(corpus.studies, corpus.facts, "brain_metastases", ["required", "allowed", "stable_only"])


def _has_no_line_limit(corpus: Corpus) -> Mask:
    is_limit = corpus.facts["key"].isin(RANGE_KEYS) & corpus.facts["maximum"].notna()
    return ~corpus.studies["nct_id"].isin(corpus.facts.loc[is_limit, "nct_id"]).to_numpy(bool)


def _has_no_placebo(corpus: Corpus) -> Mask:
    named = corpus.interventions["name"].fillna("").str.casefold().str.contains("placebo", regex=False)
    return ~corpus.studies["nct_id"].isin(corpus.interventions.loc[named, "nct_id"]).to_numpy(bool)


TRAIT_MASKS = {
    "takes_brain_metastases": _takes_brain_metastases,
    "no_line_limit": _has_no_line_limit,
    "no_placebo": _has_no_placebo,
}


def site_mask(sites: SiteIndex, search: Search, distances: Floats | None) -> Mask:
    """The sites that count for the search: open or opening ones, or any with `--all` or a closed status."""
    counts_closed = search.is_all or not open_statuses().issuperset(search.statuses)
    places = place_mask(sites, search, distances)
    return places if counts_closed else places & sites.is_open


def place_mask(sites: SiteIndex, search: Search, distances: Floats | None) -> Mask:
    """The sites, whatever their status, in the countries, states and distance that the search names."""
    mask = np.ones(len(sites.frame), dtype=bool)
    if search.countries:
        mask &= sites.frame["country"].isin(list(search.countries)).to_numpy(bool)
    if search.states:
        mask &= filters.sites_in_state(sites.frame, search.states)
    if search.reach_km is not None and distances is not None:
        mask &= np.nan_to_num(distances, nan=np.inf) <= search.reach_km
    return mask
