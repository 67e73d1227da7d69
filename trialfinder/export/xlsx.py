"""An Excel workbook: typed cells, links, a frozen header, and a sheet that says where the data come from."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pandas as pd

from trialfinder.export.cells import is_absent, plain
from trialfinder.export.listing import Listing, Stamp

EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - xlsxwriter takes naive times; only used where the store has no date
MAX_WIDTH = 60
MAX_LINKS = 60_000  # Excel takes 65,530 links a sheet


def build_xlsx(listing: Listing) -> bytes:
    """The workbook with the sheets Trials, Sites and About; the same bytes for the same listing."""
    import xlsxwriter  # noqa: PLC0415 - only this format needs it

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": "trialfinder", "comments": listing.stamp.caution, "created": _created(listing.stamp)})
    for name, frame in (("Trials", listing.studies), ("Sites", listing.sites)):
        _write_frame(book, name, frame)
    _write_about(book, listing)
    book.close()
    return target.getvalue()


def _created(stamp: Stamp) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(stamp.data_timestamp or "").replace(tzinfo=None)
    except ValueError:
        return EPOCH


def _write_frame(book: Any, name: str, frame: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for column, title in enumerate(frame.columns):
        values = frame[title].tolist()
        sheet.write_string(0, column, title, header)
        sheet.set_column(column, column, _width(title, values))
        for row, value in enumerate(values, 1):
            _write_cell(sheet, row, column, value, date)
    sheet.freeze_panes(1, 1)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: object, date: Any) -> None:
    if is_absent(value):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, column, value.to_pydatetime(), date)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, str) and value.startswith("https://clinicaltrials.gov/") and row < MAX_LINKS:
        sheet.write_url(row, column, value)
    else:
        sheet.write_string(row, column, plain(value)[:32_767])


def _width(title: str, values: Sequence[object]) -> int:
    longest = max((len(plain(value)) for value in values[:200]), default=0)
    return min(max(len(title), longest) + 2, MAX_WIDTH)


def _write_about(book: Any, listing: Listing) -> None:
    sheet = book.add_worksheet("About")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100, wrap)
    stamp = listing.stamp
    lines = [
        ("source", "ClinicalTrials.gov"),
        ("data_timestamp", stamp.data_timestamp),
        ("refreshed_at", stamp.refreshed_at),
        ("is_demo", stamp.is_demo),
        ("search", stamp.search),
        ("caution", stamp.caution),
        *(("notice", notice) for notice in listing.notices),
    ]
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, plain(value))
