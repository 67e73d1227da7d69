"""STORE.partial: the studies that a refresh has fetched so far, so that a cut-off one goes on where it stopped."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from trialfinder.errors import StoreDamaged
from trialfinder.store.blobs import pack, unpack
from trialfinder.store.connection import store_errors, transaction
from trialfinder.store.state import PackedBodies

__all__ = ["Partial"]

LAYOUT = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE bodies (nct_id TEXT PRIMARY KEY, packed BLOB NOT NULL)",
)


class Partial(PackedBodies):
    """The fetched studies by NCT number. `token` is the next page of a first pull that was cut off."""

    def __init__(self, store: Path) -> None:
        """Nothing is opened yet."""
        self.path = store.with_name(store.name + ".partial")
        self._db: sqlite3.Connection | None = None

    def begin(self, key: str, is_good: Callable[[str, bytes], bool]) -> frozenset[str]:
        """Go on with what was fetched under the same key (search and data timestamp), throw anything else away.

        Returns the numbers of what is here; a record that is not as it should be does not stay.
        """
        self.close()
        with store_errors(self.path):
            try:
                return self._resumed(key, is_good)
            except (sqlite3.DatabaseError, StoreDamaged, FileNotFoundError):
                self._create(key)
                return frozenset()

    def add(self, bodies: Iterable[tuple[str, bytes]], token: str | None = None) -> None:
        """Keep these studies, and where the next ones are."""
        with store_errors(self.path), transaction(self._open):
            packed = [(nct_id, pack(raw)) for nct_id, raw in bodies]
            self._open.executemany("REPLACE INTO bodies VALUES (?, ?)", packed)
            self._open.execute("REPLACE INTO meta VALUES ('token', ?)", (token,))

    @property
    def token(self) -> str | None:
        """Where a first pull goes on; None at its beginning."""
        row = self._open.execute("SELECT value FROM meta WHERE key = 'token'").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Let go of the file; what was fetched stays for the next time."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def discard(self) -> None:
        """Remove what was fetched."""
        self.close()
        with store_errors(self.path):
            for suffix in ("", "-journal", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def packed(self, nct_id: str) -> bytes:
        """The record as it lies here."""
        row = self._open.execute("SELECT packed FROM bodies WHERE nct_id = ?", (nct_id,)).fetchone()
        if row is None:
            raise KeyError(nct_id)
        packed: bytes = row[0]
        return packed

    def __getitem__(self, nct_id: str) -> bytes:
        return unpack(self.packed(nct_id))

    def __iter__(self) -> Iterator[str]:
        return iter([row[0] for row in self._open.execute("SELECT nct_id FROM bodies ORDER BY nct_id")])

    def __len__(self) -> int:
        (count,) = self._open.execute("SELECT count(*) FROM bodies").fetchone()
        return int(count)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            raise RuntimeError("begin() comes first")
        return self._db

    def _resumed(self, key: str, is_good: Callable[[str, bytes], bool]) -> frozenset[str]:
        if not self.path.exists():
            raise FileNotFoundError(self.path)
        self._db = _connect(self.path)
        if self._open.execute("SELECT value FROM meta WHERE key = 'key'").fetchone() != (key,):
            raise StoreDamaged("This was fetched for another search, or from other data.")
        bad = [(nct_id,) for nct_id in self if not is_good(nct_id, self[nct_id])]
        with transaction(self._open):
            self._open.executemany("DELETE FROM bodies WHERE nct_id = ?", bad)
        return frozenset(self)

    def _create(self, key: str) -> None:
        self.discard()
        self._db = _connect(self.path)
        with transaction(self._open):
            for statement in LAYOUT:
                self._open.execute(statement)
            self._open.execute("INSERT INTO meta VALUES ('key', ?)", (key,))


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA synchronous = OFF")  # lost at a power cut: then it is fetched again
    return db
