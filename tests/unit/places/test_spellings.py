"""What people type, row by row: which place it is, what is said with it, what is asked back, what stays unknown."""

from pathlib import Path
from typing import NamedTuple

import pytest

from trialfinder.errors import UnknownName
from trialfinder.places import find_place

ASKED, UNKNOWN = "?", "-"


class Spelling(NamedTuple):
    typed: str
    answer: str
    notices: tuple[str, ...]


def load_spellings() -> list[Spelling]:
    """The rows of the table; lines that begin with # are headings."""
    lines = Path(__file__).with_name("spellings.tsv").read_text("utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Spelling(typed, answer, tuple(" ".join(rest).split())) for typed, answer, *rest in cells]


SPELLINGS = load_spellings()
FOUND = [row for row in SPELLINGS if row.answer[0] not in (ASKED, UNKNOWN)]
ASKED_BACK = [row for row in SPELLINGS if row.answer[0] == ASKED]


def typed(row: Spelling) -> str:
    return row.typed


def test_every_spelling_stands_once():
    assert len({row.typed for row in SPELLINGS}) == len(SPELLINGS) > 400


@pytest.mark.parametrize("row", FOUND, ids=typed)
def test_a_spelling_finds_its_place_and_says_what_was_assumed(row):
    place = find_place(row.typed)
    assert (place.name, tuple(notice.code for notice in place.notices)) == (row.answer, row.notices)


@pytest.mark.parametrize("row", ASKED_BACK, ids=typed)
def test_what_may_mean_several_is_asked_back_with_choices(row):
    with pytest.raises(UnknownName) as caught:
        find_place(row.typed)
    wanted = {choice.strip() for choice in row.answer[1:].split("|")}
    assert wanted <= set(caught.value.choices)
    assert caught.value.details["reason"] in ("several", "clash")
    assert caught.value.exit_code == 9


@pytest.mark.parametrize("row", ASKED_BACK, ids=typed)
def test_each_choice_typed_as_it_stands_finds_the_place_it_names(row):
    with pytest.raises(UnknownName) as caught:
        find_place(row.typed)
    assert [find_place(choice).name for choice in caught.value.choices] == list(caught.value.choices)


@pytest.mark.parametrize("row", [row for row in SPELLINGS if row.answer == UNKNOWN], ids=typed)
def test_what_is_no_place_is_refused_and_not_guessed(row):
    with pytest.raises(UnknownName) as caught:
        find_place(row.typed)
    assert caught.value.details.get("reason") != "several"


@pytest.mark.parametrize("row", FOUND, ids=typed)
def test_a_place_has_a_point_on_earth_and_a_label_that_leads_back(row):
    place = find_place(row.typed)
    assert -90 <= place.latitude <= 90
    assert -180 <= place.longitude <= 180
    again = find_place(place.name)
    assert (again.name, again.latitude, again.longitude) == (place.name, place.latitude, place.longitude)


@pytest.mark.parametrize("text", ["", "   ", ",,,", "\n", "x" * 5000, "\x00"])
def test_nothing_and_too_much_are_refused_with_what_to_say(text):
    with pytest.raises(UnknownName, match="Say a city"):
        find_place(text)
