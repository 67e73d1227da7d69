"""Every wording means what its examples say, whatever the file."""

import re

import pytest

from trialfinder.vocab.loader import VocabularyError, load_text, read_rows_of
from trialfinder.vocab.wordings import WordingRow, Wordings, load_wordings

FILES = (
    "central_nervous",
    "conditions",
    "headings",
    "measurable",
    "performance",
    "populations",
    "reach",
    "sex",
    "treatment_frames",
)
ROWS = [
    pytest.param(load_wordings(file), row, id=f"{file}-{name}")
    for file in FILES
    for name, row in load_wordings(file).rows.items()
]


@pytest.mark.parametrize(("words", "row"), ROWS)
def test_a_wording_is_found_in_its_examples_and_not_in_what_looks_like_it(words, row):
    """A space at the end stands for the text that follows."""
    expression = words[row.name]
    assert [example for example in row.examples if not expression.search(example + " ")] == []
    assert [example for example in row.counter_examples if expression.search(example + " ")] == []


@pytest.mark.parametrize("file", FILES)
def test_every_row_of_a_file_has_a_name_of_its_own(file):
    """A second row of the same name would hide the first."""
    words = load_wordings(file)
    text = load_text(f"{file}.toml")
    assert len(re.findall(r"^\[\[wordings\]\]$", text, re.MULTILINE)) == len(words.rows)


def test_a_pattern_may_name_a_row_that_stands_before_it():
    """`@name@` is replaced by that row's patterns."""
    words = Wordings(
        (
            WordingRow("fruit", "a fruit", ("apple", "pear"), ("pear",)),
            WordingRow("tart", "a dish", ("@fruit@ tart",), ("apple tart",)),
        )
    )
    assert words.has("tart", "a pear tart")
    assert not words.has("tart", "a plum tart")


def test_a_row_without_patterns_is_an_error_that_names_file_line_and_column():
    """A slip in the data is seen when it is loaded."""
    with pytest.raises(VocabularyError, match=r"demo.toml:1: column 'patterns'"):
        read_rows_of("demo.toml", '[[wordings]]\nname = "x"\nwhy = "y"\nexamples = ["z"]\n', WordingRow)


def test_literals_are_given_as_they_stand():
    """They are looked for without an expression."""
    words = Wordings((WordingRow("touch", "texts", ("a.b",), ("a.b",)),))
    assert words.literals("touch") == ("a.b",)
