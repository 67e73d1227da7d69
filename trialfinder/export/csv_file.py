"""CSV that opens right in Excel: UTF-8 with a byte order mark, the header on line 1, no formula."""

import csv
import io

import pandas as pd

from trialfinder.export.cells import texts
from trialfinder.export.listing import Listing

BYTE_ORDER_MARK = "﻿"


def build_csv(listing: Listing, rows: str = "studies") -> bytes:
    """The rows as CSV bytes. `rows` is `studies` or `sites`; columns and their order are those of `columns`."""
    return csv_of(listing.rows(rows))


def csv_of(frame: pd.DataFrame) -> bytes:
    """Any frame as CSV bytes."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(zip(*(texts(frame[name]) for name in frame.columns), strict=True))
    return (BYTE_ORDER_MARK + lines.getvalue()).encode("utf-8")
