"""Every row of the receptor wording proves its example and refuses its counter-example."""

import re

import pytest

from tests.unit.vocab.rows import says
from trialfinder.vocab import load_vocabulary

WORDS = load_vocabulary().receptors


def _kinds(text):
    return {token.kind for token in WORDS.tokens(text, 0, len(text))}


@pytest.mark.parametrize("row", WORDS.words, ids=lambda row: f"{row.kind}-{row.example}")
def test_a_word_is_found_in_its_example_and_not_in_its_counter_example(row):
    """A row that no longer matches what it was written for would mislead silently."""
    flags = re.IGNORECASE if row.kind == "hint" else 0
    assert re.search(row.pattern, row.example, flags)
    assert not re.search(row.pattern, row.counter_example, flags)


@pytest.mark.parametrize("row", WORDS.scores, ids=lambda row: f"{row.value}-{row.example}")
def test_a_score_is_found_in_its_example_and_not_in_its_counter_example(row):
    """The same for HER2 scores, which are matched in lower case."""
    assert row.value in WORDS.scores_in(row.example.lower())
    assert row.value not in WORDS.scores_in(row.counter_example.lower())


@pytest.mark.parametrize("row", WORDS.cues, ids=lambda row: f"{row.kind}-{row.example}")
def test_a_cue_is_found_in_its_example_and_not_in_its_counter_example(row):
    """A cue stands before or after a receptor; its row is tried on both sides of one."""
    assert says(row.pattern, row.example.lower())
    assert not says(row.pattern, row.counter_example.lower())


def test_a_receptor_before_a_drug_word_is_no_receptor():
    """A drug is "HER2-targeted", a tumour "HER2-positive"."""
    assert "her2" not in _kinds("HER2-targeted therapy")
    assert "her2" in _kinds("HER2-positive disease")


@pytest.mark.parametrize(
    "row", [row for row in WORDS.words if row.kind in ("er", "pr", "hr", "her2", "triple_negative")]
)
def test_the_quick_test_never_misses_a_receptor(row):
    """Whatever the full expression finds, the quick test lets through."""
    assert WORDS.may_name(row.example, row.example.lower())


def test_a_text_without_receptors_has_no_stretch():
    """Nothing is looked at where nothing may be named."""
    assert WORDS.stretch("Adults of any age", "adults of any age") == (0, 0)
