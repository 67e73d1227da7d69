"""What the words around a mention say of it."""

import pytest

from tests.unit.eligibility.builders import make_criteria, make_field, make_sentence
from trialfinder.eligibility.criteria import read_field
from trialfinder.eligibility.cues import header_negates, scope


def scope_of(text, word, section="Inclusion"):
    sentence = make_sentence(text, section)
    start = sentence.lower.index(word)
    return scope(sentence, start, start + len(word))


def header_of(text, section="Inclusion"):
    return make_criteria(f"{section} Criteria:\n\n* {text}\n  * Taxane\n")[-1].headers[-1]


@pytest.mark.parametrize(
    ("text", "word", "is_negated"),
    [
        ("Prior taxane", "taxane", False),
        ("No prior taxane", "taxane", True),
        ("Must not have received a taxane", "taxane", True),
        ("Taxane-naive", "taxane", True),
        ("Patients without a scan", "scan", True),
        ("No more than two taxanes", "taxanes", False),
        ("A scan is not required, taxane", "taxane", False),
        ("No HIV; taxane required", "taxane", False),
        ("No HIV but hepatitis must be treated", "hepatitis", False),
        ("No cancer except treated melanoma", "melanoma", False),
        ("Free of brain metastases", "brain", True),
    ],
)
def test_a_negation_reaches_up_to_the_end_of_its_clause(text, word, is_negated):
    """And not past an exception; what looks like a negation and is none denies nothing."""
    assert scope_of(text, word).is_negated is is_negated


@pytest.mark.parametrize("section", ["Inclusion", "Exclusion"])
def test_what_is_said_to_rule_out_does_so_in_any_section(section):
    """Excluded, not eligible; not what is allowed, or excluded in the negative."""
    assert scope_of("Patients with HIV are not eligible", "hiv", section).is_ruled_out
    assert scope_of("Patients with HIV are excluded", "hiv", section).is_ruled_out
    assert not scope_of("Patients with HIV are allowed", "hiv", section).is_ruled_out
    assert not scope_of("Patients with HIV will not be excluded", "hiv", section).is_ruled_out


@pytest.mark.parametrize(
    ("header", "negates"),
    [
        ("None of the following:", True),
        ("No prior:", True),
        ("Any of the following:", False),
        ("Patients with organ failure are excluded, namely any of:", True),
        ("Women not of childbearing age must have:", False),
        ("No brain metastases", False),
    ],
)
def test_a_header_that_denies_turns_its_list(header, negates):
    """But a parent that is no header does not, nor one that denies one thing and asks another."""
    assert header_negates(header_of(header)) is negates


def test_an_exception_is_told_from_what_it_excepts():
    """Before it, and inside it."""
    assert scope_of("Brain metastases unless treated with a taxane", "brain", "Exclusion").has_exception
    assert not scope_of("Brain metastases unless treated with a taxane", "taxane", "Exclusion").has_exception
    assert scope_of("Brain metastases", "brain").exception is None


def test_a_title_has_no_section_and_no_headers():
    """Only its own words count."""
    title = read_field(make_field("A trial without chemotherapy", "title"))
    assert scope(title, 16, 28).is_negated
