"""The session as a file on the person's own device, and back."""

import tomllib
from typing import Any

import pytest

from tests.ui.conftest import SAVED
from trialfinder.errors import ProfileError, TrialfinderError
from trialfinder.ui.saved import LARGEST, UnreadableSave, dump_session, read_saved
from trialfinder.ui.state import Session


def make_session(**changes: Any) -> Session:
    values: dict[str, Any] = {
        "answers": {
            "age": 54,
            "her2": "low",
            "prior_therapies": {"capecitabine": {"had": ["metastatic"]}},
            "place": None,
        },
        "filters": {"phases": ("PHASE2",), "text": "vaccine", "is_all": True, "traits": {"no_placebo"}},
        "shortlist": ["NCT99000031", "NCT99000001"],
        "notes": {"NCT99000001": 'A "quoted" note\nin two lines', "NCT99000031": ""},
        "overruled": {"NCT99000001 ecog_max"},
    }
    return Session(**values | changes)


def test_a_session_comes_back_from_its_file_as_it_was() -> None:
    mine = make_session()
    back = read_saved(dump_session(mine))
    assert back["answers"] == {key: value for key, value in mine.answers.items() if value is not None}
    assert back["filters"] == {"phases": ["PHASE2"], "text": "vaccine", "is_all": True, "traits": ["no_placebo"]}
    assert back["shortlist"] == mine.shortlist
    assert back["notes"] == {"NCT99000001": mine.notes["NCT99000001"]}
    assert set(back["overruled"]) == mine.overruled


def test_the_same_session_makes_the_same_file() -> None:
    assert dump_session(make_session()) == dump_session(make_session(shortlist=["NCT99000031", "NCT99000001"]))


def test_the_file_holds_no_language_no_open_trial_and_no_step() -> None:
    kept = tomllib.loads(dump_session(make_session(lang="es", trial="NCT99000001", step=3)).decode())
    assert kept.keys() == {"format", "shortlist", "overruled", "answers", "filters", "notes"}


def test_an_empty_session_comes_back_empty() -> None:
    assert read_saved(dump_session(Session())) == {
        "answers": {}, "filters": {}, "shortlist": [], "notes": {}, "overruled": []
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"not = [toml",
        b"format = 2",
        b"format = 1\nshortlist = 'NCT99000001'",
        b"format = 1\nshortlist = [1]",
        b"format = 1\nnotes = ['a']",
        b"format = 1\noverruled = [['a']]",
        b"format = 1\nx = " + b"[" * 5000,
        b"format = 1\n#" + b"x" * LARGEST,
    ],
)
def test_a_file_that_the_app_did_not_save_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSave):
        read_saved(content)


@pytest.mark.parametrize(
    "answers", ['colour = "red"', "age = 700", 'sex = "male"\nmenopause = "post"', 'her2 = "purple"']
)
def test_details_in_a_file_are_checked_like_any_other(answers: str) -> None:
    with pytest.raises(ProfileError):
        read_saved(f"format = 1\n[answers]\n{answers}\n".encode())


def test_a_number_in_a_file_that_is_no_nct_number_is_refused() -> None:
    with pytest.raises(TrialfinderError):
        read_saved(b'format = 1\nshortlist = ["<script>"]')


def test_filters_of_the_wrong_kind_are_left_out() -> None:
    saved = read_saved(b'format = 1\n[filters]\nphases = "PHASE2"\ntext = 5\nis_all = "yes"\ndrug = "olaparib"')
    assert saved["filters"] == {"drug": "olaparib"}


def test_a_long_note_is_cut_and_not_refused() -> None:
    assert (
        len(read_saved(f'format = 1\n[notes]\nNCT99000001 = "{"a" * 9000}"'.encode())["notes"]["NCT99000001"]) == 5000
    )


def test_the_example_that_the_browser_tests_use_is_a_valid_file() -> None:
    assert read_saved(SAVED.encode())["shortlist"]
