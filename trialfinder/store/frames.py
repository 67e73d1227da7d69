"""Derived tables as Arrow columns inside the store: a column that is not asked for is not read."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from trialfinder.errors import StoreDamaged
from trialfinder.store.blobs import pack, unpack

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["load_frame", "write_frame"]


def write_frame(db: sqlite3.Connection, name: str, frame: "pd.DataFrame") -> None:
    """Put a table in the place of the one that was there, within the caller's transaction."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks()
    db.execute("DELETE FROM columns WHERE name = ?", (name,))
    db.execute("REPLACE INTO tables VALUES (?, ?)", (name, pack(table.schema.serialize().to_pybytes())))
    rows = ((name, column, pack(_stream(table.select([column]).replace_schema_metadata()))) for column in frame.columns)
    db.executemany("INSERT INTO columns VALUES (?, ?, ?)", rows)


def load_frame(db: sqlite3.Connection, name: str, columns: Sequence[str] | None = None) -> "pd.DataFrame":
    """The table, or these columns of it in this order; `StoreDamaged` where the store lacks one."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    row = db.execute("SELECT schema FROM tables WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise _missing(name)
    schema = pa.ipc.read_schema(pa.py_buffer(unpack(row[0])))
    names = schema.names if columns is None else list(columns)
    if unknown := [column for column in names if column not in schema.names]:
        raise _missing(f"{name}.{unknown[0]}")
    arrays = [_load_column(db, name, column) for column in names]
    fields = [schema.field(column) for column in names]
    frame: pd.DataFrame = pa.Table.from_arrays(arrays, schema=pa.schema(fields, schema.metadata)).to_pandas()
    return frame


def _load_column(db: sqlite3.Connection, name: str, column: str) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    row = db.execute("SELECT packed FROM columns WHERE name = ? AND column = ?", (name, column)).fetchone()
    if row is None:
        raise _missing(f"{name}.{column}")
    return pa.ipc.open_stream(pa.py_buffer(unpack(row[0]))).read_all().column(0)


def _stream(table: Any) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _missing(what: str) -> StoreDamaged:
    return StoreDamaged(f"The store has no {what}, as an older version made it: run `trialfinder rebuild`.", what=what)
