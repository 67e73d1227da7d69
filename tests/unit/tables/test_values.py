"""Single values of a record, read without guessing."""

from datetime import date

import pytest

from trialfinder.tables.values import age_in_years, partial_date


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("18 Years", 18.0),
        ("1 Year", 1.0),
        ("6 Months", 0.5),
        ("216 Months", 18.0),
        ("4 Weeks", 28 / 365.25),
        ("1 Day", 1 / 365.25),
        ("36 Hours", 1.5 / 365.25),
        ("18 Minutes", 18 / 365.25 / 1440),
        ("0 Years", 0.0),
    ],
)
def test_an_age_of_any_unit_is_in_years(text, years):
    assert age_in_years(text) == pytest.approx(years)


@pytest.mark.parametrize("text", [None, "", "N/A", "18", "eighteen Years", "18 Fortnights", "-3 Years"])
def test_what_is_no_age_is_none(text):
    assert age_in_years(text) is None


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025-03-04", date(2025, 3, 4), "day"),
        ("2025-03", date(2025, 3, 1), "month"),
        ("2025", date(2025, 1, 1), "year"),
    ],
)
def test_a_date_says_how_much_of_it_is_known(text, day, precision):
    assert partial_date(text) == (day, precision)


@pytest.mark.parametrize("text", [None, "", "2025-13", "2025-02-30", "March 2025", "20250304", "0000"])
def test_what_is_no_date_is_none(text):
    assert partial_date(text) is None
