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
        ("Earlier malignancy. Those free of it for a decade are eligible.", True),
        ("Earlier malignancy. They are not eligible.", False),
        ("* Another malignancy\n* Note: skin cancer that was cut out is allowed", True),
        ("* Another malignancy\n* Fever", False),
        ("* Within the last year:\n  * Heart disease", True),
        ("Insufficient function of the kidneys, the liver or the heart", True),
        ("Heart disease that would preclude the study drug", True),
        ("Heart disease, in the opinion of the treating doctor", True),
        ("A stage III or IV malignancy other than of the breast", True),
        ("Concurrent second malignancy", True),
        ("Previous or concurrent malignancy", False),
        ("Cancer of the other breast: contralateral breast cancer", True),
        ("Autoimmune disease, for example lupus", True),
        ("Ischemic heart disease", True),
        ("Pharmacotherapy for hepatitis B or C", True),
        ("History of interstitial lung disease", False),
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


def test_a_ban_that_lets_some_in_elsewhere_is_conditional():
    """Who was cured of another cancer may enter, whatever the bare ban in the other section says."""
    text = "* Earlier cancers are eligible if they were cured\n\nExclusion Criteria:\n\n* Any other cancer"
    fact = read_eligibility(case_study({"section": "inclusion", "text": text}))["excluded_conditions"]
    assert fact.demands[0].is_conditional


def test_the_sentence_that_rules_out_everybody_is_shown_first():
    """A narrower one before it would not prove the conflict."""
    text = "* Uncontrolled heart failure\n* Heart disease"
    fact = read_eligibility(case_study({"section": "exclusion", "text": text}))["excluded_conditions"]
    assert [item.quote for item in fact.demands[0].evidence] == ["* Heart disease", "* Uncontrolled heart failure"]
