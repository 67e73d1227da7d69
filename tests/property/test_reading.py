"""What must hold of the criteria reader whatever the text."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.eligibility.builders import make_criteria, make_field, make_source
from trialfinder.eligibility.coverage import find_unread
from trialfinder.eligibility.criteria import read_field
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.eligibility.sections import split_sections
from trialfinder.eligibility.text import normalise
from trialfinder.vocab import Vocabulary, load_vocabulary
from trialfinder.vocab.cues import Cues

PIECES = [
    *(
        "Inclusion Criteria:",
        "Exclusion Criteria:",
        "\n",
        "\n\n",
        "* ",
        "  * ",
        "1. ",
        "a) ",
        "(",
        ")",
        ":",
        ";",
        "\u200b",
        "İ",
    ),
    *("No prior ", "unless ", "are excluded ", "allowed. ", "who ", "and/or ", "within 4 weeks ", "\u00a0", "–", "â‰¥"),
    *(
        "metastatic ",
        "breast cancer ",
        "stage ",
        "IV ",
        "III",
        "T4 N2 M0 ",
        "HER2",
        "-negative ",
        "+ ",
        "IHC 1+ ",
        "ER/PR ",
    ),
    *(
        "brain metastases ",
        "taxane ",
        "CDK4/6 inhibitor ",
        "≥ 2 ",
        r"\>= 1 ",
        "&lt; 3 ",
        "ECOG ",
        "0-1 ",
        "premenopausal ",
    ),
    *("men ", "PIK3CA mutation ", "HIV. ", "pregnant ", "life expectancy ", "3 months ", "measurable disease "),
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS)
def test_splitting_loses_no_character(text):
    """Sections, lines and sentences hold all that is not blank, in order."""
    plain = normalise(text)
    assert "".join(plain.text[section.start : section.end] for section in split_sections(plain)) == plain.text
    for criterion in make_criteria(text):
        assert "".join(sentence.body for sentence in criterion.sentences) == criterion.body
    field = read_field(make_field(text))
    assert "".join(sentence.body for sentence in field.sentences) == field.body


@given(TEXTS)
def test_every_slice_maps_into_the_original(text):
    """In order, inside, and to the same words."""
    plain = normalise(text)
    ends = [plain.original_span(0, end)[1] for end in range(1, len(plain.text) + 1)]
    assert ends == sorted(ends)
    assert not ends or ends[-1] <= len(text)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_reading_never_raises_and_quotes_slice_back(criteria, title):
    """Evidence and unread sentences are the record's own words."""
    source = make_source(criteria, brief_title=make_field(title, "title"), sex=make_field("ALL", "sex"))
    texts = {field.path: field.text for field in (source.criteria, source.brief_title, source.sex)}
    facts = read_eligibility(source)
    for key, fact in facts.facts.items():
        assert fact.key == key
        assert fact.is_silent or fact.evidence
        for item in fact.evidence:
            assert texts[item.field][item.start : item.end] == item.quote != ""
    for sentence in find_unread(source, facts):
        assert texts[sentence.field][sentence.start : sentence.end] == sentence.quote


@given(TEXTS, st.integers(0, 99))
@settings(deadline=None, max_examples=30)
def test_reading_is_the_same_twice_and_in_any_order_of_the_rows(criteria, seed):
    """Nothing hangs on a clock, on chance or on how a table is sorted."""
    rows = list(load_vocabulary().cues.rows)
    random.Random(seed).shuffle(rows)
    source = make_source(criteria)
    assert read_eligibility(source) == read_eligibility(source) == read_eligibility(source, Vocabulary(cues=Cues(rows)))


@pytest.mark.parametrize(
    "piece",
    [
        "no prior ",
        "stage i, ",
        "* a\n",
        "metastatic or ",
        "(",
        "1. ",
        "her2 ",
        "breast, ",
        "≥ ",
        "\\> ",
        "for the ",
        "a",
        "e.g. ",
    ],
)
def test_a_hundred_kilobytes_take_under_a_second(piece):
    """No wording makes an expression run away."""
    text = "Inclusion Criteria: the patients with " + piece * (100_000 // len(piece))
    start = time.process_time()
    read_eligibility(make_source(text))
    assert time.process_time() - start < 1
