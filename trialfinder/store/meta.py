"""What is known of the store as a whole: counts, dates and versions, one value a row, quick to read."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["StoreInfo", "load_info", "write_meta"]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """The store at a glance. `n_studies` and `n_sites` are of the studies that have not left the search.

    `stamp` changes with every change of what can be found: a key for caches.
    """

    path: Path
    n_studies: int
    n_sites: int
    n_left: int
    data_timestamp: str
    refreshed_at: str
    is_demo: bool
    api_version: str | None
    reader_version: str
    stamp: str


def load_info(db: sqlite3.Connection, path: Path) -> StoreInfo:
    """All of it."""
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    return StoreInfo(
        path=path,
        n_studies=int(meta["n_studies"]),
        n_sites=int(meta["n_sites"]),
        n_left=int(meta["n_left"]),
        data_timestamp=meta["data_timestamp"],
        refreshed_at=meta["refreshed_at"],
        is_demo=meta["is_demo"] == "1",
        api_version=meta["api_version"],
        reader_version=meta["reader_version"],
        stamp=f"{meta['refresh_id']}.{meta['state']}",
    )


def write_meta(db: sqlite3.Connection, values: Mapping[str, object], *, is_new_state: bool = False) -> None:
    """Keep these values, and count one up where what can be found has changed."""
    rows = [(key, None if value is None else str(value)) for key, value in values.items()]
    db.executemany("REPLACE INTO meta VALUES (?, ?)", rows)
    if is_new_state:
        db.execute("INSERT INTO meta VALUES ('state', '1') ON CONFLICT DO UPDATE SET value = value + 1")
