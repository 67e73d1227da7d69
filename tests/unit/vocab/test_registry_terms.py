"""The registry's words: every row is checked."""

import csv
from importlib import resources

import pytest

from trialfinder.vocab.registry_terms import (
    KINDS,
    countries,
    country,
    kind_of,
    label,
    open_statuses,
    statuses,
    values_of,
)


def rows(name):
    text = resources.files("trialfinder.vocab").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_open_is_recruiting_and_what_comes_soon():
    assert open_statuses() == {"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"}


@pytest.mark.parametrize("file", ["statuses.csv", "countries.csv", "kinds.csv", "registry_values.csv"])
def test_rows_are_sorted_unique_and_without_stray_spaces(file):
    keys = [tuple(row.values())[: 2 if file in ("kinds.csv", "registry_values.csv") else 1] for row in rows(file)]
    assert keys == sorted(set(keys), key=lambda key: [part.replace("_", "~") for part in key])
    assert all(value == value.strip() for row in rows(file) for value in row.values())


def test_every_alias_belongs_to_one_country_and_names_its_source():
    aliases = rows("country_aliases.csv")
    assert [row["alias"].casefold() for row in aliases] == sorted({row["alias"].casefold() for row in aliases})
    names = {name.casefold() for land in countries().values() for name in (land.code, land.en, land.es)}
    assert not names & {row["alias"].casefold() for row in aliases}
    assert {row["source"] for row in aliases} == {"registry", "common", "ISO 3166-1 alpha-3"}
    assert {row["code"] for row in aliases} <= set(countries())


def test_every_name_of_a_country_leads_to_it():
    for land in countries().values():
        assert country(land.en) == country(f" {land.es.upper()} ") == country(land.code) == land
    for row in rows("country_aliases.csv"):
        assert country(row["alias"]).code == row["code"]


@pytest.mark.parametrize("name", ["", "Atlantis", "Boston"])
def test_what_is_no_country_is_none(name):
    assert country(name) is None


@pytest.mark.parametrize(
    ("study_type", "purpose", "kind"),
    [
        ("INTERVENTIONAL", "TREATMENT", "treatment"),
        ("INTERVENTIONAL", "SUPPORTIVE_CARE", "supportive_care"),
        ("INTERVENTIONAL", "DIAGNOSTIC", "test"),
        ("INTERVENTIONAL", "SCREENING", "test"),
        ("INTERVENTIONAL", "PREVENTION", "prevention"),
        ("INTERVENTIONAL", "OTHER", "other"),
        ("INTERVENTIONAL", "A_NEW_PURPOSE", "other"),
        ("INTERVENTIONAL", None, "treatment"),
        ("OBSERVATIONAL", None, "observational"),
        ("EXPANDED_ACCESS", None, "access"),
        (None, "TREATMENT", "treatment"),
        (None, None, "other"),
        ("A_NEW_TYPE", None, "other"),
    ],
)
def test_the_kind_follows_from_type_and_purpose(study_type, purpose, kind):
    assert kind_of(study_type, purpose) == kind
    assert kind in KINDS


def test_a_value_has_a_label_in_both_languages():
    assert (label("phase", "PHASE2"), label("phase", "PHASE2", "es")) == ("Phase 2", "Fase 2")
    assert (label("status", "RECRUITING"), label("status", "RECRUITING", "es")) == ("Recruiting", "Recluta")
    assert all(label("kind", kind, language) != kind for kind in KINDS for language in ("en", "es"))


def test_the_values_of_a_vocabulary_are_listed():
    assert values_of("allocation") == ("NA", "NON_RANDOMIZED", "RANDOMIZED")
    assert values_of("nothing") == ()


def test_an_unknown_value_is_its_own_label():
    assert (label("phase", "PHASE9"), label("status", "DREAMING", "es")) == ("PHASE9", "DREAMING")


ENUMS = {"phase": "Phase", "allocation": "DesignAllocation", "masking": "DesignMasking"}


@pytest.mark.parametrize("vocabulary", ENUMS)
def test_every_value_of_the_official_description_has_a_label(shared, vocabulary):
    values = official_values(shared, ENUMS[vocabulary])
    assert {row["value"] for row in rows("registry_values.csv") if row["vocabulary"] == vocabulary} == values


def test_every_status_of_the_official_description_is_known(shared):
    assert set(statuses()) == official_values(shared, "Status") | official_values(shared, "RecruitmentStatus")


def official_values(shared, name):
    text = (shared / "registry" / "openapi-2.0.5.yaml").read_text()
    block = text.split(f"\n    {name}:\n")[1].split("enum:\n")[1]
    values = []
    for line in block.splitlines():
        if not line.startswith("      - "):
            break
        values.append(line.strip()[2:].strip('"'))
    return set(values)
