"""Eligibility criteria as a tidy table."""

from tests.unit.tables.records import make_record
from trialfinder.tables import build_criteria, build_source, columns

TEXT = """Inclusion Criteria:

1. Age \\>= 18 years
2. Adequate organ function:
   * Platelets \\> 100 x 10\\^9/L

Exclusion Criteria:

* Pregnancy"""


def table(text):
    return build_criteria([build_source(make_record({"eligibilityModule.eligibilityCriteria": text}))])


def test_each_bullet_is_a_row_as_people_read_it():
    found = table(TEXT)
    assert list(found["text"]) == [
        "Age ≥ 18 years",
        "Adequate organ function:",
        "Platelets > 100 x 10^9/L",
        "Pregnancy",
    ]
    assert list(found["section"]) == ["inclusion", "inclusion", "inclusion", "exclusion"]
    assert list(found["position"]) == [0, 1, 2, 3]


def test_a_nested_bullet_names_the_head_of_its_list():
    found = table(TEXT)
    assert found["header"].isna().tolist() == [True, True, False, True]
    assert found["header"][2] == "Adequate organ function:"


def test_a_row_stands_at_its_place_in_the_verbatim_text():
    found = table(TEXT)
    assert [TEXT[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == [
        "Age \\>= 18 years",
        "Adequate organ function:",
        "Platelets \\> 100 x 10\\^9/L",
        "Pregnancy",
    ]


def test_a_study_without_a_text_has_no_row_but_the_columns_are_there():
    found = build_criteria([build_source(b'{"nctId": "NCT99000001"}')])
    expected = {item.column: item.dtype for item in columns() if item.table == "criteria"}
    assert found.dtypes.astype(str).to_dict() == expected
