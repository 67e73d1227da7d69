"""Raw studies to tidy tables: absent is NA, the odd is listed, nothing is guessed."""

import gc

import pandas as pd
import pytest

from tests.unit.tables.records import make_record
from trialfinder.tables import build_tables, columns

LOCATIONS = "contactsLocationsModule.locations"


def only(frame):
    (row,) = frame.to_dict("records")
    return row


def study(changes=None, **kwargs):
    return only(build_tables([make_record(changes, **kwargs)]).studies)


def site(**changes):
    return only(build_tables([make_record({LOCATIONS: [{"city": "Lyon", **changes}]})]).sites)


def test_a_study_has_its_words_numbers_and_dates():
    row = study()
    assert (row["nct_id"], row["overall_status"], row["phases"]) == ("NCT99001234", "RECRUITING", "PHASE1|PHASE2")
    assert (row["conditions"], row["enrollment"]) == ("Breast Cancer|Metastatic Breast Cancer", 40)
    assert (row["minimum_age_years"], row["n_sites"], row["n_open_sites"], row["n_arms"]) == (18.0, 2, 2, 1)
    assert (row["start_date"], row["start_date_precision"]) == (pd.Timestamp(2025, 3, 1), "month")
    assert row["has_healthy_volunteers"] is False


def test_what_a_study_does_not_say_is_missing():
    row = study()
    for name in ("acronym", "maximum_age_years", "completion_date", "completion_date_precision", "is_patient_registry"):
        assert pd.isna(row[name])


def test_an_empty_text_is_missing_too():
    assert pd.isna(study({"identificationModule.acronym": ""})["acronym"])


@pytest.mark.parametrize("module", ["statusModule", "designModule", "eligibilityModule", "contactsLocationsModule"])
def test_a_study_without_a_module_still_has_a_row(module):
    tables = build_tables([make_record(without=module)])
    assert len(tables.studies) == 1
    assert tables.problems == ()


@pytest.mark.parametrize("count", [99999999, -1, 2**70])
def test_an_enrollment_that_nobody_knows_is_missing(count):
    assert pd.isna(study({"designModule.enrollmentInfo": {"count": count}})["enrollment"])


def test_an_unknown_status_is_kept_and_never_counts_as_open():
    tables = build_tables([make_record({"statusModule.overallStatus": "DREAMING", LOCATIONS: [{"city": "Lyon"}]})])
    assert only(tables.studies)["overall_status"] == only(tables.sites)["effective_status"] == "DREAMING"
    assert not only(tables.sites)["is_open"]


def test_a_site_without_a_status_takes_its_studys_and_says_so():
    row = site()
    assert pd.isna(row["status"])
    assert (row["effective_status"], row["is_status_own"], row["is_open"]) == ("RECRUITING", False, True)


def test_a_closed_site_of_a_recruiting_study_is_closed():
    row = site(status="WITHDRAWN")
    assert (row["effective_status"], row["is_status_own"], row["is_open"]) == ("WITHDRAWN", True, False)


@pytest.mark.parametrize(
    ("name", "unified", "code"),
    [
        ("Korea, Republic of", "South Korea", "KR"),
        ("South Korea", "South Korea", "KR"),
        ("Turkey (Türkiye)", "Turkey", "TR"),
        ("Russian Federation", "Russia", "RU"),
        ("Namibia", "Namibia", "NA"),
    ],
)
def test_a_country_has_one_name_and_its_code(name, unified, code):
    row = site(country=name)
    assert (row["country"], row["country_code"]) == (unified, code)


def test_an_unknown_country_keeps_its_name_without_a_code():
    row = site(country="Atlantis")
    assert row["country"] == "Atlantis"
    assert pd.isna(row["country_code"])


@pytest.mark.parametrize("point", [None, {}, {"lat": 0, "lon": 0}, {"lat": 48.1}, {"lat": 95, "lon": 3}])
def test_a_point_that_cannot_be_right_is_missing(point):
    row = site(geoPoint=point)
    assert pd.isna(row["latitude"])
    assert pd.isna(row["longitude"])


def test_a_point_on_the_equator_is_a_point():
    assert site(geoPoint={"lat": 0, "lon": 32.5})["latitude"] == 0


