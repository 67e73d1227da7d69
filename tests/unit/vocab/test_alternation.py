"""Phrases as one fast expression, and the texts that spare it."""

import re

import pytest

from trialfinder.vocab.alternation import Words, compile_words, split_heads
from trialfinder.vocab.contexts import load_contexts
from trialfinder.vocab.cues import load_cues
from trialfinder.vocab.literals import Look, may_hold, needed_texts
from trialfinder.vocab.stages import load_stages
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.tumours import load_tumours

ROWS = [
    row
    for rows in (
        load_contexts(),
        load_cues().rows,
        load_stages().rows,
        load_tumours().rows,
        load_treatment_cues().rows,
    )
    for row in rows
]


@pytest.mark.parametrize(
    ("phrase", "heads"),
    [
        ("stage", [("s", "tage")]),
        ("m?tnbc", [("m", "tnbc"), ("t", "nbc")]),
        ("(?:bone|liver) mets", [("b", "one mets"), ("l", "iver mets")]),
        ("(?:very )?ill|well", [("v", "ery ill"), ("i", "ll"), ("w", "ell")]),
        ("(?<!non-)operable", [("o", "(?<!(?:non-)o)perable")]),
        ("[ab]c", [("", "[ab]c")]),
        ("a*b", [("", "a*b")]),
        ("(?:ab)+c", [("", "(?:ab)+c")]),
        ("(?<=x)[ab]", [("", "(?<=x)[ab]")]),
        (r"\(neo\)", [("", r"\(neo\)")]),
    ],
)
def test_a_phrase_is_split_at_its_first_letter(phrase, heads):
    """No letter where it may begin in ways that cannot be told."""
    assert split_heads(phrase) == heads


def test_a_look_behind_still_holds_behind_its_letter():
    """The letter is taken first, what stands before it is looked at after."""
    pattern, _ = compile_words(["(?<!non-)operable"])
    assert pattern.search("an operable tumour")
    assert not pattern.search("a non-operable tumour")


def test_the_earlier_phrase_wins_and_is_told_by_its_group():
    """Whatever letter others begin with."""
    pattern, order = compile_words(["bone mets", "any", "bone"], mark="()")
    found = [(match[0], order[match.lastindex - 1]) for match in pattern.finditer("any bone mets, bone pain, anybone")]
    assert found == [("any", 1), ("bone mets", 0), ("bone", 2)]


def test_no_phrase_matches_nothing():
    """Not everything."""
    pattern, order = compile_words([])
    assert not pattern.search("text")
    assert order == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:24])
def test_a_split_phrase_matches_as_the_plain_one(row):
    """In its example, at the same place."""
    plain = re.compile(rf"(?<![a-z0-9])(?:{row.phrase})(?![a-z0-9])")
    split, _ = compile_words([row.phrase])
    for text in (row.example, row.counter_example):
        assert [match.span() for match in split.finditer(text)] == [match.span() for match in plain.finditer(text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:24])
def test_words_are_found_where_the_plain_phrase_is(row):
    """Also at the beginning of a text, right behind another, and never inside a word."""
    plain = re.compile(rf"(?<![a-z0-9])(?:{row.phrase})(?![a-z0-9])")
    words = Words([row.phrase])
    for text in (row.example, row.counter_example, f"x{row.example} {row.example},{row.example}"):
        assert [(start, end) for start, end, _ in words.find(text)] == [match.span() for match in plain.finditer(text)]
        assert words.holds(text) is (plain.search(text) is not None)


def test_words_are_found_from_a_place_on_with_the_number_of_their_phrase():
    """The earlier phrase first; a phrase may begin with the sign that ends the one before."""
    words = Words(["bone mets", "any", "bone", r"\(neo\)"])
    assert words.find("any bone mets, bone") == [(0, 3, 1), (4, 13, 0), (15, 19, 2)]
    assert words.find("any bone mets, bone", 5) == [(15, 19, 2)]
    assert words.find("bone(neo)") == [(0, 4, 2)]
    assert Words([]).find("any") == []


@pytest.mark.parametrize(
    ("pattern", "text", "passes"),
    [
        ("other (?:cancer|malignancy)", "other disease", False),
        ("other (?:cancer|malignancy)", "no malignancy, no other disease", True),
        ("(?:abc|d+ (?:efg|hij))", "hij", True),
        ("(?:abc|def (?:efg|hij))", "hij", False),
        (r"2 ?\+", "her2", False),
        (r"2 ?\+", "her2 2+", True),
        ("[ab]", "z", True),
    ],
)
def test_a_look_asks_for_all_that_an_alternative_needs(pattern, text, passes):
    """And lets pass where nothing is known."""
    assert Look(pattern).passes(text) is passes


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:24])
def test_a_look_never_passes_over_a_phrase(row):
    """Whatever it asks for."""
    assert Look(row.phrase).passes(row.example)


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("metasta(?:sis|tic)", ("metasta",)),
        (r"\bprior (?:chemo|hormonal)", ("prior ",)),
        ("(?:hiv|hepatitis)s?", ("hepatitis", "hiv")),
        ("abc|abcd", ("abc",)),
        ("(?:no )?hiv", ("hiv",)),
        ("(?!not )hiv[ab]{2}", ("hiv",)),
        ("(?:a|b)?c", None),
        ("hiv|[ab]", None),
        ("lines?", ("line",)),
        ("tumou?rs", ("tumo",)),
        ("|".join(f"word{number:03}" for number in range(80)), None),
    ],
)
def test_needed_texts_are_those_that_any_match_holds(pattern, texts):
    """None where no short list is known."""
    assert needed_texts(pattern) == texts


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase[:24])
def test_a_text_that_holds_a_phrase_is_never_passed_over(row):
    """The quick look is never wrongly no."""
    assert may_hold(needed_texts(row.phrase), row.example)


def test_a_text_without_any_needed_text_is_passed_over():
    """And none is where nothing is known."""
    assert not may_hold(("hiv", "hepatitis"), "no diabetes")
    assert may_hold(None, "no diabetes")
