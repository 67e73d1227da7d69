"""All readers together."""

import pytest

from tests.spec.cases import case_study
from tests.unit.eligibility.builders import make_field, make_source
from trialfinder.eligibility.coverage import coverage, find_unread
from trialfinder.eligibility.reader import all_readers, read_eligibility
from trialfinder.model.facts import FACT_KEYS, SILENCE


def test_each_key_has_one_reader():
    """No key is read twice or forgotten."""
    keys = [key for reader in all_readers() for key in reader.KEYS]
    assert sorted(keys) == sorted(set(keys))
    assert set(keys) <= set(FACT_KEYS)
    assert keys[0] == "cancer"


def test_where_breast_cancer_cannot_enter_only_that_is_read():
    """The other facts would be another patient's."""
    source = make_source(
        "Inclusion Criteria:\n* Metastatic lung cancer\n* ECOG 0-1\n", brief_title=make_field("Demo: NSCLC", "title")
    )
    assert set(read_eligibility(source).facts) == {"cancer"}


@pytest.mark.parametrize(
    "criteria", [None, "", "  ", "Mujeres con cáncer de mama metastásico, mayores de 18 años, para las que no hay otro"]
)
def test_criteria_that_cannot_be_read_admit_everything_and_say_so(criteria):
    """But the title still counts."""
    source = make_source(criteria, brief_title=make_field("Demo: metastatic breast cancer", "title"))
    facts = read_eligibility(source)
    assert not facts.is_read
    assert facts["prior_excluded"].value == SILENCE["prior_excluded"]
    assert facts["settings"].value == ("metastatic",)
    assert find_unread(source, facts) == ()


def test_only_exclusion_criteria_are_read_as_such():
    """What they bar is barred; what they do not say stays open."""
    facts = read_eligibility(make_source("Exclusion Criteria:\n\n* Metastatic disease\n"))
    assert facts.is_read
    assert facts["settings"].value == ("early",)


def test_an_empty_record_is_silence():
    """Nothing is made up."""
    facts = read_eligibility(make_source(None, brief_title=None))
    assert all(fact.is_silent for fact in facts.facts.values())


def test_a_sentence_that_gave_nothing_is_listed_as_unread():
    """By key, with the record's own words."""
    source = make_source("Inclusion Criteria:\n\n* Metastatic breast cancer\n* Performance status will be recorded\n")
    facts = read_eligibility(source)
    unread = {(item.key, item.quote) for item in find_unread(source, facts)}
    assert ("ecog_max", "* Performance status will be recorded") in unread
    assert not any(key == "settings" for key, _ in unread)
    assert coverage(source, facts)["settings"] == (1, 1)
    assert coverage(source, facts)["ecog_max"] == (1, 0)
    assert coverage(make_source(None), facts) == {}


def test_ultralow_is_a_member_where_the_text_names_it():
    """Matching tells "HER2-low" from "HER2-low or ultralow", though the flat value is the same."""
    wide = case_study({"text": "HER2-low or HER2-ultralow breast cancer"})
    narrow = case_study({"text": "HER2-low breast cancer"})
    assert [demand.members for demand in read_eligibility(wide)["her2_low"].demands] == [("required", "ultralow")]
    assert [demand.members for demand in read_eligibility(narrow)["her2_low"].demands] == [("required",)]
