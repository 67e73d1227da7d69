"""One pull becomes the store's new state: everything in one transaction, or nothing."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from trialfinder.store.blobs import pack
from trialfinder.store.connection import connect_writer, store_errors, transaction
from trialfinder.store.derive import Derived, Earlier, Progress, derive
from trialfinder.store.earlier import is_derived_by_us, load_earlier
from trialfinder.store.files import remove_store, side_path
from trialfinder.store.frames import write_frame
from trialfinder.store.history import Refresh, forget_changes, load_refreshes
from trialfinder.store.meta import write_meta
from trialfinder.store.records import load_aliases, load_known_facts, load_record, load_states
from trialfinder.store.schema import check_schema, create_schema
from trialfinder.store.search import write_search
from trialfinder.store.settings import keep_changes_days
from trialfinder.store.state import Difference, PackedBodies, Pull, difference
from trialfinder.store.versions import reader_version, tables_version
from trialfinder.tables import aliases_of

__all__ = ["Published", "publish", "publish_into", "quiet", "write_derived"]


class Published(NamedTuple):
    """The refresh as it stands in the history now, and what was odd in the records."""

    refresh: Refresh
    problems: tuple[object, ...] = ()


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def publish(path: Path, pull: Pull, on_progress: Progress = quiet) -> Published:
    """Make the pull the state of the store at `path`, creating it where there is none. The caller holds the lock."""
    with store_errors(path):
        if path.exists():
            return _published_at(path, pull, on_progress)
        side = side_path(path)  # a first pull that is killed leaves no store behind, rather than half of one
        remove_store(side)
        try:
            published = _published_at(side, pull, on_progress)
            side.replace(path)
        finally:
            remove_store(side)
        return published


def _published_at(path: Path, pull: Pull, on_progress: Progress) -> Published:
    db = connect_writer(path)
    try:
        return publish_into(db, pull, on_progress)
    finally:
        db.close()


def publish_into(db: sqlite3.Connection, pull: Pull, on_progress: Progress = quiet) -> Published:
    """The same over an open connection. Deriving takes long and needs no lock; writing is one transaction."""
    is_first = _is_empty(db)
    if not is_first:
        check_schema(db)
    found = difference({}, pull.index) if is_first else _real_difference(db, pull)
    derived = _derived(db, pull, found, on_progress, is_first=is_first)
    on_progress("publish", 0, 1)
    with transaction(db):
        if is_first:
            create_schema(db)
        refresh = _write_refresh(db, pull, found)
        if derived is not None:
            _write_aliases(db, pull, found, derived)
            write_derived(db, derived)
        _write_records(db, pull, found, refresh.refresh_id, is_first=is_first)
        write_meta(db, _meta(pull, refresh))
        _forget(db, pull.refreshed_at, keep_changes_days())
    on_progress("publish", 1, 1)
    return Published(refresh, derived.problems if derived else ())


def write_derived(db: sqlite3.Connection, derived: Derived) -> None:
    """Put the derived tables, facts and search index in the place of the old ones, within the caller's transaction."""
    for name, frame in derived.frames.items():
        write_frame(db, name, frame)
    db.executemany("REPLACE INTO facts VALUES (?, ?, ?, ?)", ((n, *known) for n, known in derived.facts.items()))
    write_search(db, derived.frames)
    studies, sites = derived.frames["studies"], derived.frames["sites"]
    stays = studies["nct_id"][studies["left_date"].isna()]
    counts = {
        "n_studies": len(stays),
        "n_left": len(studies) - len(stays),
        "n_sites": int(sites["nct_id"].isin(stays).sum()),
    }
    versions = {"reader_version": reader_version(), "tables_version": tables_version()}
    write_meta(db, {**counts, **versions}, is_new_state=True)


