"""The invented studies are as varied as real ones, and cannot be taken for real ones."""

import json
import re
from itertools import chain

import pytest

from trialfinder.demo import DEMO_TIMESTAMP, demo_records
from trialfinder.tables import FIELDS, build_source, build_tables
from trialfinder.vocab.registry_terms import KINDS, statuses


@pytest.fixture(scope="module")
def protocols():
    return [json.loads(raw)["protocolSection"] for raw in demo_records()]


@pytest.fixture(scope="module")
def tables():
    return build_tables(demo_records())


def sites(protocols):
    return list(chain.from_iterable(p.get("contactsLocationsModule", {}).get("locations", []) for p in protocols))


def test_there_are_forty_to_sixty_studies_with_own_numbers_and_titles(protocols):
    numbers = [p["identificationModule"]["nctId"] for p in protocols]
    assert 40 <= len(numbers) <= 60
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch(r"NCT990000\d\d", number) for number in numbers)
    assert all(p["identificationModule"]["briefTitle"].startswith("Demo: ") for p in protocols)
    assert all("Demo" in p["sponsorCollaboratorsModule"]["leadSponsor"]["name"] for p in protocols)


def test_nobody_can_be_reached_by_the_contacts(protocols):
    central = chain.from_iterable(p.get("contactsLocationsModule", {}).get("centralContacts", []) for p in protocols)
    contacts = [*central, *chain.from_iterable(site.get("contacts", []) for site in sites(protocols))]
    assert len(contacts) > 100
    assert all(re.fullmatch(r"(\+\d\d )?555[- ]01\d\d", contact["phone"]) for contact in contacts)
    assert all(contact["email"].endswith("@example.org") for contact in contacts)


def test_every_record_is_read_without_a_problem(tables):
    assert tables.problems == ()
    assert tables.sites["country_code"].notna().all()


def test_every_kind_phase_and_nearly_every_status_occurs(tables):
    assert set(tables.studies["kind"]) == set(KINDS)
    phases = set("|".join(tables.studies["phases"].dropna()).split("|"))
    assert phases == {"NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"}
    assert {"PHASE1|PHASE2"} < set(tables.studies["phases"])
    assert set(statuses()) - set(tables.studies["overall_status"]) <= {
        "NO_LONGER_AVAILABLE",
        "TEMPORARILY_NOT_AVAILABLE",
        "WITHHELD",
    }


def test_sites_lie_on_all_continents_and_one_study_has_very_many(tables):
    assert {"US", "BR", "DE", "NG", "IN", "JP", "AU"} <= set(tables.sites["country_code"])
    assert tables.sites["country_code"].nunique() > 50
    assert tables.studies["n_sites"].max() > 80
    assert (tables.studies["n_sites"] == 0).any()


def test_sites_lack_what_real_ones_lack(protocols, tables):
    """No status, no point, 0/0, no facility; closed sites of recruiting studies; older and newer country names."""
    listed = sites(protocols)
    assert all(
        any(key not in site for site in listed) for key in ("status", "geoPoint", "facility", "state", "contacts")
    )
    assert {"lat": 0.0, "lon": 0.0} in [site.get("geoPoint") for site in listed]
    recruiting = tables.sites.merge(
        tables.studies.query("overall_status == 'RECRUITING'")[["nct_id"]], validate="many_to_one"
    )
    assert {"WITHDRAWN", "SUSPENDED", "COMPLETED"} <= set(recruiting["status"])
    assert {"Korea, Republic of", "South Korea", "Turkey", "Turkey (Türkiye)"} <= {site["country"] for site in listed}


def test_records_lack_what_real_ones_lack(protocols, tables):
    assert any("armsInterventionsModule" not in p for p in protocols)
    assert any("contactsLocationsModule" not in p for p in protocols)
    assert any("officialTitle" not in p["identificationModule"] for p in protocols)
    assert {"day", "month", "year"} <= set(tables.studies["completion_date_precision"].dropna())
    assert tables.studies.query("overall_status == 'UNKNOWN'")["last_known_status"].notna().all()
    assert (tables.studies["minimum_age"] == "216 Months").any()
    assert any(p["designModule"].get("enrollmentInfo", {}).get("count") == 99999999 for p in protocols)


def test_eligibility_texts_have_escapes_signs_and_several_house_styles():
    texts = [build_source(raw).criteria.text for raw in demo_records()]
    assert any("\\>" in text for text in texts)
    assert any("≥" in text for text in texts)
    assert any("&lt;" in text for text in texts)
    assert any("（" in text for text in texts)
    for head in ("Inclusion Criteria:", "INCLUSION CRITERIA", "Key Inclusion Criteria:", "DISEASE CHARACTERISTICS:"):
        assert any(text.startswith(head) for text in texts)
    assert any("nclusion" not in text for text in texts)


def test_the_demo_has_the_timestamp_of_its_newest_record(tables):
    assert str(tables.studies["last_update_date"].max().date()) <= DEMO_TIMESTAMP[:10]


def test_every_field_that_we_ask_the_registry_for_occurs(protocols):
    missing = [path for path in FIELDS if not any(has(p, path.split(".")[1:]) for p in protocols)]
    assert missing == ["protocolSection.sponsorCollaboratorsModule.collaborators"]


def has(value, steps):
    for step in steps:
        if step not in value:
            return False
        value = value[step]
    return True


def test_asking_twice_gives_a_list_of_ones_own():
    demo_records().clear()
    assert demo_records()
