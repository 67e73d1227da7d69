"""What changed, as CSV, JSON or an Atom feed."""

import pandas as pd

from trialfinder.export.atom import Entry, build_atom
from trialfinder.export.cells import plain
from trialfinder.export.csv_file import csv_of
from trialfinder.export.json_file import json_of, records
from trialfinder.export.listing import Stamp
from trialfinder.wording import render

FORMATS = ("csv", "json", "atom")


def build_changes_export(frame: pd.DataFrame, format_name: str, stamp: Stamp, notices: tuple[str, ...] = ()) -> bytes:
    """The changes (one row each, see the column dictionary) as bytes of one of FORMATS."""
    if format_name == "csv":
        return csv_of(frame.assign(is_demo=stamp.is_demo, search=stamp.search, caution=stamp.caution))
    if format_name == "json":
        return json_of(stamp, notices, "changes", frame)
    entries = [_entry(row) for row in records(frame)]
    return build_atom(entries, title=render("changes.title", stamp.lang), key=f"changes/{stamp.search}", stamp=stamp)


def _entry(row: dict[str, object]) -> Entry:
    """One change as an entry; its id holds what changed and when, so that a reader sees it once."""
    return Entry(
        key="/".join(["change", *(plain(row[name]) for name in ("refreshed_at", "nct_id", "kind", "key"))]),
        title=f"{plain(row['summary'])} \u00b7 {plain(row['brief_title'])}",
        url=plain(row["url"]),
        updated=plain(row["refreshed_at"]),
        text=f"{plain(row['nct_id'])} \u00b7 {plain(row['summary'])}",
    )