def _is_empty(db: sqlite3.Connection) -> bool:
    (count,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(count == 0)


def _real_difference(db: sqlite3.Connection, pull: Pull) -> Difference:
    """As the index says, and what a full pull found changed although date and status are the same."""
    found = difference(load_states(db), pull.index)
    others = [nct_id for nct_id in pull.bodies if nct_id not in found.due and nct_id in pull.index]
    silent = [nct_id for nct_id in others if load_record(db, nct_id) != pull.bodies[nct_id]]
    return Difference(found.new, tuple(sorted((*found.changed, *silent))), found.left, found.back)


def _derived(
    db: sqlite3.Connection, pull: Pull, found: Difference, on_progress: Progress, *, is_first: bool
) -> Derived | None:
    """What the refresh makes of the tables; None where they stay as they are."""
    is_ours = not is_first and is_derived_by_us(db)
    if is_ours and not found:
        return None
    states = {} if is_first else load_states(db)
    earlier = load_earlier(db, found.due) if is_ours else Earlier(facts={} if is_first else load_known_facts(db))
    due = frozenset(found.due)
    left = {n: state.left_date for n, state in states.items() if state.left_date and n not in due}
    left |= dict.fromkeys(found.left, pull.data_timestamp[:10])

    def load(nct_id: str) -> bytes:
        return pull.bodies[nct_id] if nct_id in due else load_record(db, nct_id) or b""

    return derive(sorted(due if earlier.frames else due | states.keys()), load, earlier, left, on_progress)


def _write_refresh(db: sqlite3.Connection, pull: Pull, found: Difference) -> Refresh:
    number = 1 + max((refresh.refresh_id for refresh in load_refreshes(db)), default=0)
    counts = (len(pull.index), len(found.new), len(found.changed), len(found.left), len(found.back))
    times = (pull.refreshed_at, pull.data_timestamp, pull.api_version)
    refresh = Refresh(number, *times, *counts, pull.n_requests, pull.n_bytes)
    marks = ", ".join("?" * len(Refresh.__slots__))
    row = [getattr(refresh, name) for name in Refresh.__slots__]
    db.execute(f"INSERT INTO refreshes ({', '.join(Refresh.__slots__)}) VALUES ({marks})", row)  # noqa: S608 - our own names
    return refresh


def _write_records(db: sqlite3.Connection, pull: Pull, found: Difference, number: int, *, is_first: bool) -> None:
    if not is_first:
        _write_changes(db, found, number)
    rows = ((n, *pull.index[n][1:], _packed(pull.bodies, n)) for n in found.due)
    db.executemany("REPLACE INTO records VALUES (?, ?, ?, NULL, ?)", rows)
    day = pull.data_timestamp[:10]
    db.executemany("UPDATE records SET left_date = ? WHERE nct_id = ?", ((day, n) for n in found.left))


def _packed(bodies: Mapping[str, bytes], nct_id: str) -> bytes:
    return bodies.packed(nct_id) if isinstance(bodies, PackedBodies) else pack(bodies[nct_id])


def _write_aliases(db: sqlite3.Connection, pull: Pull, found: Difference, derived: Derived) -> None:
    """Of the few studies that have any."""
    studies = derived.frames["studies"]
    having = set(found.due) & set(studies["nct_id"][studies["aliases"].notna()])
    rows = ((alias, nct_id) for nct_id in sorted(having) for alias in aliases_of(pull.bodies[nct_id]))
    db.executemany("REPLACE INTO aliases VALUES (?, ?)", rows)


def _write_changes(db: sqlite3.Connection, found: Difference, number: int) -> None:
    """Before the records change: what each one was."""
    successors = load_aliases(db)
    new = ((number, n, "new", None, None) for n in found.new)
    left = ((number, n, "left", successors.get(n), None) for n in found.left)
    db.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?)", (*new, *left))
    _write_befores(db, number, "changed", found.changed)
    _write_befores(db, number, "back", found.back)


def _write_befores(db: sqlite3.Connection, number: int, kind: str, nct_ids: Iterable[str]) -> None:
    sql = "INSERT INTO changes SELECT ?, nct_id, ?, NULL, packed FROM records WHERE nct_id = ?"
    db.executemany(sql, ((number, kind, nct_id) for nct_id in nct_ids))


def _forget(db: sqlite3.Connection, refreshed_at: str, n_days: int | None) -> None:
    """Let go of the history from before so many days; None keeps all of it."""
    if n_days is not None:
        forget_changes(db, (datetime.fromisoformat(refreshed_at) - timedelta(days=n_days)).isoformat())


def _meta(pull: Pull, refresh: Refresh) -> dict[str, object]:
    return {
        "data_timestamp": pull.data_timestamp,
        "refreshed_at": pull.refreshed_at,
        "api_version": pull.api_version,
        "is_demo": int(pull.is_demo),
        "refresh_id": refresh.refresh_id,
    }
