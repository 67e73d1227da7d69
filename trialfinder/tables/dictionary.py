"""The column dictionary: what every column of every table holds, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from trialfinder.vocab.loader import read_rows

__all__ = ["EXPORTS", "TABLES", "Column", "columns", "dtypes_of"]

TABLES = ("studies", "sites", "arms", "interventions", "criteria", "facts")
EXPORTS = ("find", "find_sites", "changes")
"""The rows of exports, which the dictionary explains too."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `unit` and `api_path` are None where there is none; `meaning` is one sentence for people."""

    table: str
    column: str
    dtype: Literal["str", "bool", "boolean", "int64", "Int64", "float64", "datetime64[us]"]
    unit: str | None
    is_nullable: bool
    api_path: str | None
    meaning: str


@cache
def columns() -> tuple[Column, ...]:
    """Every documented column, by table, in the order that the tables have."""
    return read_rows("columns.csv", Column)


@cache
def dtypes_of(table: str) -> Mapping[str, str]:
    """The columns of a table and their pandas types."""
    return MappingProxyType({item.column: item.dtype for item in columns() if item.table == table})
