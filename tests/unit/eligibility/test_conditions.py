"""Which bans on other illnesses hold for everybody who has one of the group."""

import pytest

from tests.spec.cases import case_study
from trialfinder.eligibility.reader import read_eligibility


@pytest.mark.parametrize(
    ("text", "is_conditional"),
    [
        ("Myocardial infarction", True),
        ("Heart disease", False),
        ("Heart disease within 6 months", True),
        ("History of congestive heart failure", True),
        ("Renal insufficiency, liver disease or heart failure", True),
        ("Any of these cardiac conditions:", True),
        ("Cardiac disease that contraindicates an anthracycline", True),
        ("Disease of the lungs or the heart", False),
        ("LVEF < 50 %", True),
        ("Scleroderma", True),
        ("Autoimmune disease", False),
        ("Active autoimmune disease", True),
        ("Hepatitis B", True),
        ("Hepatitis B or C", False),
        ("Radiation pneumonitis", True),
        ("Interstitial lung disease", False),
        ("Leukaemia or acute leukemia", True),
        ("Any other malignancy", False),
        ("A concurrent malignancy whose treatment may interfere with the study", True),
        ("Known HIV infection", False),
        ("HIV infection without effective antiretroviral therapy", True),
        ("Known HIV-positive patients who have low CD4 counts", True),
        ("Breastfeeding", True),
        ("Pregnant or breastfeeding", False),
    ],
)
def test_a_ban_on_one_illness_or_form_is_conditional_for_its_group(text, is_conditional):
    """Only a ban on the whole group conflicts with everybody who has something of it."""
    fact = read_eligibility(case_study({"section": "exclusion", "text": text}))["excluded_conditions"]
    assert [demand.is_conditional for demand in fact.demands] == [is_conditional]


def test_status_and_life_expectancy_are_whole_numbers():
    """People are shown "at most 2", never "2.0"."""
    facts = read_eligibility(case_study({"text": "ECOG 0-2. Life expectancy of at least 12 weeks"}))
    assert repr(facts["ecog_max"].value) == "2"
    assert repr(facts["life_expectancy_min_months"].value) == "3"
