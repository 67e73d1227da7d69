"""Inclusion, exclusion, cohorts."""

import pytest

from trialfinder.eligibility.sections import cohort_of, split_sections
from trialfinder.eligibility.text import normalise

HEADINGS = [
    ("Inclusion Criteria:", "inclusion"),
    ("EXCLUSION CRITERIA", "exclusion"),
    ("Key Exclusion Criteria :", "exclusion"),
    ("* **Main inclusion criteria**", "inclusion"),
    ("2) Exclusion Criteria", "exclusion"),
    ("3.2 Exclusion criteria", "exclusion"),
    ("Main criteria for exclusion:", "exclusion"),
    ("Exclusion:", "exclusion"),
    ("Exclusion", "exclusion"),
    ("Non-inclusion criteria:", "exclusion"),
    ("Ineligibility criteria:", "exclusion"),
    ("Eligibility:", "inclusion"),
    ("Inclusion Criteria for Part 1 Only:", "inclusion"),
    ("Cardiac exclusion criteria", "exclusion"),
    ("Patients will be excluded if:", "exclusion"),
    ("Subjects with any of the following will NOT be eligible for enrollment in this study:", "exclusion"),
    ("To be included in this study, you must meet the following criteria:", "inclusion"),
    ("Women will be eligible if they are:", "inclusion"),
    ("DISEASE CHARACTERISTICS:", "inclusion"),
    ("PRIOR CONCURRENT THERAPY:", "inclusion"),
    ("Inclusion and exclusion criteria:", "unlabelled"),
]
NO_HEADINGS = [
    "Pregnant women are excluded from this study",
    "Other protocol-defined inclusion/exclusion criteria may apply",
    "Patients with treated brain metastases are eligible provided:",
    "Does not meet the inclusion criteria above",
    "Life expectancy of at least six months after inclusion in the study;",
    "Criteria for measurable disease:",
    "Patients must be eligible for chemotherapy",
    "Adequate organ function",
    "See inclusion criteria",
    "Eligibility criteria will be checked twice",
    "Exclusion of pregnancy",
    "Signed: patient meets inclusion criteria",
]


@pytest.mark.parametrize(("line", "kind"), HEADINGS)
def test_a_heading_opens_its_section(line, kind):
    """Whatever its marks, number or wording."""
    sections = split_sections(normalise(f"{line}\n* HIV infection\n"))
    assert [section.kind for section in sections] == [kind]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_a_criterion_that_speaks_of_eligibility_opens_nothing(line):
    """It stays in the section in which it stands."""
    sections = split_sections(normalise(f"Exclusion Criteria:\n* {line}\n* HIV infection\n"))
    assert [section.kind for section in sections] == ["exclusion"]


def test_sections_cover_every_character():
    """Text before the first heading is unlabelled."""
    text = normalise("For women.\nInclusion Criteria: age 18\n\nExclusion Criteria: HIV\n")
    sections = split_sections(text)
    assert [section.kind for section in sections] == ["unlabelled", "inclusion", "exclusion"]
    assert "".join(text.text[section.start : section.end] for section in sections) == text.text
    assert text.text[sections[1].body_start : sections[1].end].strip() == "age 18"


def test_headings_inside_one_line_are_found():
    """Some records hold all their criteria in one line."""
    text = normalise("Inclusion Criteria: 1. Adult. 2. Breast cancer. Exclusion Criteria: 1. HIV.")
    assert [section.kind for section in split_sections(text)] == ["inclusion", "exclusion"]


def test_an_empty_text_is_one_unlabelled_section():
    """Nothing to split."""
    assert [section.kind for section in split_sections(normalise(""))] == ["unlabelled"]


@pytest.mark.parametrize(
    ("heading", "cohort"),
    [
        ("Inclusion Criteria for Part 2 Only:", "Part 2"),
        ("Cohorts II and III exclusion criteria", "Cohorts II and III"),
        ("Arm B:", "Arm B"),
        ("For Cohort 2 of this study, patients must:", "Cohort 2"),
        ("TNBC cohort:", "TNBC cohort"),
        ("Dose-expansion phase", "Dose-expansion phase"),
        ("Inclusion criteria", None),
        ("Criteria for both parts of the trial", None),
    ],
)
def test_a_heading_names_its_cohort(heading, cohort):
    """Cohort, arm, part, phase or dose expansion."""
    assert cohort_of(heading) == cohort


def test_a_long_line_that_mentions_exclusion_is_no_heading():
    """Nor is one whose colon stands before the name."""
    text = "Note: see the exclusion criteria\n" + "Patients " * 9 + "inclusion criteria:\n"
    assert [section.kind for section in split_sections(normalise(text))] == ["unlabelled"]
