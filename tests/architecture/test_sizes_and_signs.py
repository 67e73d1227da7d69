"""The sizes and the ten signs of the house style are within their limits, and the measures see what they look for."""

from dataclasses import replace

import pytest

from tests.architecture.measures import Allowed, breaches, load_exceptions
from tests.architecture.medical import medical_words
from tests.architecture.signs import Sign, signs
from tests.architecture.sizes import Size, sizes

SIGN = Sign(8, "trialfinder/places/find.py", 3, "Exception")


@pytest.mark.slow
def test_every_size_and_sign_is_within_its_limit() -> None:
    """`python -m tests.architecture --places` prints all of them; exceptions.toml holds those with a reason."""
    assert list(breaches(sizes(), signs(), load_exceptions())) == []


def test_every_exception_has_its_reason() -> None:
    """A sentence, not a word."""
    assert all(len(allowed.reason.split()) > 4 for allowed in load_exceptions())


@pytest.mark.parametrize(
    ("size", "n"),
    [
        (Size("lines", 351, limit=350), 1),
        (Size("lines", 350, limit=350), 0),
        (Size("tests", 0.9, least=1), 1),
        (Size("told only", 9), 0),
    ],
)
def test_a_size_over_its_limit_is_told(size: Size, n: int) -> None:
    assert len(list(breaches([size], [], []))) == n


def test_a_sign_is_told_unless_an_exception_covers_it() -> None:
    """By its number and its file; more places than allowed are told, and an exception that covers nothing."""
    allowed = Allowed(8, "trialfinder/places/*", 1, "")
    other = replace(SIGN, line=9)
    assert len(list(breaches([], [SIGN], []))) == 1
    assert list(breaches([], [SIGN], [allowed])) == []
    assert len(list(breaches([], [SIGN, other], [allowed]))) == 1
    assert len(list(breaches([], [replace(SIGN, number=7)], [allowed]))) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prior trastuzumab", ["trastuzumab"]),
        (r"\bchemo|radiat", ["chemo"]),
        ("brain_metastases", []),
        ("lines.counted", []),
        ("What to ask the trial team", []),
    ],
)
def test_a_medical_word_is_seen_in_a_text_and_not_in_a_name(text: str, words: list[str]) -> None:
    assert list(medical_words(text)) == words
