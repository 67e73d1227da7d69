"""Files that a person gives us: whatever they hold, they are read or refused with a sentence."""

import gzip
import json
import string
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.matching.builders import make_words
from trialfinder.errors import ProfileError, TrialfinderError, UsageError
from trialfinder.finder.reading import read_file, records_of_file
from trialfinder.matching import load_profile, read_profile
from trialfinder.matching.profiles.read import PROFILE_KEYS
from trialfinder.ui.saved import read_saved

WORDS = make_words()
FOUND = {
    "not-a-number.json": '{"ecog": NaN}',
    "infinite.json": '{"ecog": Infinity}',
    "too-large.json": '{"age": 1e999}',
    "long-number.json": '{"ecog": 1' + "0" * 5000 + "}",
    "deep.json": "[" * 100_000,
    "deep.toml": "age = " + "[" * 20_000,
    "half-a-character.json": '{"prior_therapies": {"\\ud800abc": "had"}}',
    "null-byte.json": '{"place": "\x00',
    "not-a-number.toml": "ecog = nan",
    "infinite.toml": "chemo_lines_metastatic = inf",
    "list-in-list.json": '{"biomarkers": [[["a"]]]}',
    "date-for-a-place.toml": "place = 2024-01-01",
    "dotted.toml": "x." * 5000 + "y = 1",
    "long-name.json": json.dumps({"prior_therapies": ["x" * 100_000]}),
    "long-value.json": json.dumps({"her2": "x" * 100_000}),
    "long-key.json": json.dumps({"x" * 100_000: 1}),
    "empty-name.json": '{"prior_therapies": {"": "had"}}',
    "pickle.json": "\x80\x04\x95",
}
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.text("﻿=+-@\x00\x1b<>{}", max_size=4)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PROFILES = st.dictionaries(st.sampled_from(PROFILE_KEYS) | st.text(max_size=8), VALUES, max_size=4)


@pytest.mark.parametrize("name", FOUND)
def test_a_file_that_was_found_to_break_us_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    """Each once crashed a program like this one, or ours."""
    (tmp_path / name).write_text(FOUND[name], encoding="utf-8")
    with pytest.raises(ProfileError) as raised:
        load_profile(tmp_path / name, WORDS)
    assert raised.value.message


@settings(deadline=None, max_examples=150)
@given(PROFILES)
def test_any_mapping_is_a_profile_or_an_error_that_names_what_is_wrong(mapping: dict[str, Any]) -> None:
    said = ""
    try:
        read_profile(mapping, WORDS)
    except (ProfileError, UsageError) as error:
        said = error.message
    else:
        said = "taken"
    assert said


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PROFILES)
def test_any_json_file_is_a_profile_or_refused(tmp_path: Path, mapping: dict[str, Any]) -> None:
    path = tmp_path / "me.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")
    with suppress(TrialfinderError):
        load_profile(path, WORDS)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(string.printable, max_size=60).map(str.encode))
def test_any_bytes_are_a_profile_a_saved_file_and_studies_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("me.toml", "me.json"):
        (tmp_path / name).write_bytes(content)
        with suppress(ProfileError):
            load_profile(tmp_path / name, WORDS)
    with suppress(UsageError):
        read_saved(content)
    with suppress(UsageError):
        list(read_file(tmp_path / "me.json", lambda _: None))


SAVED_LISTS = st.lists(st.text(max_size=12), max_size=2)


@settings(deadline=None, max_examples=80)
@given(
    st.fixed_dictionaries(
        {"format": st.just(1)},
        optional={
            "shortlist": SAVED_LISTS,
            "overruled": SAVED_LISTS,
            "answers": PROFILES.map(
                _tomlable := lambda tree: {k: v for k, v in tree.items() if isinstance(v, str | int | list) and v}
            ),
            "filters": st.dictionaries(
                st.text(string.ascii_lowercase, min_size=1, max_size=8), st.text(max_size=8), max_size=2
            ),
            "notes": st.dictionaries(st.just("NCT99000001") | st.text(max_size=8), st.text(max_size=8), max_size=2),
        },
    )
)
def test_any_saved_session_is_taken_or_refused(tree: dict[str, Any]) -> None:
    try:
        content = tomli_w.dumps(tree).encode("utf-8")
    except (TypeError, ValueError):
        return
    with suppress(UsageError):
        read_saved(content)


def test_a_gzip_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    """Its checksum, its stream or its end."""
    whole = gzip.compress(b'{"nctId": "NCT99000001", "eligibilityCriteria": "x"}\n' * 50)
    for content in (whole[:-3], whole[:12] + b"\xff\xff\xff\xff" + whole[16:], b"\x1f\x8b" + b"x" * 40):
        (tmp_path / "studies.jsonl.gz").write_bytes(content)
        with pytest.raises(UsageError, match=r"studies\.jsonl\.gz"):
            list(records_of_file(tmp_path / "studies.jsonl.gz"))
