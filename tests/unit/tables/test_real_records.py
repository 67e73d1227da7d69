"""On the 402 real records nothing is lost: every count is held against the raw JSON."""

import gzip
import json
import re

import pandas as pd
import pytest

from trialfinder.tables import build_source, build_study, build_tables, columns, digest_of, index_row, nct_id_of

CONTACTS = "contactsLocationsModule"
ARMS = "armsInterventionsModule"


@pytest.fixture(scope="module")
def raws(shared):
    return gzip.decompress((shared / "registry" / "studies.jsonl.gz").read_bytes()).splitlines()


@pytest.fixture(scope="module")
def protocols(raws):
    return [json.loads(raw)["protocolSection"] for raw in raws]


@pytest.fixture(scope="module")
def tables(raws):
    return build_tables(raws)


def items(protocols, module, key):
    return [(p["identificationModule"]["nctId"], item) for p in protocols for item in p.get(module, {}).get(key, [])]


def test_every_study_has_its_row_and_none_is_odd(protocols, tables):
    assert list(tables.studies["nct_id"]) == [p["identificationModule"]["nctId"] for p in protocols]
    assert tables.problems == ()


WORDS = {
    "sites": {"facility": "facility", "city": "city", "state": "state", "zip": "postal_code"},
    "arms": {"label": "label", "type": "arm_type", "description": "description"},
    "interventions": {"name": "name", "type": "intervention_type", "description": "description"},
}


@pytest.mark.parametrize(
    ("table", "module", "key"),
    [("sites", CONTACTS, "locations"), ("arms", ARMS, "armGroups"), ("interventions", ARMS, "interventions")],
)
def test_every_row_of_a_list_is_there_in_order_with_its_words(protocols, tables, table, module, key):
    listed = items(protocols, module, key)
    frame = getattr(tables, table)
    assert list(frame["nct_id"]) == [nct_id for nct_id, _ in listed]
    for raw_key, name in WORDS[table].items():
        held = frame[name].astype(object).where(frame[name].notna(), None)
        assert list(held) == [item.get(raw_key) or None for _, item in listed]


def test_every_site_keeps_status_and_point(protocols, tables):
    listed = [site for _, site in items(protocols, CONTACTS, "locations")]
    assert tables.sites["status"].notna().sum() == sum("status" in site for site in listed)
    assert tables.sites["latitude"].notna().sum() == sum("geoPoint" in site for site in listed)
    assert tables.sites["effective_status"].notna().all()
    assert list(tables.studies["n_sites"]) == [len(p.get(CONTACTS, {}).get("locations", [])) for p in protocols]


def test_every_country_has_one_name_and_a_code(tables):
    named = tables.sites.dropna(subset="country")
    assert named["country_code"].notna().all()
    assert named.groupby("country_code")["country"].nunique().max() == 1
    assert {"South Korea", "Turkey", "Russia", "Iran"} <= set(named["country"])
    assert not {"Korea, Republic of", "Turkey (Türkiye)", "Russian Federation"} & set(named["country"])


def test_every_date_and_age_of_the_records_is_read(protocols, tables):
    for key, column in (("startDateStruct", "start_date"), ("completionDateStruct", "completion_date")):
        texts = [p["statusModule"].get(key, {}).get("date") for p in protocols]
        assert [None if pd.isna(value) else str(value.date()) for value in tables.studies[column]] == [
            text and (text + "-01")[:10] for text in texts
        ]
    ages = [p["eligibilityModule"].get("minimumAge") for p in protocols]
    assert tables.studies["minimum_age_years"].notna().sum() == sum(age is not None for age in ages)


def test_the_frames_are_what_the_column_dictionary_says(tables):
    for table in ("studies", "sites", "arms", "interventions"):
        frame = getattr(tables, table)
        described = [column for column in columns() if column.table == table]
        assert list(frame.columns) == [column.column for column in described]
        assert [str(frame[column.column].dtype) for column in described] == [column.dtype for column in described]
        assert all(frame[column.column].notna().all() for column in described if not column.is_nullable)


def test_every_source_text_stands_at_its_path(raws):
    for raw in raws:
        record, source = json.loads(raw), build_source(raw)
        singles = [
            getattr(source, name) for name in ("criteria", "brief_title", "official_title", "sex", "minimum_age")
        ]
        for field in filter(
            None, (*singles, *source.conditions, *source.keywords, *source.arms, *source.interventions)
        ):
            value = record
            for step in re.findall(r"\w+", field.path):
                value = value[int(step)] if step.isdigit() else value[step]
            assert value == field.text


def test_one_study_holds_what_the_tables_hold(raws, tables):
    studies = [build_study(raw) for raw in raws]
    assert [study.nct_id for study in studies] == [nct_id_of(raw) for raw in raws]
    assert sum(len(study.sites) for study in studies) == len(tables.sites)
    assert sum(len(study.arms) for study in studies) == len(tables.arms)
    assert sum(len(study.interventions) for study in studies) == len(tables.interventions)
    assert [study.kind for study in studies] == list(tables.studies["kind"])
    assert [site.country for study in studies for site in study.sites] == list(tables.sites["country"])


def test_an_index_row_is_the_records_own_words(raws, protocols):
    for raw, protocol in zip(raws, protocols, strict=True):
        status = protocol["statusModule"]
        row = index_row(raw)
        assert row.overall_status == status["overallStatus"] == digest_of(raw)["overall_status"]
        assert row.last_update_date == status.get("lastUpdatePostDateStruct", {}).get("date")
