"""CSV opens right in a spreadsheet and in pandas."""

import io

import pandas as pd

from tests.unit.export.builders import NASTY, make_listing, make_row
from trialfinder.export import build_export
from trialfinder.export.cells import FORMULA_STARTS


def read_back(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")


def test_a_csv_begins_with_a_byte_order_mark_and_its_header():
    """Excel needs the mark to read UTF-8; no preamble stands before the header."""
    content = build_export(make_listing(), "csv")
    assert content.startswith(b"\xef\xbb\xbfnct_id,brief_title,")


def test_no_text_cell_begins_with_what_a_spreadsheet_runs():
    """Registry text cannot become a formula, and nothing of it is lost."""
    rows = [make_row(brief_title=text) for text in NASTY]
    frame = read_back(build_export(make_listing(rows), "csv"))
    assert not any(title.lstrip(" ").startswith(FORMULA_STARTS) for title in frame["brief_title"])
    assert [title.removeprefix("'") for title in frame["brief_title"]] == [text.replace("\r", "\r") for text in NASTY]


def test_phones_stay_readable():
    """A phone number keeps its plus and its digits."""
    frame = read_back(build_export(make_listing(), "csv"))
    assert frame["contact_phone"][0] == "'+81 3-1234-5678"


def test_every_row_carries_the_date_the_search_and_whether_it_is_the_demo():
    """A list that is passed on still says where it comes from."""
    frame = read_back(build_export(make_listing(), "csv"))
    assert frame.loc[0, ["data_timestamp", "is_demo", "search"]].tolist() == [
        "2026-11-20T09:00:05",
        "true",
        "find --near 'Cleveland, OH'",
    ]


def test_an_empty_result_is_a_valid_file_with_headers():
    """Nothing found is an answer, not an error."""
    frame = read_back(build_export(make_listing([]), "csv"))
    assert len(frame) == 0
    assert "nct_id" in frame.columns
