"""Which demands of brain metastases mean some forms only."""

import pytest

from tests.spec.cases import case_study
from trialfinder.eligibility.reader import read_eligibility


@pytest.mark.parametrize(
    ("text", "is_conditional"),
    [
        ("Patients must have brain metastases", False),
        ("Patients must have new or progressive brain metastases", True),
        ("Patients must have untreated brain metastases", True),
        ("Patients must have CNS metastases", True),
        ("Patients must have disease of the brain: brain metastases or leptomeningeal disease", True),
    ],
)
def test_a_demand_of_growing_metastases_or_of_the_whole_nervous_system_is_conditional(text, is_conditional):
    """Someone stable is asked, and so is someone whose linings alone are affected."""
    fact = read_eligibility(case_study({"section": "inclusion", "text": text}))["brain_metastases"]
    assert fact.value == "required"
    assert fact.is_conditional == is_conditional


def test_a_demand_of_disease_of_the_linings_is_of_every_form():
    """Nobody without it may enter."""
    text = "Breast cancer; leptomeningeal disease must be present"
    fact = read_eligibility(case_study({"section": "inclusion", "text": text}))["leptomeningeal"]
    assert (fact.value, fact.is_conditional) == ("required", False)