def test_whom_to_call_is_the_site_then_the_office_then_the_sponsor():
    nurse, office = [{"name": "Nurse", "phone": "555-0101"}], "contactsLocationsModule.centralContacts"
    assert (site(contacts=nurse)["contact_level"], site(contacts=nurse)["contact_phone"]) == ("site", "555-0101")
    row = site(contacts=[{"name": "Investigator without a phone", "role": "PRINCIPAL_INVESTIGATOR"}])
    assert (row["contact_level"], row["contact_phone"]) == ("central", "555-0100 ext. 7")
    row = only(build_tables([make_record({office: [], LOCATIONS: [{"city": "Lyon"}]})]).sites)
    assert (row["contact_level"], row["contact_name"]) == ("sponsor", "Demo Hospital")
    raw = make_record({office: [], LOCATIONS: [{"city": "Lyon"}]}, without="sponsorCollaboratorsModule")
    assert pd.isna(only(build_tables([raw]).sites)["contact_level"])


def test_a_bar_within_a_value_does_not_make_two_of_it():
    assert study({"conditionsModule.conditions": ["A|B", "", "C"]})["conditions"] == "A/B|C"


def test_an_expanded_access_is_access():
    design = {"studyType": "EXPANDED_ACCESS", "expandedAccessTypes": {"individual": True}}
    row = study({"designModule": design, "statusModule.overallStatus": "AVAILABLE"})
    assert (row["kind"], row["is_access_individual"], row["n_open_sites"]) == ("access", True, 2)
    assert pd.isna(row["is_access_treatment"])


def test_an_odd_module_is_left_out_and_listed_and_the_rest_is_there():
    changes = {"designModule": ["?"], "identificationModule.briefTitle": 7, LOCATIONS: [None, {"city": "Lyon"}, "x"]}
    tables = build_tables([make_record(changes), make_record()])
    assert [(problem.nct_id, problem.path) for problem in tables.problems] == [
        ("NCT99001234", "protocolSection.identificationModule.briefTitle"),
        ("NCT99001234", "protocolSection.designModule"),
        ("NCT99001234", f"protocolSection.{LOCATIONS}[0]"),
        ("NCT99001234", f"protocolSection.{LOCATIONS}[2]"),
    ]
    assert len(tables.studies) == 2
    assert list(tables.sites["city"]) == ["Lyon", "Boston", "Seoul"]
    assert tables.studies["overall_status"].notna().all()


def test_a_number_written_as_text_is_still_a_number():
    tables = build_tables([make_record({"designModule.enrollmentInfo": {"count": "60"}})])
    assert only(tables.studies)["enrollment"] == 60
    assert tables.problems == ()


def test_null_is_absent():
    """A module that is null in the record is one that is not there, and no problem."""
    assert build_tables([make_record({"designModule": None, LOCATIONS: None})]).problems == ()


@pytest.mark.parametrize("raw", [b"{", b"[]", b"null", b"\xff", b'"\xff"', b"[" * 100_000, b"NaN"])
def test_what_is_no_study_is_listed_and_has_no_row(raw):
    tables = build_tables([raw, make_record()])
    assert len(tables.studies) == 1
    assert len(tables.problems) == 1


def test_a_record_without_a_number_is_listed_and_has_no_row():
    tables = build_tables([b'{"protocolSection": {}}'])
    assert tables.studies.empty
    assert tables.problems[0].what == "no NCT number"


def test_ages_and_dates_that_cannot_be_read_are_listed():
    eligibility, start = "eligibilityModule.minimumAge", "statusModule.startDateStruct"
    tables = build_tables([make_record({eligibility: "grown up", start: {"date": "2025-13"}})])
    assert [problem.what for problem in tables.problems] == ["no age: grown up", "no date: 2025-13"]
    assert pd.isna(only(tables.studies)["start_date"])


def test_a_bare_line_of_criteria_has_a_row():
    row = only(build_tables([b'{"nctId": "NCT99000001", "eligibilityCriteria": "Adults"}']).studies)
    assert (row["nct_id"], row["eligibility_text"], row["kind"]) == ("NCT99000001", "Adults", "other")


def test_no_study_gives_empty_tables_with_all_columns_and_types():
    tables = build_tables([])
    for table in ("studies", "sites", "arms", "interventions"):
        expected = {item.column: item.dtype for item in columns() if item.table == table}
        assert getattr(tables, table).dtypes.astype(str).to_dict() == expected


def test_many_studies_are_built_in_batches_with_one_running_index(monkeypatch):
    monkeypatch.setattr("trialfinder.tables.frames._BATCH", 2)
    tables = build_tables([make_record()] * 5)
    assert list(tables.sites.index) == list(range(10))
    assert [str(dtype) for dtype in tables.studies.dtypes] == [
        item.dtype for item in columns() if item.table == "studies"
    ]


def test_garbage_is_collected_again_afterwards():
    assert gc.isenabled()
    build_tables([])
    assert gc.isenabled()
    gc.disable()
    try:
        build_tables([])
        assert not gc.isenabled()
    finally:
        gc.enable()
