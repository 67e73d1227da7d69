"""Parquet, readable by pandas, DuckDB and Spark."""

import io

import pandas as pd

from trialfinder.export.listing import Listing


def build_parquet(listing: Listing, rows: str = "studies") -> bytes:
    """The rows as one Parquet file (zstd, no pandas metadata that changes between runs)."""
    return parquet_of(listing.rows(rows))


def parquet_of(frame: pd.DataFrame) -> bytes:
    """Any frame as the bytes of a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - a heavy import that only this format needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    target = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), target, compression="zstd")
    return target.getvalue()
