"""What people type: any sign, any length, any syntax of another program is only text, and costs little time."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialfinder.errors import TrialfinderError, UnknownName, UsageError
from trialfinder.finder import Finder, Search, open_finder
from trialfinder.finder.asking import build_search
from trialfinder.finder.words import MOST_WORDS, correct_words
from trialfinder.places import find_place, parse_distance, suggest_places
from trialfinder.registry.query import checked_nct_id, study_path

SIGNS = (
    '"',
    '""',
    "*",
    "NEAR(",
    "(",
    ")",
    "^",
    "-",
    "+",
    ":",
    "{",
    "}",
    "\\",
    "'",
    "AND",
    "OR",
    "NOT",
    "\x00",
    "\x1b[2J",
)
ESSIE = (
    "AREA[OverallStatus]RECRUITING",
    "breast) OR (AREA[NCTId]NCT01234567",
    "EXPANSION[None]cancer",
    "SEARCH[Location](AREA[LocationCity]Boston)",
    "RANGE[LastUpdatePostDate,MAXIMUM]",
    "x&pageSize=1000&fields=NCTId",
    "?fields=NCTId#",
)
IDS = (
    "../NCT01234567", "NCT01234567/../version", "%2e%2e%2fversion", "NCT01234567?fields=NCTId", "NCT01234567#x",
    "NCT01234567\r\nHost: evil.example", "NCT01234567\x00", "NCT０１２３４５６７", "http://evil.example/NCT01234567",
    "//evil.example", "NCT0123456", "NCT012345678", "", " ", "NCT01234567 NCT01234568", "AREA[NCTId]NCT01234567",
)  # fmt: skip
LONG = {
    "one word": "a" * 100_000,
    "one word again and again": "breast " * 20_000,
    "many words": " ".join(f"zq{number}xw" for number in range(20_000)),
    "signs": '"*(' * 30_000,
    "hyphens": "a-" * 50_000,
    "commas": "springfield," * 10_000,
    "spaces": " " * 200_000 + "x",
    "digits": "1" * 100_000,
    "accents": "e\u0301" * 50_000,
}


@cache
def demo() -> Finder:
    """The invented studies, opened once."""
    return open_finder(is_demo=True)


def seconds(call: Callable[[], object]) -> float:
    """The processor's time of a call; an error that a person can act on is an answer too."""
    start = time.process_time()
    with suppress(TrialfinderError):
        call()
    return time.process_time() - start


@pytest.mark.parametrize("text", [*SIGNS, *ESSIE])
def test_no_sign_is_syntax_in_the_search_box(text: str) -> None:
    """It finds what its words find: never more than everything, and no error."""
    everything = set(demo().search(Search(is_all=True)).frame["nct_id"])
    words = "".join(sign if sign.isalnum() else " " for sign in text)
    found = set(demo().search(Search(text=text, is_all=True)).frame["nct_id"])
    assert found <= everything
    if not words.strip():
        assert found == set()


@pytest.mark.parametrize("text", ESSIE)
def test_the_registrys_own_syntax_in_a_place_or_a_drug_is_an_unknown_name(text: str) -> None:
    """Nothing that a person types is sent anywhere; it is looked up here and not found."""
    with pytest.raises(UnknownName):
        find_place(text)
    with pytest.raises(UnknownName):
        demo().search(Search(drugs=(text,)))


@pytest.mark.parametrize("text", IDS)
def test_what_is_no_nct_number_is_refused_before_any_address_is_built(text: str) -> None:
    for refuse in (checked_nct_id, study_path, demo().show):
        with pytest.raises(UsageError):
            refuse(text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_text_of_any_length_costs_little(text: str) -> None:
    """A visitor cannot keep a host busy with one long line."""
    demo().search(Search())
    find_place("Boston, MA")
    assert seconds(lambda: demo().search(Search(text=text))) < 2
    assert seconds(lambda: demo().search(Search(drugs=(text,)))) < 2
    assert seconds(lambda: find_place(text)) < 1
    assert seconds(lambda: suggest_places(text)) < 1
    assert seconds(lambda: parse_distance(text)) < 1
    assert seconds(lambda: build_search({"country": [text], "phase": [text]})) < 2


def test_the_longest_text_that_is_looked_up_costs_little() -> None:
    """Just under every limit."""
    texts = [("ab " * 66)[:200], "springfield," * 16, "é" * 200, "st " * 66, "x" * 200]
    find_place("Boston, MA")
    assert max(seconds(lambda text=text: find_place(text)) for text in texts) < 1.5
    assert max(seconds(lambda text=text: suggest_places(text)) for text in texts) < 1.5


def test_a_text_that_was_cut_says_so() -> None:
    """Nothing is left out in silence."""
    found = demo().search(Search(text=" ".join(f"word{number}" for number in range(MOST_WORDS + 1))))
    assert any(str(MOST_WORDS) in notice for notice in found.notices)
    assert not any(str(MOST_WORDS) in notice for notice in demo().search(Search(text="breast breast")).notices)


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(text: str) -> None:
    """One more word never finds one more study."""
    found = set(demo().search(Search(text=text, is_all=True)).frame["nct_id"])
    narrower = set(demo().search(Search(text=f"{text} metastatic", is_all=True)).frame["nct_id"])
    if text.strip() and correct_words(text, demo().text_counts)[0].split() and found:
        assert narrower <= found


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=40))
def test_any_text_is_a_drug_or_an_error_that_names_the_nearest(text: str) -> None:
    with suppress(UnknownName):
        demo().search(Search(drugs=(text,)))


@settings(deadline=None, max_examples=80)
@given(
    st.dictionaries(
        st.sampled_from(["country", "state", "status", "phase", "kind"]),
        st.lists(st.text(max_size=20), max_size=2),
    )
)
def test_any_option_is_taken_or_refused_with_a_sentence(flags: dict[str, list[str]]) -> None:
    with suppress(TrialfinderError):
        build_search(flags)
