"""The raw records in the store, and what is known of each beside its text."""

import sqlite3
from collections.abc import Iterable, Iterator

from trialfinder.errors import StoreDamaged
from trialfinder.store.blobs import unpack
from trialfinder.store.state import KnownFacts, RecordState

__all__ = ["iter_records", "load_aliases", "load_known_facts", "load_record", "load_states"]


def load_states(db: sqlite3.Connection) -> dict[str, RecordState]:
    """Every stored study as the index knows it."""
    rows = db.execute("SELECT nct_id, last_update_date, overall_status, left_date FROM records ORDER BY nct_id")
    return {nct_id: RecordState(*state) for nct_id, *state in rows}


def load_record(db: sqlite3.Connection, nct_id: str) -> bytes | None:
    """The record of a study as the registry sent it; None where the store does not have it."""
    row = db.execute("SELECT packed FROM records WHERE nct_id = ?", (nct_id,)).fetchone()
    return _unpacked(nct_id, row[0]) if row else None


def iter_records(db: sqlite3.Connection, nct_ids: Iterable[str] | None = None) -> Iterator[bytes]:
    """These records in the order asked for, unknown ones left out; all of them by NCT number where none are named."""
    if nct_ids is None:
        for nct_id, packed in db.execute("SELECT nct_id, packed FROM records ORDER BY nct_id"):
            yield _unpacked(nct_id, packed)
        return
    for nct_id in nct_ids:
        if (raw := load_record(db, nct_id)) is not None:
            yield raw


def load_aliases(db: sqlite3.Connection) -> dict[str, str]:
    """Older NCT numbers, and the study that each one leads to now."""
    return dict(db.execute("SELECT alias, nct_id FROM aliases").fetchall())


def load_known_facts(db: sqlite3.Connection, nct_ids: Iterable[str] | None = None) -> dict[str, KnownFacts]:
    """What was read of these studies; of every one where none are named."""
    sql = "SELECT nct_id, source_hash, reader_version, packed FROM facts"
    if nct_ids is None:
        rows = db.execute(sql).fetchall()
    else:
        rows = [row for nct_id in nct_ids for row in db.execute(f"{sql} WHERE nct_id = ?", (nct_id,))]
    return {nct_id: KnownFacts(*known) for nct_id, *known in rows}


def _unpacked(nct_id: str, packed: bytes) -> bytes:
    try:
        return unpack(packed)
    except StoreDamaged as error:
        raise StoreDamaged(f"{nct_id}: {error.message}", nct_id=nct_id) from error
