"""How the store is laid out, and what tells a store of ours from another file, an older and a newer one."""

import sqlite3

from trialfinder.errors import StoreDamaged

__all__ = ["SCHEMA_VERSION", "check_schema", "create_schema"]

SCHEMA_VERSION = 1
APPLICATION_ID = 0x54524649  # "TRFI"

TABLES = (
    # One value a row: versions, counts and dates that `info` shows without loading anything else.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    # One study a row, verbatim and packed. `left_date`: the data date at which it had gone from the search.
    """CREATE TABLE records (
        nct_id TEXT PRIMARY KEY, last_update_date TEXT, overall_status TEXT, left_date TEXT, packed BLOB NOT NULL)""",
    # Older numbers of a study.
    "CREATE TABLE aliases (alias TEXT PRIMARY KEY, nct_id TEXT NOT NULL) WITHOUT ROWID",
    # What was read from a study, valid for this text and this reader.
    """CREATE TABLE facts (
        nct_id TEXT PRIMARY KEY, source_hash BLOB NOT NULL, reader_version TEXT NOT NULL, packed BLOB NOT NULL)""",
    # The derived tables: the Arrow schema of each, and one Arrow column a row.
    "CREATE TABLE tables (name TEXT PRIMARY KEY, schema BLOB NOT NULL)",
    """CREATE TABLE columns (
        name TEXT, column TEXT, packed BLOB NOT NULL, PRIMARY KEY (name, column))""",
    # Our own refreshes, and what each one changed; `packed_before` is the record as it was.
    """CREATE TABLE refreshes (
        refresh_id INTEGER PRIMARY KEY, refreshed_at TEXT NOT NULL, data_timestamp TEXT NOT NULL, api_version TEXT,
        n_studies INTEGER NOT NULL, n_new INTEGER NOT NULL, n_changed INTEGER NOT NULL, n_left INTEGER NOT NULL,
        n_back INTEGER NOT NULL, n_requests INTEGER NOT NULL, n_bytes INTEGER NOT NULL)""",
    """CREATE TABLE changes (
        refresh_id INTEGER NOT NULL, nct_id TEXT NOT NULL, kind TEXT NOT NULL, successor TEXT, packed_before BLOB,
        PRIMARY KEY (refresh_id, nct_id))""",
    # Words to studies; the texts themselves are in `records`.
    "CREATE TABLE search_rows (row INTEGER PRIMARY KEY, nct_id TEXT NOT NULL)",
)
SEARCH_TABLES = (
    """CREATE VIRTUAL TABLE search USING fts5(
        title, names, body, content='', tokenize="unicode61 remove_diacritics 2")""",
    "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, row)",
)


def create_schema(db: sqlite3.Connection) -> None:
    """Lay out an empty store within the caller's transaction."""
    for statement in (*TABLES, *SEARCH_TABLES):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def check_schema(db: sqlite3.Connection) -> None:
    """`StoreDamaged` unless this is a store of ours and of this version; `details["found"]` says which it is."""
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise StoreDamaged("This file is not a store of trialfinder.", found="foreign")
    if version > SCHEMA_VERSION:
        raise StoreDamaged("A newer trialfinder made this store: update the program.", found="newer", version=version)
    if version < SCHEMA_VERSION:
        raise StoreDamaged(
            "An older trialfinder made this store: run `trialfinder rebuild`.", found="older", version=version
        )
