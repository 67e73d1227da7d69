"""What a refresh reads of a record without building tables."""

import msgspec
import pytest

from tests.unit.tables.records import make_record
from trialfinder.errors import UnexpectedRecord
from trialfinder.tables import FIELDS, INDEX_FIELDS, aliases_of, digest_of, index_row, nct_id_of

STATUS = "statusModule.overallStatus"
TEXT = "eligibilityModule.eligibilityCriteria"
LOCATIONS = "contactsLocationsModule.locations"


def test_an_index_row_is_number_date_and_status():
    assert index_row(make_record()) == ("NCT99001234", "2026-09-14", "RECRUITING")


def test_an_index_row_lacks_what_the_record_lacks():
    assert index_row(make_record(without="statusModule")) == ("NCT99001234", None, None)


def test_a_slice_of_a_page_is_read_as_it_came():
    assert nct_id_of(msgspec.Raw(make_record())) == nct_id_of(make_record().decode()) == "NCT99001234"


@pytest.mark.parametrize("nct_id", [None, "", "NCT1", "NCT12345678/../x", "nct99001234"])
def test_a_study_without_a_proper_number_is_an_error(nct_id):
    with pytest.raises(UnexpectedRecord, match="no NCT number"):
        nct_id_of(make_record({"identificationModule.nctId": nct_id}))


def test_what_is_no_json_is_an_error_that_says_so():
    with pytest.raises(UnexpectedRecord, match="no JSON"):
        index_row(b"<html>")


def test_aliases_are_the_older_numbers():
    assert aliases_of(make_record()) == ()
    assert aliases_of(make_record({"identificationModule.nctIdAliases": ["NCT99000900", ""]})) == ("NCT99000900",)


@pytest.mark.parametrize("changes", [{STATUS: "COMPLETED"}, {TEXT: "Adults"}, {LOCATIONS: [{"city": "Boston"}]}])
def test_a_digest_differs_where_people_would_ask(changes):
    assert digest_of(make_record(changes)) != digest_of(make_record())


def test_a_digest_is_the_same_when_sites_only_change_places():
    sites = [{"city": "Lyon"}, {"facility": "Demo", "city": "Boston", "status": "RECRUITING"}]
    assert digest_of(make_record({LOCATIONS: sites})) == digest_of(make_record({LOCATIONS: sites[::-1]}))


def test_a_silent_record_has_an_empty_digest():
    raw = b'{"nctId": "NCT99000001"}'
    assert digest_of(raw) == {"overall_status": None, "sites": [], "criteria_hash": None}


def test_the_registry_is_never_asked_for_results():
    assert all(path.startswith("protocolSection.") for path in FIELDS)
    assert len(set(FIELDS)) == len(FIELDS)
    assert INDEX_FIELDS == ("NCTId", "LastUpdatePostDate", "OverallStatus")


def test_every_field_is_in_the_official_description(shared):
    """Every step of a path is a key of the schema that the step before names."""
    lines = (shared / "registry" / "openapi-2.0.5.yaml").read_text().splitlines()
    keys = {line.strip().rstrip(":") for line in lines if line.rstrip().endswith(":")}
    assert {step for path in FIELDS for step in path.split(".")} <= keys
