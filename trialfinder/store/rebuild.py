"""Deriving everything anew from the raw records; out of a damaged store, from those that can still be read."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trialfinder.errors import NoStoreError, StoreDamaged
from trialfinder.store.blobs import unpack
from trialfinder.store.connection import connect_reader, connect_writer, store_errors, transaction
from trialfinder.store.derive import Earlier, Progress, derive
from trialfinder.store.files import remove_store, set_aside, side_path
from trialfinder.store.lock import refresh_lock
from trialfinder.store.meta import write_meta
from trialfinder.store.publish import quiet, write_derived
from trialfinder.store.records import load_known_facts, load_record, load_states
from trialfinder.store.schema import check_schema, create_schema
from trialfinder.store.state import KnownFacts
from trialfinder.store.store import Store

__all__ = ["Rebuilt", "rebuild"]

NOTHING = "Nothing of the store can be read any more: run `trialfinder refresh` to fetch it anew."
KEPT = ("records", "aliases", "refreshes", "changes", "meta")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many studies the store has now. `set_aside` is where a damaged store was moved, None where none was."""

    n_studies: int
    set_aside: Path | None = None


def rebuild(path: Path, on_progress: Progress = quiet) -> Rebuilt:
    """Derive all tables, facts and the search index anew, without the network.

    A store that is damaged or of an older version is set aside, and what can be read of it becomes a new one.
    `NoStoreError` where there is none, `StoreDamaged` where nothing can be read or a newer program made it.
    """
    if not path.exists():
        raise NoStoreError(f"There is no local store to rebuild ({path}): run `trialfinder refresh`.", path=path)
    with refresh_lock(path), store_errors(path):
        if _is_whole(path):
            return Rebuilt(_derive_in(path, on_progress))
        return _saved(path, on_progress)


def _is_whole(path: Path) -> bool:
    """Whether the store itself can be written anew: right version, and every record readable."""
    try:
        with Store.open(path) as store:
            return all(True for _ in store.load_records())
    except StoreDamaged as error:
        if error.details.get("found") in {"newer", "foreign"}:
            raise
        return False


def _derive_in(path: Path, on_progress: Progress) -> int:
    db = connect_writer(path)
    try:
        check_schema(db)
        return _derived_again(db, on_progress)
    finally:
        db.close()


def _derived_again(db: sqlite3.Connection, on_progress: Progress) -> int:
    states = load_states(db)
    left = {nct_id: state.left_date for nct_id, state in states.items() if state.left_date}
    earlier = Earlier(facts=_known(db))
    derived = derive(list(states), lambda nct_id: load_record(db, nct_id) or b"", earlier, left, on_progress)
    with transaction(db):
        write_derived(db, derived)
    return len(states)


def _known(db: sqlite3.Connection) -> dict[str, KnownFacts]:
    try:
        return load_known_facts(db)
    except sqlite3.DatabaseError:
        return {}  # damaged: then everything is read again


def _saved(path: Path, on_progress: Progress) -> Rebuilt:
    side = side_path(path)
    remove_store(side)
    try:
        n_studies = _save_into(side, path, on_progress)
        aside = set_aside(path, datetime.now(UTC))
        side.replace(path)
    finally:
        remove_store(side)
    return Rebuilt(n_studies, aside)


def _save_into(side: Path, path: Path, on_progress: Progress) -> int:
    """A new store at `side`, of what can be read of the damaged one."""
    try:
        old = connect_reader(path)
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(NOTHING, path=path) from error
    new = connect_writer(side)
    try:
        with transaction(new):
            create_schema(new)
            for table in KEPT:
                _copy(old, new, table)
            _mend_meta(new)
        return _derived_again(new, on_progress)
    finally:
        old.close()
        new.close()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> None:
    names = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(names))
    sql = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"  # noqa: S608 - our own names
    for row in _readable(old, f"SELECT {', '.join(names)} FROM {table}"):  # noqa: S608 - our own names
        new.execute(sql, row)


def _readable(old: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows up to the damage, from both ends; a row with a damaged piece is left out."""
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.DatabaseError):
            for row in old.execute(f"{sql} ORDER BY 1 {order}"):
                if all(_is_sound(cell) for cell in row):
                    yield row


def _is_sound(cell: object) -> bool:
    with contextlib.suppress(StoreDamaged):
        return not isinstance(cell, bytes) or unpack(cell) is not None
    return False


def _mend_meta(new: sqlite3.Connection) -> None:
    """The values that every store has, as far as the rest says them, and the records there must be."""
    count, latest = new.execute("SELECT count(*), max(last_update_date) FROM records").fetchone()
    if not count:
        raise StoreDamaged(NOTHING)
    row = new.execute(
        "SELECT data_timestamp, refreshed_at, api_version, refresh_id FROM refreshes ORDER BY refresh_id DESC"
    ).fetchone()
    names = ("data_timestamp", "refreshed_at", "api_version", "refresh_id")
    usual = {**dict(zip(names, row or (latest, latest, None, 0), strict=True)), "is_demo": 0}
    have = {key for (key,) in new.execute("SELECT key FROM meta")}
    write_meta(new, {key: value for key, value in usual.items() if key not in have})
