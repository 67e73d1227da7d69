"""Free text: all words are found, beginnings of words too, and nothing that is typed is an operator."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.store.records import raw
from trialfinder.store import Store

TEXTS = {
    1: "Inclusion Criteria:\n* HER2-low tumour, prior T-DXd allowed",
    2: "Inclusion Criteria:\n* brain metastases, stable; naïve patients",
    3: "Exclusion Criteria:\n* near the end of OR AND NOT life",
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    records = [raw(number, eligibilityModule={"eligibilityCriteria": text}) for number, text in TEXTS.items()]
    with Store.in_memory(records, "2026-11-25T09:00:00") as opened:
        yield opened


def found(store: Store, words: str) -> set[int]:
    return {int(nct_id[-1]) for nct_id in store.search_text(words)}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("brain", {2}),
        ("BRAIN stable", {2}),
        ("brain low", set()),
        ("metast", {1, 2, 3}),  # in every study's condition
        ("naive", {2}),
        ("T-DXd", {1}),
        ("her2-low", {1}),
        ("her2 low", {1}),
        ("he", set()),
        ("her", {1}),
        ("invented", {1, 2, 3}),
        ("nothing of the kind", set()),
    ],
)
def test_all_words_and_beginnings_of_words_are_found(store: Store, words: str, numbers: set[int]) -> None:
    assert found(store, words) == numbers


@pytest.mark.parametrize(
    "words", ["near", "OR", "AND", "NOT", "NEAR(end", "or and", '"near"', "near*", "body:near", "near^2"]
)
def test_operators_are_words(store: Store, words: str) -> None:
    """What the search engine would take for an operator is looked for as it was typed."""
    assert found(store, words) in ({3}, set())
    assert found(store, words.strip('"*').removeprefix("body:").removesuffix("^2").replace("(", " ")) == {3}


@pytest.mark.parametrize("words", ["", " ", '"', '""', "*", "(", ")", "^", "-", "--", ";", "\0", "\ud800", "___", "🙂"])
def test_signs_without_words_find_nothing(store: Store, words: str) -> None:
    assert store.search_text(words) == {}


@given(st.text(max_size=60))
def test_anything_can_be_typed(store: Store, words: str) -> None:
    assert set(store.search_text(words)) <= set(store.index())


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    records = [
        raw(1, identificationModule={"nctId": "NCT98000001", "briefTitle": "Of zebras"}),
        raw(2, eligibilityModule={"eligibilityCriteria": "no zebras"}),
    ]
    with Store.in_memory(records, "2026-11-25T09:00:00") as store:
        ranks = store.search_text("zebras")
    assert ranks["NCT98000001"] < ranks["NCT98000002"]


def test_the_vocabulary_counts_studies(store: Store) -> None:
    words = store.text_vocabulary()
    assert words["brain"] == 1
    assert words["invented"] == 3
    assert words["naive"] == 1
