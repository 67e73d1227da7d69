"""Lists of Python values to pandas columns, each of its documented type."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from trialfinder.tables.dictionary import dtypes_of

__all__ = ["frame"]


def frame(table: str, values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A table with the columns of the dictionary, in its order."""
    columns = {name: _column(values[name], dtype) for name, dtype in dtypes_of(table).items()}
    return pd.DataFrame(columns, copy=False)


def _column(values: Sequence[Any], dtype: Any) -> Any:
    """An array of a type; None becomes NA, and so does an empty text."""
    if dtype == "str":
        return pd.array([value or None for value in values], dtype="str")
    if dtype == "float64":
        return np.array([math.nan if value is None else value for value in values], dtype=dtype)
    if dtype in ("Int64", "boolean"):
        return pd.array(values, dtype=dtype)
    return np.array(values, dtype=dtype)
