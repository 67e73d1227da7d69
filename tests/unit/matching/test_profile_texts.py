"""Profiles as text: everything that can be said is written and read again, and a mistake names what it concerns."""

import json
import tomllib
from dataclasses import fields

import pytest

from tests.unit.matching.builders import make_words
from trialfinder.errors import ProfileError
from trialfinder.matching import dump_profile, load_profile, read_profile
from trialfinder.matching.profiles.read import PROFILE_KEYS
from trialfinder.model import PatientProfile

EVERYTHING = {
    "age": 58.5,
    "sex": "female",
    "menopause": "post",
    "subtype": "HR+/HER2-",
    "hr": "positive",
    "er": "positive",
    "pr": "low",
    "her2": "ultralow",
    "settings": ["early", "metastatic"],
    "metastases": ["bone", "brain"],
    "metastases_complete": True,
    "brain_metastases": "active",
    "measurable_disease": False,
    "ecog": 1,
    "chemo_lines_metastatic": 1,
    "endocrine_lines_metastatic": 2,
    "any_lines_metastatic": 3,
    "prior_therapies": {"palbociclib": "had", "capecitabine": {"had": ["metastatic"]}, "t_dxd": "never"},
    "biomarkers": {"ESR1": "positive", "PIK3CA": "negative"},
    "conditions": {"hiv": "no", "cardiac": "yes"},
    "place": "44106",
    "travel": "160.5 km",
    "overrule": ["NCT99000001 ecog_max", "NCT99000002 prior_excluded:taxane"],
}


def _read(**said):
    return read_profile(said, make_words())[0]


def test_the_example_says_all_that_can_be_said():
    """A key that is added to profiles is added here."""
    assert set(EVERYTHING) == set(PROFILE_KEYS)
    profile = _read(**EVERYTHING)
    blank = PatientProfile()
    assert [item.name for item in fields(profile) if getattr(profile, item.name) == getattr(blank, item.name)] == []


def test_what_is_written_says_the_same_words():
    """Keys, words and lists as a person would write them."""
    assert tomllib.loads(dump_profile(_read(**EVERYTHING))) == EVERYTHING


@pytest.mark.parametrize(("name", "write"), [("me.toml", dump_profile), ("me.JSON", lambda _: json.dumps(EVERYTHING))])
def test_a_file_reads_back_to_the_same_profile(tmp_path, name, write):
    """TOML or JSON, by the file's name; a byte order mark does no harm."""
    path = tmp_path / name
    path.write_text("\ufeff" + write(_read(**EVERYTHING)), encoding="utf-8")
    assert load_profile(path, make_words())[0] == _read(**EVERYTHING)


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ({"subtype": "TNBC", "er": "positive"}, "subtype: TNBC", "er: positive"),
        ({"subtype": "HR+/HER2-", "hr": "negative"}, "subtype: HR+/HER2-", "hr: negative"),
        ({"hr": "positive", "er": "negative", "pr": "negative"}, "hr: positive", "er, pr: negative"),
        ({"subtype": "TNBC", "her2": "positive"}, "subtype: TNBC", "her2: positive"),
        ({"brain_metastases": "none", "metastases": ["brain"]}, "brain_metastases: none", "metastases: brain"),
        (
            {"brain_metastases": "active", "metastases": ["bone"], "metastases_complete": True},
            "brain_metastases: active",
            "metastases_complete: true",
        ),
        ({"metastases_complete": True}, "metastases_complete: true", "metastases"),
        ({"settings": ["early"], "metastases": ["liver", "bone"]}, "settings: early", "metastases: bone, liver"),
        ({"sex": "male", "menopause": "post"}, "sex: male", "menopause: post"),
        ({"sex": "male", "conditions": ["pregnancy"]}, "sex: male", "conditions: pregnancy"),
        ({"menopause": "post", "conditions": ["pregnancy"]}, "menopause: post", "conditions: pregnancy"),
        (
            {"chemo_lines_metastatic": 3, "any_lines_metastatic": 2},
            "chemo_lines_metastatic: 3",
            "any_lines_metastatic: 2",
        ),
    ],
)
def test_a_contradiction_names_both_details_as_they_stand_in_the_file(said, first, second):
    """So that a person finds the two lines."""
    with pytest.raises(ProfileError) as caught:
        _read(**said)
    assert (caught.value.details["first"], caught.value.details["second"]) == (first, second)
    assert f'"{first}" and "{second}"' in caught.value.message


def test_as_many_lines_of_one_kind_as_of_any_is_no_contradiction():
    """All lines may have been chemotherapy."""
    assert _read(chemo_lines_metastatic=2, any_lines_metastatic=2).chemo_lines_metastatic == 2


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"her2": "lo"}, ['"lo"', '"her2"']),
        ({"measurable_disease": "yes"}, ['"yes"', '"measurable_disease"']),
        ({"place": True}, ['"True"', '"place"']),
        ({"overrule": ["x"]}, ['"x"', '"overrule"']),
        ({"overrule": [7]}, ['"7"', '"overrule"']),
        ({"overrule": ["NCT01234567 ecogmax"]}, ['"ecogmax"', '"overrule"']),
        ({"biomarkers": {"ESR1": "maybe"}}, ['"maybe"', '"biomarkers.ESR1"']),
        ({"conditions": {"hiv": "maybe"}}, ['"maybe"', '"conditions.hiv"']),
        ({"conditions": {"hyv!": "yes"}}, ['"hyv!"', '"conditions"', '"hiv"']),
        ({"biomarkers": "ESR1"}, ['"biomarkers"']),
        ({"prior_therapies": {"taxane": {"had": ["early"], "when": 3}}}, ['"had, when"', '"prior_therapies.taxane"']),
        ({"conditions": {"hiv": "yes", "HIV": "no"}}, ['"hiv"', '"conditions"', "twice"]),
    ],
)
def test_a_mistake_names_the_key_and_what_stands_there(said, named):
    """A sentence that a person can act on."""
    with pytest.raises(ProfileError) as caught:
        _read(**said)
    assert [part for part in named if part not in caught.value.message] == []


def test_a_truth_is_taken_for_a_condition():
    """In JSON, true is what people write."""
    assert _read(conditions={"hiv": True, "cardiac": False}).conditions == {"hiv": True, "cardiac": False}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"[1]", "it is a list or a single value"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"place": "\\ud800"}', "surrogates not allowed"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, content, why):
    """The path as it was given."""
    path = tmp_path / "me.json"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        load_profile(path, make_words())
    assert str(path) in caught.value.message
    assert why in caught.value.message


def test_dates_in_a_file_are_refused_by_their_key_and_not_by_the_file(tmp_path):
    """TOML has dates; no detail is one."""
    path = tmp_path / "me.toml"
    path.write_text("age = 1967-03-01")
    with pytest.raises(ProfileError, match='"age"'):
        load_profile(path, make_words())
