"""What trials ask that keeps people out, counted over many of them."""

from collections.abc import Collection, Iterator
from typing import cast

import pandas as pd

from trialfinder.matching.vocabularies import label_of
from trialfinder.wording import Language, render
from trialfinder.wording.answers import variable_name

MEMBERS = (
    ("brain_metastases", ("excluded", "stable_only", "required")),
    ("leptomeningeal", ("excluded",)),
    ("measurable_disease", ("required",)),
    ("her2_low", ("required", "excluded")),
    ("men", ("false",)),
)
"""Facts with one value, and the values that keep somebody out."""

SETS = ("prior_required", "prior_excluded", "biomarkers_required", "biomarkers_excluded", "excluded_conditions")
RANGES = ("chemo_lines_metastatic", "endocrine_lines_metastatic", "any_lines_metastatic", "life_expectancy_min_months")
ECOG_MOST = 1.0  # a limit of 2 keeps few people out, one of 1 many


def count_barriers(studies: pd.DataFrame, facts: pd.DataFrame, language: Language) -> dict[str, int]:
    """Each thing asked, in words, and how many of the studies ask it. What nobody asks is left out."""
    ours = facts[facts["nct_id"].isin(studies["nct_id"])]
    found = {label: len(set(ids)) for label, ids in _barriers(ours, language)}
    limited = studies["maximum_age_years"].notna()
    found[render("report.barriers.maximum_age", language)] = int(limited.sum())
    return {label: n for label, n in found.items() if n}


def _barriers(facts: pd.DataFrame, language: Language) -> Iterator[tuple[str, Collection[str]]]:
    for key, members in MEMBERS:
        for member in members:
            ids = facts.loc[(facts["key"] == key) & (facts["member"] == member), "nct_id"]
            yield render(f"report.barriers.{key}.{member}", language), ids
    ecog = facts[(facts["key"] == "ecog_max") & (facts["maximum"] <= ECOG_MOST)]
    yield render("report.barriers.ecog_max", language), ecog["nct_id"]
    for key in RANGES:
        of_key = facts[(facts["key"] == key) & (facts["maximum"].notna() | facts["minimum"].notna())]
        yield render(f"report.barriers.{key}", language), of_key["nct_id"]
    for group, ids in facts[facts["key"].isin(SETS)].groupby(["key", "member"])["nct_id"]:
        name, member = (str(part) for part in cast("tuple[str, str]", group))
        yield variable_name(f"{name}:{member}", label_of, language), ids
