"""Receptor groups as sets: what they are called, and what they say of HER2-low."""

import random

import pytest

from trialfinder.eligibility import receptor_groups as groups
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.eligibility.receptor_phrases import read_phrase
from trialfinder.model import SourceField, StudySource
from trialfinder.vocab import Vocabulary, load_vocabulary
from trialfinder.vocab.biomarkers import Biomarkers
from trialfinder.vocab.receptors import ReceptorWords

TEXT = """Inclusion Criteria:

* ER-positive and/or PR-positive, HER2-low (IHC 1+, or 2+/ISH\\-) breast cancer
* A PIK3CA mutation, AKT1 mutation or loss of PTEN

Exclusion Criteria:

* Known RB1 loss
* HER2-positive disease
"""


def _study(text=TEXT):
    return StudySource("NCT99999999", criteria=SourceField("criteria", text))


@pytest.mark.parametrize(
    ("group", "subtypes", "her2_low"),
    [
        (groups.EVERYBODY, ("HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC"), None),
        (groups.HER2_NEGATIVE, ("HR+/HER2-", "TNBC"), None),
        (groups.HER2_LOW | groups.HER2_ULTRALOW, ("HR+/HER2-", "TNBC"), "required"),
        (groups.HER2_ZERO, ("HR+/HER2-", "TNBC"), "excluded"),
        (groups.HER2_EXPRESSED, ("HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC"), None),
        (groups.TRIPLE_NEGATIVE & groups.HER2_LOW, ("TNBC",), "required"),
        (groups.HR_POSITIVE & groups.HER2_POSITIVE, ("HR+/HER2+",), None),
    ],
)
def test_a_group_has_the_names_of_the_guide(group, subtypes, her2_low):
    """HER2-low is required where nobody else is admitted, excluded where other HER2-negatives are."""
    assert groups.subtypes_of(group) == subtypes
    assert groups.her2_low_of(group) == her2_low


@pytest.mark.parametrize(
    ("scores", "group"),
    [
        ({"3"}, groups.HER2_POSITIVE),
        ({"3", "2", "amplified"}, groups.HER2_POSITIVE),
        ({"2", "1", "not amplified"}, groups.HER2_LOW),
        ({"2"}, groups.HER2_POSITIVE | groups.HER2_LOW),
        ({"0", "1"}, groups.HER2_NEGATIVE),
        ({"below 2"}, groups.HER2_NEGATIVE),
        ({"amplified"}, groups.HER2_POSITIVE),
        ({"not amplified"}, groups.HER2_NEGATIVE),
        (set(), groups.EVERYBODY),
    ],
)
def test_scores_are_states_of_her2(scores, group):
    """2+ alone is undecided; beside 3+ it is meant amplified, beside 1+ not."""
    assert groups.her2_of_scores(frozenset(scores)) == group


def test_brackets_nested_without_end_cost_nothing():
    """A text of brackets is no tree of a thousand levels."""
    text = "estrogen receptor (" * 150 + "positive"
    assert read_phrase(text, text, load_vocabulary().receptors) is not None


def test_evidence_slices_back_to_the_record():
    """Offsets are those of the record's own text, escapes and all."""
    facts = read_eligibility(_study())
    for key in ("subtypes", "her2_low", "biomarkers_required", "biomarkers_excluded"):
        assert facts[key].evidence
        for item in facts[key].evidence:
            assert TEXT[item.start : item.end] == item.quote


def test_markers_joined_by_or_are_one_group():
    """One of the three is enough; matching needs to know."""
    assert [demand.members for demand in read_eligibility(_study())["biomarkers_required"].demands] == [
        ("AKT1", "PIK3CA", "PTEN")
    ]


def test_markers_joined_by_and_are_asked_for_each():
    """A mutation and a fusion, both."""
    facts = read_eligibility(_study("Inclusion Criteria:\n\n* TP53 mutation and PIK3CA mutation of the tumour\n"))
    assert [demand.members for demand in facts["biomarkers_required"].demands] == [("TP53",), ("PIK3CA",)]


def test_the_order_of_the_rows_says_nothing():
    """Reading does not depend on how the data files are sorted."""
    ours = load_vocabulary()
    shuffle = random.Random(1).sample
    words = ours.receptors
    mixed = Vocabulary(
        receptors=ReceptorWords(*(shuffle(rows, len(rows)) for rows in (words.words, words.scores, words.cues))),
        biomarkers=Biomarkers(
            ours.biomarkers.rows.values(),
            shuffle(ours.biomarkers.aliases, len(ours.biomarkers.aliases)),
            shuffle(ours.biomarkers.cues, len(ours.biomarkers.cues)),
        ),
    )
    assert read_eligibility(_study(), mixed).flat() == read_eligibility(_study()).flat()
