"""Saved searches are plain files; a mistake in one is named with its line."""

from pathlib import Path

import pytest

from trialfinder.errors import UnknownName, UsageError
from trialfinder.searches import add_search, list_searches, load_search, remove_search


def saved(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_saved_search_comes_back_as_it_was(tmp_path: Path) -> None:
    add_search(
        tmp_path, "tnbc", {"title": "TNBC near us", "near": "Cleveland, OH", "within": "100mi", "subtype": "TNBC"}
    )
    found = load_search(tmp_path, "tnbc")
    assert found.title == "TNBC near us"
    assert found.search.command() == "find --near 'Cleveland, OH' --within 100mi --subtype TNBC"
    assert list_searches(tmp_path) == ["tnbc"]


def test_nothing_that_was_not_said_is_written(tmp_path: Path) -> None:
    path = add_search(tmp_path, "all", {"near": None, "country": [], "all": False, "subtype": "TNBC"})
    assert path.read_text("utf-8") == 'subtype = "TNBC"\n'


def test_a_place_that_nobody_knows_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Qwxzvtown"):
        add_search(tmp_path, "one", {"near": "Qwxzvtown"})
    assert list_searches(tmp_path) == []


def test_a_search_is_not_overwritten(tmp_path: Path) -> None:
    add_search(tmp_path, "one", {"subtype": "TNBC"})
    with pytest.raises(UsageError, match="already"):
        add_search(tmp_path, "one", {"subtype": "TNBC"})


@pytest.mark.parametrize("name", ["", "../out", "a b", ".hidden", "A"])
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a search"):
        add_search(tmp_path, name, {"subtype": "TNBC"})


def test_a_removed_search_is_gone_and_a_second_time_unknown(tmp_path: Path) -> None:
    add_search(tmp_path, "one", {"subtype": "TNBC"})
    remove_search(tmp_path, "one")
    with pytest.raises(UnknownName, match="one"):
        remove_search(tmp_path, "one")


def test_an_unknown_name_says_the_nearest(tmp_path: Path) -> None:
    add_search(tmp_path, "cleveland", {"subtype": "TNBC"})
    with pytest.raises(UnknownName) as error:
        load_search(tmp_path, "clevland")
    assert error.value.choices == ("cleveland",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('subtype = "TNBC"\nnaer = "Cleveland"\n', 2, "near"),
        ('# mine\n\nstatus = ["RECRUTING"]\n', 3, "RECRUITING"),
        ('subtype = "TNBC"\nstatus = "RECRUITING"\n', 2, "list of texts"),
        ('near = "Cleveland, OH"\nwithin = "far"\n', 2, "far"),
        ('subtype = "TNBC"\nwithin = "100mi"\n', 2, "--near"),
        ('title = "x"\nage = "old"\n', 2, "number"),
        ("title = 3\n", 1, "quotes"),
        ('title = "x"\nall = "yes"\n', 2, "true or false"),
        ('subtype = "TNBC"\nprofile = 3\n', 2, "profile"),
        ('subtype = "TNBC"\n\n[profile]\nagee = 3\n', 3, "age"),
        ('subtype = "TNBC"\ncountry = ["Qwertyland"]\n', 2, "Qwertyland"),
        ('subtype = "TNBC"\nnear = \n', 2, "TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises((UsageError, UnknownName)) as error:
        load_search(saved(tmp_path, text), "mine")
    assert "mine.toml" in error.value.message
    assert f"line {line}" in error.value.message
    assert said in error.value.message


def test_a_profile_can_be_part_of_a_search(tmp_path: Path) -> None:
    found = load_search(saved(tmp_path, '[profile]\nsubtype = "TNBC"\necog = 1\n'), "mine")
    assert found.search.profile.subtype == "TNBC"


def test_a_profile_can_lie_beside_the_search(tmp_path: Path) -> None:
    (tmp_path / "me.toml").write_text('subtype = "TNBC"\n')
    found = load_search(saved(tmp_path, 'profile = "me.toml"\n'), "mine")
    assert found.search.profile.subtype == "TNBC"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        load_search(tmp_path, "mine")
