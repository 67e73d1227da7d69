"""One study as people look at it."""

from datetime import date

import pytest

from tests.unit.tables.records import make_record
from trialfinder.errors import UnexpectedRecord
from trialfinder.model import Arm, Contact, Intervention
from trialfinder.tables import build_study


def test_a_study_has_its_arms_interventions_sites_and_contacts():
    study = build_study(make_record())
    assert study.arms == (Arm("Tablet", "EXPERIMENTAL", None, ("Drug: Demotinib",)),)
    assert study.interventions == (Intervention("Demotinib", "DRUG", None, ("DMO-1", "Demova")),)
    assert study.contacts == (
        Contact("central", "Office", "CONTACT", "555-0100 ext. 7"),
        Contact("sponsor", "Demo Hospital"),
    )
    boston, seoul = study.sites
    assert (boston.postal_code, boston.latitude, boston.is_status_own) == ("02115", 42.35843, True)
    assert boston.contacts == (Contact("site", "Nurse", "CONTACT", None, "nurse@example.org"),)
    assert (seoul.country, seoul.status, seoul.is_status_own, seoul.latitude) == (
        "South Korea",
        "RECRUITING",
        False,
        None,
    )


def test_a_study_has_its_values():
    study = build_study(make_record())
    assert (study.kind, study.phases, study.masking, study.enrollment) == (
        "treatment",
        ("PHASE1", "PHASE2"),
        "NONE",
        40,
    )
    assert (study.start_date, study.last_update_date) == (date(2025, 3, 1), date(2026, 9, 14))
    assert (study.minimum_age_years, study.maximum_age_years, study.primary_completion_date) == (18.0, None, None)


def test_a_bare_line_is_a_study_with_little_in_it():
    study = build_study('{"nctId": "NCT99000001", "eligibilityCriteria": "Adults"}')
    assert (study.brief_title, study.eligibility_text, study.sites, study.contacts) == ("NCT99000001", "Adults", (), ())
    assert (study.masking, study.sponsor) == (None, None)


@pytest.mark.parametrize(("raw", "said"), [(b"[]", "no JSON object"), (b"{}", "no NCT number")])
def test_what_is_no_study_is_an_error_that_says_why(raw, said):
    with pytest.raises(UnexpectedRecord, match=said):
        build_study(raw)
