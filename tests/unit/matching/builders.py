"""Builders with valid defaults for what matching takes: words, facts, tidy tables."""

from functools import lru_cache

import pandas as pd

from trialfinder.matching import Names, Words, read_profile
from trialfinder.matching.known import Known
from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact, PatientProfile
from trialfinder.model.facts import RANGE_KEYS, SET_KEYS

FACT_COLUMNS = {
    "nct_id": "str",
    "key": "str",
    "group": "int64",
    "member": "str",
    "minimum": "float64",
    "maximum": "float64",
    "setting": "str",
    "window": "str",
    "is_conditional": "bool",
    "named": "str",
}


@lru_cache
def make_words() -> Words:
    """A few drugs, classes, markers and illnesses, enough for every rule."""
    above = {
        "palbociclib": ["cdk46_inhibitor"],
        "ribociclib": ["cdk46_inhibitor"],
        "letrozole": ["aromatase_inhibitor", "endocrine_therapy"],
        "aromatase_inhibitor": ["endocrine_therapy"],
        "fulvestrant": ["endocrine_therapy"],
        "trastuzumab": ["her2_therapy"],
        "t_dxd": ["her2_therapy", "topo1_adc", "adc"],
        "topo1_adc": ["adc"],
        "paclitaxel": ["taxane", "chemotherapy"],
        "taxane": ["chemotherapy"],
        "anthracycline": ["chemotherapy"],
        "capecitabine": ["chemotherapy"],
        "denosumab": ["bone_agent"],
        "investigational_same_target": [],
    }
    ids = sorted({*above, *(parent for parents in above.values() for parent in parents)})
    brands = {
        "Ibrance": "palbociclib",
        "Kisqali": "ribociclib",
        "Enhertu": "t_dxd",
        "Xeloda": "capecitabine",
        "chemo": "chemotherapy",
    }
    return Words(
        therapies=Names(brands | {id_: id_ for id_ in ids} | {id_.replace("_", " "): id_ for id_ in ids}),
        biomarkers=Names({"PIK3CA": "PIK3CA", "ESR1": "ESR1", "PD-L1": "PD-L1", "AKT1": "AKT1", "BRCA": "BRCA"}),
        conditions=Names({name: name for name in ("pregnancy", "hiv", "hepatitis", "ild", "autoimmune", "cardiac")}),
        parents={id_: frozenset(parents) for id_, parents in above.items()},
        counted=frozenset(ids) - {"denosumab", "bone_agent"},
    )


def make_known(words: Words | None = None, **said) -> Known:
    """What is known of somebody who said so much; keys and values as in a profile file."""
    used = words or make_words()
    profile, _ = read_profile(said, used)
    return Known(profile, used)


def know(profile: PatientProfile) -> Known:
    """What is known of a profile."""
    return Known(profile, make_words())


def make_evidence(value=None, field="eligibilityCriteria", quote="says so", rule="test") -> Evidence:
    """The record's words, invented."""
    return Evidence(value, field, quote, 0, len(quote), rule)


def make_demand(*members, quote="says so", **limits) -> Demand:
    """One demand with its sentence."""
    return Demand(members, (make_evidence(members[0] if members else None, quote=quote),), **limits)


def make_fact(key, *demands) -> Fact:
    """A fact of some demands, its flat value made from them as the guide says."""
    members = tuple(sorted({member for demand in demands for member in demand.members}))
    if key in RANGE_KEYS:
        return Fact(key, (demands[0].minimum, demands[0].maximum), demands)
    if key in SET_KEYS:
        return Fact(key, members, demands)
    return Fact(key, _single(key, demands[0]), demands)


def _single(key, demand):
    if key == "men":
        return demand.members == ("true",)
    return demand.members[0] if demand.members else demand.maximum if key == "ecog_max" else demand.minimum


def make_facts(*facts, nct_id="NCT99000001", **named) -> EligibilityFacts:
    """All that one study asks; `key=(demand, ...)` or ready facts."""
    made = [make_fact(key, *demands) for key, demands in named.items()]
    return EligibilityFacts(nct_id, {fact.key: fact for fact in (*facts, *made)})


def tidy(studies) -> pd.DataFrame:
    """The tidy table of facts of some studies: one row a member, as the tables make it."""
    rows = [
        {
            "nct_id": study.nct_id,
            "key": key,
            "group": group,
            "member": member,
            "minimum": demand.minimum,
            "maximum": demand.maximum,
            "setting": demand.setting,
            "window": demand.window,
            "is_conditional": demand.is_conditional,
            "named": "|".join(demand.named) or None,
        }
        for study in studies
        for key, fact in study.facts.items()
        for group, demand in enumerate(fact.demands)
        for member in (demand.members or (None,))
    ]
    return pd.DataFrame(rows, columns=list(FACT_COLUMNS)).astype(FACT_COLUMNS)


def make_studies(nct_ids, **columns) -> pd.DataFrame:
    """The columns of `studies` that matching reads; by default no limit of age or sex."""
    defaults = {"minimum_age_years": None, "maximum_age_years": None, "sex": "ALL"}
    frame = pd.DataFrame({"nct_id": list(nct_ids)} | defaults | columns)
    return frame.astype({"nct_id": "str", "minimum_age_years": "float64", "maximum_age_years": "float64", "sex": "str"})
