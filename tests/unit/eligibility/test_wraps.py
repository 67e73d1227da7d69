"""Lines that were broken to fit a page."""

import pytest

from trialfinder.eligibility.criteria import read_criteria
from trialfinder.eligibility.text import normalise
from trialfinder.model import SourceField


@pytest.mark.parametrize(
    ("original", "plain"),
    [
        ("No history of\nangina", "No history of angina"),
        ("  No history of \n  angina", "  No history of angina"),
        ("No history of\n  angina", "No history of\n  angina"),
        ("No history of\nAngina", "No history of\nAngina"),
        ("No history of\na. angina", "No history of\na. angina"),
        ("women\nadults", "women\nadults"),
    ],
    ids=["open end", "indent kept", "deeper line", "capital", "lettered item", "no sign"],
)
def test_a_line_with_an_open_end_goes_on_below(original, plain):
    """Lists, and lines that begin anew, stay apart."""
    assert normalise(original).text == plain


def test_in_a_wrapped_text_lines_in_small_letters_go_on_from_above():
    """Three open ends and no long line say that the whole text was wrapped."""
    lines = [
        "Adults who were told of the aims and of the risks of the",
        "study. Blood counts that lie within the normal range for",
        "their age. They must be able to come to the hospital at",
        "least once a week, and to fill in the study's own diary",
        "pages.",
        "short line",
        "another short line",
    ]
    joined = normalise("\n".join(lines)).text.split("\n")
    assert joined == [" ".join(lines[:5]), *lines[5:]]


def test_a_joined_line_names_the_records_own_words():
    """Offsets are those of the original, break and all."""
    original = "Inclusion Criteria:\n\nNo history of\nangina\nAdults"
    first = read_criteria(SourceField("criteria", original))[0].sentences[0]
    quote = first.evidence(None, None, None, "test").quote
    assert quote == "No history of\nangina"
    assert quote in original
