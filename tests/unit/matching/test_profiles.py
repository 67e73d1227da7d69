"""Profiles: what can be said, what is forgiven, and every way to be wrong with its message."""

import json
from dataclasses import replace

import pytest

from tests.unit.matching.builders import make_words
from trialfinder.errors import ProfileError, UsageError
from trialfinder.matching import Names, dump_profile, load_profile, read_profile
from trialfinder.model import PatientProfile, TherapyHistory

TOML = """
age = 58
sex = "female"
er = "positive"
her2 = "low"
place = "Cleveland, OH"
travel = "100 mi"
overrule = ["NCT01234567 prior_excluded:taxane"]

[prior_therapies]
Ibrance = { had = ["metastatic"] }
chemo = "never"

[conditions]
hiv = "no"
"""


def _read(**said):
    return read_profile(said, make_words())[0]


def test_a_toml_file_is_read(tmp_path):
    path = tmp_path / "me.toml"
    path.write_text(TOML, encoding="utf-8")
    profile, notices = load_profile(path, make_words())
    assert notices == ()
    assert profile.prior_therapies == {
        "palbociclib": TherapyHistory(had=True, settings=("metastatic",)),
        "chemotherapy": TherapyHistory(had=False),
    }
    assert profile.travel_km == pytest.approx(160.9344)
    assert profile.overruled == {"NCT01234567 prior_excluded:taxane"}
    assert profile.conditions == {"hiv": False}


def test_a_json_file_is_read_and_null_says_nothing(tmp_path):
    path = tmp_path / "me.json"
    path.write_text(json.dumps({"age": 58, "ecog": None, "metastases": ["bone"]}), encoding="utf-8")
    profile, _ = load_profile(path, make_words())
    assert (profile.age, profile.ecog, profile.metastases) == (58, None, ("bone",))


def test_an_empty_profile_is_a_profile():
    assert _read() == PatientProfile()


def test_plain_lists_mean_had_positive_and_yes():
    profile = _read(prior_therapies=["Enhertu"], biomarkers=["esr1"], conditions=["HIV"])
    assert profile.prior_therapies == {"t_dxd": TherapyHistory(had=True)}
    assert profile.biomarkers == {"ESR1": True}
    assert profile.conditions == {"hiv": True}


def test_unknown_is_the_same_as_not_said():
    assert _read(her2="unknown", prior_therapies={"taxane": "unknown"}) == PatientProfile()


def test_values_are_read_in_any_case_and_lists_in_our_order():
    profile = _read(sex="Female", settings=["Metastatic", "early"])
    assert (profile.sex, profile.settings) == ("female", ("early", "metastatic"))


@pytest.mark.parametrize(
    ("typed", "taken", "id_"), [("Ibrence", "Ibrance", "palbociclib"), ("Enherto", "Enhertu", "t_dxd")]
)
def test_a_typo_in_a_drug_is_forgiven_and_said(typed, taken, id_):
    profile, (notice,) = read_profile({"prior_therapies": [typed]}, make_words())
    assert list(profile.prior_therapies) == [id_]
    assert f'We read "{typed}" as "{taken}"' in notice.say()


@pytest.mark.parametrize("typed", ["cat", "SG", "xyzw", "brance", "chemotherapy with taxanes"])
def test_what_is_no_typo_is_not_guessed(typed):
    with pytest.raises(ProfileError, match="Did you mean"):
        _read(prior_therapies=[typed])


def test_a_typo_that_could_mean_two_drugs_is_asked_back():
    names = Names({"alphalib": "one", "alphalit": "two"})
    words = replace(make_words(), therapies=names)
    with pytest.raises(ProfileError, match="could be one of these: alphalib, alphalit"):
        read_profile({"prior_therapies": ["alphalix"]}, words)


WRONG = {
    "an unknown key": ({"ecogg": 1}, 'ecogg.*mean "ecog"'),
    "an unknown value": ({"her2": "lo"}, '"lo" is no value for "her2".*mean "low"'),
    "a value of the wrong kind": ({"er": 3}, '"3" is no value for "er"'),
    "an unknown place of metastases": ({"metastases": ["bones"]}, '"bones".*mean "bone"'),
    "a number outside": ({"ecog": 5}, '"5" is no number for "ecog".*0 to 4'),
    "age 0": ({"age": 0}, '"0" is no number for "age".*1 to 120'),
    "age 130": ({"age": 130}, '"130" is no number for "age"'),
    "a truth for a number": ({"ecog": True}, '"True" is no number for "ecog"'),
    "half a line": ({"any_lines_metastatic": 1.5}, '"1.5" is no number'),
    "negative lines": ({"any_lines_metastatic": -1}, '"-1" is no number'),
    "a word for a truth": ({"measurable_disease": "yes"}, '"yes" is no value.*true, false'),
    "an empty place": ({"place": " "}, "is no text"),
    "an unknown drug": ({"prior_therapies": {"aspirol": "had"}}, '"aspirol" in "prior_therapies"'),
    "an unknown answer on a drug": ({"prior_therapies": {"taxane": "once"}}, '"once".*prior_therapies.taxane'),
    "an unknown form of answer": ({"prior_therapies": {"taxane": {"when": ["early"]}}}, '"when"'),
    "an unknown setting": ({"prior_therapies": {"taxane": {"had": ["later"]}}}, '"later"'),
    "names that are no names": ({"conditions": "hiv"}, "must be a list of names"),
    "the same drug twice": ({"prior_therapies": {"Ibrance": "had", "palbociclib": "never"}}, "stands twice"),
    "a line that overrules nothing": ({"overrule": ["ecog_max"]}, "no line for"),
    "a variable that is none": ({"overrule": ["NCT01234567 ecogmax"]}, 'mean "ecog_max"'),
}


