"""The record as the criteria reader sees it: verbatim, each text with its exact path."""

import json

import pytest

from tests.unit.tables.records import RECORD, make_record
from trialfinder.errors import UnexpectedRecord
from trialfinder.model import SourceField
from trialfinder.tables import build_source


def test_every_text_has_its_path():
    source = build_source(make_record())
    assert source.nct_id == "NCT99001234"
    assert source.conditions[1] == SourceField(
        "protocolSection.conditionsModule.conditions[1]", "Metastatic Breast Cancer"
    )
    assert source.arms == (SourceField("protocolSection.armsInterventionsModule.armGroups[0].label", "Tablet"),)
    assert source.sex == SourceField("protocolSection.eligibilityModule.sex", "FEMALE")
    assert source.healthy_volunteers == SourceField("protocolSection.eligibilityModule.healthyVolunteers", "false")
    assert [field.text for field in source.phases] == ["PHASE1", "PHASE2"]


def test_a_text_stays_verbatim_with_escapes_and_line_ends():
    text = "Inclusion\r\n\\* Age \\>= 18 \u2265 18"
    assert build_source(make_record({"eligibilityModule.eligibilityCriteria": text})).criteria.text == text


def test_a_decoded_record_gives_the_same_source():
    assert build_source(RECORD) == build_source(make_record())


def test_a_bare_line_has_its_criteria_under_the_api_path():
    source = build_source(b'{"nctId": "NCT99000001", "eligibilityCriteria": "Adults"}')
    assert source.criteria == SourceField("protocolSection.eligibilityModule.eligibilityCriteria", "Adults")
    assert (source.nct_id, source.brief_title, source.conditions) == ("NCT99000001", None, ())


@pytest.mark.parametrize("module", RECORD["protocolSection"])
def test_any_module_but_the_numbers_may_be_absent(module):
    raw = make_record(without=module)
    if module == "identificationModule":
        with pytest.raises(UnexpectedRecord):
            build_source(raw)
    else:
        assert build_source(raw).nct_id == "NCT99001234"


def test_odd_shapes_are_left_out_and_positions_are_those_of_the_record():
    changes = {"conditionsModule.conditions": [None, "Breast Cancer"], "armsInterventionsModule.armGroups": ["x", {}]}
    source = build_source(make_record({**changes, "eligibilityModule.sex": 3, "designModule": "?"}))
    assert source.conditions == (SourceField("protocolSection.conditionsModule.conditions[1]", "Breast Cancer"),)
    assert (source.arms, source.sex, source.phases) == ((), None, ())


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"\xff"', b"[" * 100_000, b'{"nctId": 5}'])
def test_what_is_no_study_is_an_error(raw):
    with pytest.raises(UnexpectedRecord):
        build_source(raw)


def test_a_record_is_what_json_says_it_is():
    assert build_source(json.dumps(RECORD)) == build_source(make_record())
