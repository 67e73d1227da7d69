"""Counts and lengths of time."""

import pytest

from trialfinder.eligibility.quantities import find_durations, find_line_ordinals, find_ranges

RANGES = [
    ("≤ 2 lines", (None, 2)),
    ("<3 prior", (None, 2)),
    ("no more than two", (None, 2)),
    ("Up to 2 regimens", (None, 2)),
    ("a maximum of one", (None, 1)),
    ("at least one prior line", (1, None)),
    ("≥1", (1, None)),
    ("more than 2", (3, None)),
    ("at least 1 but not more than 3", (1, 3)),
    ("at least 1 prior regimen but fewer than 4", (1, 3)),
    ("minimum of 1 and maximum of 4", (1, 4)),
    ("0-1", (0, 1)),
    ("0, 1 or 2", (0, 2)),
    ("0 to 2", (0, 2)),
    ("one or two", (1, 2)),
    ("two or more lines", (2, None)),
    ("two or fewer lines", (None, 2)),
    ("two (2) lines", (2, 2)),
    ("no more than 3 (three)", (None, 3)),
    ("a single line", (1, 1)),
    ("limited to 3", (None, 3)),
    ("up to a maximum of four", (None, 4)),
]
ORDINALS = [
    ("first-line", (1, 1)),
    ("frontline", (1, 1)),
    ("first- or second-line", (1, 2)),
    ("1st or 2nd line", (1, 2)),
    ("first-, second- and third-line", (1, 3)),
    ("second line or later", (2, None)),
    ("third line therapy and beyond", (3, None)),
    ("2L", (2, 2)),
    ("1L or 2L", (1, 2)),
    ("2L+", (2, None)),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_count_is_read_with_both_ends(text, expected):
    """In signs, words and ordinals."""
    found = find_ranges(text)
    assert [(item.minimum, item.maximum) for item in found] == [expected]


@pytest.mark.parametrize(("text", "expected"), ORDINALS)
def test_a_line_is_read_by_its_ordinal(text, expected):
    """In words, figures and the short form."""
    found = find_line_ordinals(text.lower())
    assert [(item.minimum, item.maximum) for item in found] == [expected]


def test_a_line_is_none_without_its_ordinal():
    """Litres, a line of text, the first visit."""
    assert find_line_ordinals("5 x 10^9/l, 2l/min, in line with the first visit") == []


def test_counts_come_in_the_texts_order_and_say_where_they_stand():
    """Slices of the text itself."""
    text = "ECOG 0-1; at most 2 lines"
    assert [text[item.start : item.end] for item in find_ranges(text)] == ["0-1", "at most 2"]


def test_a_number_inside_a_word_is_none():
    """HER2, T4 and 1.2.3 are not counts."""
    assert find_ranges("HER2 T4 v1.2.3") == []


@pytest.mark.parametrize(
    ("text", "months"),
    [("12 weeks", 3), ("three months", 3), ("six (6) months", 6), ("2 years", 24), ("30 days", 1), ("6-month", 6)],
)
def test_a_length_of_time_is_given_in_months(text, months):
    """At four weeks or thirty days to the month."""
    (found,) = find_durations(text)
    assert found.months == months
    assert text[found.start : found.end] == text
