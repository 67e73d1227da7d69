"""What the words around a mention say of it."""

import pytest

from tests.unit.eligibility.builders import make_criteria, make_field, make_sentence
from trialfinder.eligibility.criteria import read_field
from trialfinder.eligibility.cues import scope


def scope_of(text, word, section="Inclusion"):
    sentence = make_sentence(text, section)
    start = sentence.lower.index(word)
    return scope(sentence, start, start + len(word))


def nested_scope(header, text, word, section="Inclusion"):
    sentence = make_criteria(f"{section} Criteria:\n\n* {header}\n  * {text}\n")[-1].sentences[0]
    start = sentence.lower.index(word)
    return scope(sentence, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word", "section", "is_barred"),
    [
        ("Prior taxane", "taxane", "Inclusion", False),
        ("Prior taxane", "taxane", "Exclusion", True),
        ("No prior taxane", "taxane", "Inclusion", True),
        ("Must not have received a taxane", "taxane", "Inclusion", True),
        ("Taxane-naive", "taxane", "Inclusion", True),
        ("No measurable disease", "measurable", "Exclusion", False),
        ("Patients without a scan", "scan", "Exclusion", False),
        ("Patients with HIV are not eligible", "hiv", "Inclusion", True),
        ("Patients with HIV are excluded", "hiv", "Exclusion", True),
        ("No more than two taxanes", "taxanes", "Inclusion", False),
        ("No HIV; taxane required", "taxane", "Inclusion", False),
        ("No HIV but hepatitis must be treated", "hepatitis", "Inclusion", False),
        ("Free of brain metastases", "brain", "Inclusion", True),
    ],
)
def test_a_mention_is_barred_by_section_or_negation_but_not_by_both(text, word, section, is_barred):
    """A double negation asks for it."""
    assert scope_of(text, word, section).is_barred is is_barred


@pytest.mark.parametrize(
    ("header", "section", "is_barred"),
    [
        ("None of the following:", "Inclusion", True),
        ("No prior:", "Inclusion", True),
        ("Any of the following:", "Inclusion", False),
        ("Any of the following:", "Exclusion", True),
        ("Patients with any of these are excluded:", "Exclusion", True),
        ("No brain metastases", "Inclusion", False),
    ],
)
def test_a_header_that_denies_bars_its_list(header, section, is_barred):
    """But a parent that is no header does not."""
    assert nested_scope(header, "Taxane", "taxane", section).is_barred is is_barred


def test_permission_is_seen_on_either_side():
    """allowed, eligible, may have; not where it is refused."""
    assert scope_of("Prior taxane is allowed", "taxane").is_optional
    assert scope_of("Patients may have had a taxane", "taxane").is_optional
    assert not scope_of("Prior taxane is not allowed", "taxane").is_optional
    assert not scope_of("Prior taxane", "taxane").is_optional


def test_an_exception_is_told_from_what_it_excepts():
    """Before it, and inside it."""
    outside = scope_of("Brain metastases unless treated with a taxane", "brain", "Exclusion")
    inside = scope_of("Brain metastases unless treated with a taxane", "taxane", "Exclusion")
    assert (outside.has_exception, outside.is_in_exception) == (True, False)
    assert (inside.has_exception, inside.is_in_exception) == (False, True)
    assert scope_of("Brain metastases", "brain").exception is None


def test_a_negation_does_not_reach_past_an_exception():
    """What is excepted is not denied."""
    assert not scope_of("No cancer except treated melanoma", "melanoma").is_negated


def test_the_setting_is_the_nearest_one_named():
    """In the sentence, else in the headers."""
    text = "Adjuvant taxane, or capecitabine for metastatic disease"
    assert scope_of(text, "taxane").setting == "early"
    assert scope_of(text, "capecitabine").setting == "metastatic"
    assert nested_scope("For metastatic disease:", "One taxane", "taxane").setting == "metastatic"
    assert nested_scope("In the adjuvant setting:", "One taxane", "taxane").setting == "early"
    assert nested_scope("Any of these:", "One taxane", "taxane").setting == "any"


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("A taxane within 4 weeks of enrolment", "within 4 weeks of enrolment"),
        ("A taxane in the last 12 months", "in the last 12 months"),
        ("A taxane less than 3 weeks before enrolment", "less than 3 weeks before enrolment"),
        ("A taxane 6 months prior to entry", "6 months prior to entry"),
        ("A prior taxane", None),
    ],
)
def test_a_time_limit_is_kept_in_the_records_words(text, window):
    """Or None where there is none."""
    assert scope_of(text, "taxane").window == window


def test_treatment_at_the_same_time_and_study_treatment_are_told():
    """Neither is prior therapy."""
    assert scope_of("Concurrent tamoxifen", "tamoxifen").is_concurrent
    assert not scope_of("Prior tamoxifen", "tamoxifen").is_concurrent
    assert scope_of("Scheduled to receive tamoxifen", "tamoxifen").is_study_treatment
    assert not scope_of("Prior tamoxifen", "tamoxifen").is_study_treatment


def test_a_title_has_no_section_and_no_headers():
    """Only its own words count."""
    title = read_field(make_field("A trial without chemotherapy", "title"))
    around = scope(title, 16, 28)
    assert around.is_barred
    assert around.setting == "any"


def test_a_header_that_rules_out_says_so_once_more_under_exclusion():
    """Barred is barred, not let in."""
    header = "Patients with organ failure are excluded, namely any of:"
    assert nested_scope(header, "Taxane", "taxane", "Exclusion").is_barred
    assert nested_scope(header, "Taxane", "taxane").is_barred


def test_a_header_that_denies_one_thing_and_asks_another_does_not_turn_its_list():
    """The negation ends before the list begins."""
    assert not nested_scope("Women not of childbearing age must have:", "Taxane", "taxane").is_barred


def test_a_header_with_other_cues_names_no_setting():
    """Only words of a setting do."""
    assert nested_scope("Unless one of these:", "Taxane", "taxane").setting == "any"
