"""Six people against all real records: what all studies at once are told is what each study alone is told."""

import gzip

import pytest

from trialfinder.eligibility.reader import read_eligibility
from trialfinder.matching import Known, assess_study, read_profile
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts
from trialfinder.matching.vocabularies import load_words
from trialfinder.tables import build_facts, build_source, build_tables

PEOPLE = {
    "after CDK4/6 with ESR1": {
        "age": 58, "sex": "female", "menopause": "post", "subtype": "HR+/HER2-", "settings": ["metastatic"],
        "brain_metastases": "none", "ecog": 1, "chemo_lines_metastatic": 0, "endocrine_lines_metastatic": 1,
        "prior_therapies": {"Ibrance": {"had": ["metastatic"]}, "letrozole": {"had": ["metastatic"]}},
        "biomarkers": ["ESR1"],
    },
    "TNBC, first line, PD-L1 positive": {
        "age": 47, "sex": "female", "menopause": "pre", "subtype": "TNBC", "settings": ["metastatic"],
        "any_lines_metastatic": 0, "ecog": 0, "biomarkers": ["PD-L1"],
    },
    "HER2+, active brain metastases after T-DXd": {
        "sex": "female", "her2": "positive", "settings": ["metastatic"], "brain_metastases": "active",
        "prior_therapies": {"Enhertu": {"had": ["metastatic"]}, "trastuzumab": "had"},
    },
    "a man, HR+, bone only": {
        "sex": "male", "hr": "positive", "settings": ["metastatic"],
        "metastases": ["bone"], "metastases_complete": True,
    },
    "HER2-negative and nothing else": {"her2": "negative", "settings": ["metastatic"]},
    "adjuvant trastuzumab only": {
        "her2": "positive", "settings": ["metastatic"], "prior_therapies": {"trastuzumab": {"had": ["early"]}},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def records(shared):
    """The studies table, and the facts of each study in its order."""
    with gzip.open(shared / "registry" / "studies.jsonl.gz") as lines:
        raws = [line.strip() for line in lines]
    return build_tables(raws).studies, [read_eligibility(build_source(raw)) for raw in raws]


@pytest.mark.parametrize("said", PEOPLE.values(), ids=PEOPLE)
def test_the_counts_are_those_of_each_study_alone(records, said):
    studies, facts = records
    known = Known(read_profile(said, load_words())[0], load_words())
    table = assess_all(known, encode_facts(build_facts(facts), studies))
    limits = studies[["minimum_age_years", "maximum_age_years", "sex"]].astype(object)
    limits = limits.where(limits.notna(), None).to_dict("records")
    alone = [assess_study(known, one, **limit) for one, limit in zip(facts, limits, strict=True)]
    assert table["nct_id"].tolist() == [one.nct_id for one in alone]
    for column in ("verdict", "n_fits", "n_conflicts", "n_ask"):
        assert table[column].tolist() == [getattr(one, column) for one in alone]
