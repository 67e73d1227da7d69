"""Markers in groups, as matching asks for them: one of each group."""

from tests.unit.eligibility.builders import make_field, make_study
from trialfinder.eligibility.readers import biomarkers
from trialfinder.vocab import load_vocabulary

WORDS = load_vocabulary()


def groups(criteria, **fields):
    found = {fact.key: fact for fact in biomarkers.read(make_study(criteria, **fields), WORDS)}
    return [demand.members for demand in found["biomarkers_required"].demands]


def test_a_title_that_names_one_of_a_choice_narrows_it_not():
    """Whoever has another marker of the group may enter."""
    criteria = "Inclusion Criteria:\n\n* A germline mutation of BRCA1, BRCA2 or PALB2\n"
    title = make_field("Demo: a PARP inhibitor in PALB2-mutated breast cancer", "briefTitle")
    assert groups(criteria, brief_title=title) == [("BRCA", "PALB2")]


def test_two_markers_demanded_apart_are_two_groups():
    criteria = "Inclusion Criteria:\n\n* PIK3CA mutation\n* ESR1 mutation\n"
    assert groups(criteria) == [("PIK3CA",), ("ESR1",)]
