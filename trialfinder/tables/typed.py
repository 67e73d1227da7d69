"""Lists of Python values to pandas columns, each of its documented type."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from trialfinder.tables.dictionary import dtypes_of

__all__ = ["frame"]

_ARROW = {
    "str": pa.large_string(),
    "bool": pa.bool_(),
    "boolean": pa.bool_(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "datetime64[us]": pa.date32(),
}


def frame(table: str, values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A table with the columns of the dictionary, in its order. None becomes NA, and so does an empty text."""
    dtypes = dtypes_of(table)
    columns = {name: _array(values[name], _ARROW[dtype]) for name, dtype in dtypes.items()}
    built: pd.DataFrame = pa.table(columns).to_pandas().astype(dict(dtypes))
    return built


def _array(values: Sequence[Any], kind: Any) -> Any:
    array = pa.array(values, kind)
    if kind == pa.large_string():
        return pc.if_else(pc.equal(array, ""), None, array)
    return array.cast(pa.timestamp("us")) if kind == pa.date32() else array
