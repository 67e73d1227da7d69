"""Bullets, headers, sentences, evidence."""

from tests.unit.eligibility.builders import make_criteria, make_field, make_sentence
from trialfinder.eligibility.criteria import read_field


def bodies(criteria):
    return [criterion.body.strip() for criterion in criteria]


def test_a_nested_bullet_carries_its_headers():
    """Outermost first."""
    criteria = make_criteria(
        "Exclusion Criteria:\n\n* Any of the following:\n\n  * HIV\n    * untreated\n* Pregnancy\n"
    )
    assert bodies(criteria[2].headers) == ["* Any of the following:", "* HIV"]
    assert criteria[3].headers == ()


def test_lines_below_an_unmarked_header_belong_to_it():
    """A header without a bullet, its list with bullets of the same indent."""
    criteria = make_criteria("Inclusion Criteria:\nPatients must have:\n* a tumour\n* a scan\nSigned consent\n")
    assert bodies(criteria[2].headers) == ["Patients must have:"]
    assert criteria[3].headers == ()


def test_letters_and_dots_under_a_number_are_its_children():
    """A new number ends them."""
    criteria = make_criteria("1. None of these:\na. HIV\nb. hepatitis\n2. One of these:\n* a\n3. Age\n")
    assert [len(criterion.headers) for criterion in criteria] == [0, 1, 1, 0, 1, 0]


def test_a_plain_list_ends_at_a_blank_line_a_new_header_or_a_fresh_start():
    """Records whose bullets were lost."""
    text = "Prior treatment, none of:\ntaxanes\nplatinum\nPatients of any age\n\nNo prior:\nsurgery\n\nECOG 0\n"
    criteria = make_criteria(text)
    assert [len(criterion.headers) for criterion in criteria] == [0, 1, 1, 0, 0, 1, 0]


def test_a_header_is_told_from_a_parent_of_notes():
    """Only what announces a list is a header."""
    criteria = make_criteria("* No brain metastases\n  * Treated ones are allowed\n* No prior:\n  * taxane\n")
    assert [criterion.is_header for criterion in criteria] == [False, False, True, False]


def test_a_criterion_knows_its_cohort():
    """By its nearest header, else by its section."""
    criteria = make_criteria("Inclusion Criteria for Part 2 Only:\n* Cohort B:\n  * TNBC\n* Age 18\n")
    assert [criterion.cohort for criterion in criteria] == ["Part 2", "Cohort B", "Part 2"]


def test_sentences_end_at_a_stop_before_a_capital_and_not_after_an_abbreviation():
    """No character is lost."""
    criterion = make_criteria("* Prior drugs (e.g. Taxol) are allowed. No fever.Hepatitis is allowed; i.e. cured.\n")[0]
    assert [sentence.body.strip() for sentence in criterion.sentences] == [
        "* Prior drugs (e.g. Taxol) are allowed.",
        "No fever.",
        "Hepatitis is allowed; i.e. cured.",
    ]
    assert "".join(sentence.body for sentence in criterion.sentences) == criterion.body


def test_evidence_is_the_records_own_words():
    """Trimmed, unescaped in the body, verbatim in the quote."""
    sentence = make_sentence(r"ECOG \<= 1 ")
    evidence = sentence.evidence(None, None, 1, "rule")
    assert evidence.quote == r"* ECOG \<= 1"
    start = sentence.body.index("≤")
    part = sentence.evidence(start, start + 3, 1, "rule")
    assert part.quote == r"\<= 1"
    assert sentence.text.original[part.start : part.end] == part.quote


def test_evidence_of_blanks_is_empty():
    """An empty slice has an empty quote."""
    assert make_sentence("a").evidence(1, 2, None, "rule").quote == ""


def test_a_field_is_a_passage_without_a_section():
    """Its sentences belong to no criterion."""
    field = read_field(make_field("One title. Another sentence", "title"))
    assert [sentence.body for sentence in field.sentences] == ["One title. ", "Another sentence"]
    assert not field.sentences[0].is_exclusion
    assert field.sentences[0].headers == ()
    assert make_sentence("x", "Exclusion").is_exclusion


def test_a_cohort_is_found_above_a_header_that_names_none():
    """Two levels up."""
    criteria = make_criteria("* Arm A:\n  * Any of these:\n    * taxane\n")
    assert criteria[2].cohort == "Arm A"


def test_a_sentence_without_end_is_cut_into_pieces():
    """So that no text makes a rule run away; no character is lost."""
    criterion = make_criteria("* " + "a stop. Then " + "taxane " * 1000)[0]
    lengths = [len(sentence.body) for sentence in criterion.sentences]
    assert max(lengths) <= 2000
    assert sum(lengths) == len(criterion.body)
    assert len(make_criteria("* " + "taxane " * 1000 + ". Then")[0].sentences) == 5
