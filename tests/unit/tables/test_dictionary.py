"""The column dictionary is complete and tidy."""

import re

import pytest

import trialfinder.tables
from trialfinder.tables import TABLES, columns
from trialfinder.tables.dictionary import EXPORTS


@pytest.mark.parametrize("column", columns(), ids=lambda column: f"{column.table}.{column.column}")
def test_every_column_is_described(column):
    assert column.table in (*TABLES, *EXPORTS)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.column)
    assert re.match(r"[A-Z].{8,}[^.\s]$", column.meaning)
    for path in filter(None, (column.api_path or "").split("; ")):
        assert path.startswith("protocolSection.")


def test_each_column_stands_once_and_tables_come_in_order():
    names = [(column.table, column.column) for column in columns()]
    assert len(set(names)) == len(names)
    assert list(dict.fromkeys(table for table, _ in names)) == [*TABLES, *EXPORTS]


def test_names_keep_their_promise():
    """`is_` and `has_` are truths, `_date` is a date, `n_` a count, `_years` a number."""
    for column in columns():
        if column.column.startswith(("is_", "has_")):
            assert column.dtype in ("bool", "boolean")
        if column.column.endswith("_date"):
            assert column.dtype == "datetime64[us]"
        if column.column.startswith("n_"):
            assert column.dtype == "int64"
        if column.column.endswith("_years"):
            assert (column.dtype, column.unit) == ("float64", "years")


def test_columns_that_cannot_be_missing_are_said_to_be_whole():
    assert all(not column.is_nullable for column in columns() if column.dtype in ("bool", "int64"))
    assert all(column.is_nullable for column in columns() if column.dtype in ("boolean", "Int64"))


def test_an_unknown_name_of_the_package_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = trialfinder.tables.no_such_thing


def test_every_name_that_the_package_promises_is_there():
    assert all(hasattr(trialfinder.tables, name) for name in trialfinder.tables.__all__)
