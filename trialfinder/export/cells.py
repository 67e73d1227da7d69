"""Cells that no spreadsheet runs as a formula, and values as text."""

import datetime as dt
import math
from typing import Any

import pandas as pd

from trialfinder.wording.visible import visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run; a phone "+81 3 ..." stays readable behind it.

    Source: the advice of OWASP on CSV injection. Leading spaces do not hide a formula, so they are looked through.
    """
    return "'" + text if text.startswith(FORMULA_STARTS) or text.lstrip(" ").startswith(FORMULA_STARTS) else text


def plain(value: object) -> str:
    """A cell's value as text: "" for what is absent, ISO dates, true and false, whole numbers without ".0"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(plain(item) for item in value)
    if is_absent(value):
        return ""
    if isinstance(value, pd.Timestamp | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return visible(str(value))


def is_absent(value: object) -> bool:
    """Whether a cell holds nothing: None, NA, NaT or NaN."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def texts(column: "pd.Series[Any]") -> list[str]:
    """A column as guarded texts; numbers stay bare, so that a minus is a minus."""
    values = (bool(v) if column.dtype == "bool" else v for v in column.tolist())
    is_number = pd.api.types.is_numeric_dtype(column.dtype)
    return [plain(value) if is_number else guard(plain(value)) for value in values]