@pytest.mark.parametrize(("said", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_the_nearest_right_one(said, message):
    with pytest.raises(ProfileError, match=message):
        _read(**said)


CONTRADICTIONS = {
    "TNBC with ER positive": {"subtype": "TNBC", "er": "positive"},
    "TNBC with HER2 positive": {"subtype": "TNBC", "her2": "positive"},
    "HR+ with both receptors negative": {"subtype": "HR+/HER2-", "er": "negative", "pr": "negative"},
    "HR positive with both receptors negative": {"hr": "positive", "er": "negative", "pr": "negative"},
    "HR negative with PR positive": {"hr": "negative", "pr": "positive"},
    "HER2+ with HER2 low": {"subtype": "HR-/HER2+", "her2": "low"},
    "no brain metastases with brain listed": {"brain_metastases": "none", "metastases": ["brain"]},
    "stable brain metastases, and a complete list without": {
        "brain_metastases": "stable", "metastases": ["bone"], "metastases_complete": True,
    },
    "a complete list that is not there": {"metastases_complete": True},
    "early cancer that has spread to the liver": {"settings": ["early"], "metastases": ["liver"]},
    "more chemotherapy lines than lines": {"chemo_lines_metastatic": 3, "any_lines_metastatic": 2},
    "more hormone lines than lines": {"endocrine_lines_metastatic": 1, "any_lines_metastatic": 0},
    "a man with a menopause": {"sex": "male", "menopause": "post"},
    "a pregnant man": {"sex": "male", "conditions": ["pregnancy"]},
    "pregnant after menopause": {"menopause": "post", "conditions": ["pregnancy"]},
    "never chemotherapy, but paclitaxel": {"prior_therapies": {"chemo": "never", "paclitaxel": "had"}},
    "never chemotherapy, but two lines": {"prior_therapies": {"chemo": "never"}, "chemo_lines_metastatic": 2},
    "zero lines, but Xeloda for metastatic disease": {
        "prior_therapies": {"Xeloda": {"had": ["metastatic"]}}, "any_lines_metastatic": 0,
    },
    "zero chemotherapy lines, but Xeloda for metastatic disease": {
        "prior_therapies": {"Xeloda": {"had": ["metastatic"]}}, "chemo_lines_metastatic": 0,
    },
}  # fmt: skip


@pytest.mark.parametrize("said", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_named_and_not_guessed_away(said):
    with pytest.raises(ProfileError, match="do not go together") as caught:
        _read(**said)
    assert {"first", "second"} <= set(caught.value.details)


def test_what_only_looks_contradictory_is_taken():
    assert _read(subtype="TNBC", er="low", her2="low").her2 == "low"
    assert (
        _read(prior_therapies={"denosumab": {"had": ["metastatic"]}}, any_lines_metastatic=0).any_lines_metastatic == 0
    )
    assert _read(settings=["early"], metastases=["lymph_nodes"]).settings == ("early",)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("me.toml", b"age = ", "cannot be read"),
        ("me.json", b"{", "cannot be read"),
        ("me.json", b"[1]", "a list or a single value"),
        ("me.toml", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_profile_is_named(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ProfileError, match=message):
        load_profile(path, make_words())


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ProfileError, match=r"nobody\.toml"):
        load_profile(tmp_path / "nobody.toml", make_words())


def test_a_distance_without_a_unit_is_refused():
    with pytest.raises(UsageError, match="100mi or 160km"):
        _read(travel="100")


def test_a_profile_is_written_with_only_what_was_said():
    said = {"her2": "low", "prior_therapies": {"Ibrance": {"had": ["metastatic"]}}, "metastases": []}
    profile = _read(**said)
    assert dump_profile(profile) == (
        'her2 = "low"\nmetastases = []\n\n[prior_therapies.palbociclib]\nhad = [\n    "metastatic",\n]\n'
    )
