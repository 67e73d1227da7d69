"""The sizes and the ten signs of the house style are within their limits, and the measures see what they look for."""

import ast
from dataclasses import replace

import pytest

from tests.architecture import sizes as measured
from tests.architecture.measures import Allowed, breaches, load_exceptions
from tests.architecture.medical import medical_words
from tests.architecture.signs import Sign, signs
from tests.architecture.sizes import Size, cycles, function_lengths, repeated, sizes, undocumented
from tests.architecture.sources import Source

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


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch):
    """A package of two files in place of ours."""

    def build(**texts: str) -> None:
        made = tuple(Source(f"trialfinder/{name}.py", text, ast.parse(text)) for name, text in texts.items())
        monkeypatch.setattr(measured, "sources", lambda _: made)

    return build


def test_modules_that_need_each_other_are_a_circle_unless_one_waits(house) -> None:
    """An import within a function is made when both are there."""
    house(x="import trialfinder.y", y="import trialfinder.x")
    assert cycles() == [["trialfinder.x", "trialfinder.y"]]
    house(x="import trialfinder.y", y="def late():\n    import trialfinder.x")
    assert cycles() == []


def test_functions_that_do_the_same_under_other_names_are_seen(house) -> None:
    """However their variables are called."""
    body = (
        "def {0}({1}):\n    total = 0\n    for one in {1}:\n        total += one * {1}[0]\n    return [total, 1 + 1]\n"
    )
    house(x=body.format("first", "these"), y=body.format("second", "those"))
    assert repeated() == [["trialfinder/x.py::first", "trialfinder/y.py::second"]]
    house(x=body.format("first", "these"), y=body.format("second", "those").replace("+ 1", "+ 2"))
    assert repeated() == []


def test_a_docstring_is_asked_of_what_is_public_and_not_counted_as_length(house) -> None:
    """Private names, and functions within functions, may do without."""
    house(x='"""A file."""\n\n\ndef said():\n    """It does."""\n    return 1\n\n\ndef _hidden():\n    pass\n')
    assert undocumented() == []
    assert function_lengths() == {"trialfinder/x.py::said": 2, "trialfinder/x.py::_hidden": 2}
    house(x="class Open:\n    def bare(self):\n        pass\n")
    assert undocumented() == ["trialfinder/x.py", "trialfinder/x.py::Open", "trialfinder/x.py::Open::bare"]
