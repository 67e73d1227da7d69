"""STORE.partial: the studies that a refresh has fetched so far, so that a cut-off one goes on where it stopped."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from trialfinder.store.blobs import pack, unpack
from trialfinder.store.connection import store_errors, transaction

__all__ = ["Partial"]

LAYOUT = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE bodies (nct_id TEXT PRIMARY KEY, packed BLOB NOT NULL)",
)


class Partial(Mapping[str, bytes]):
    """The fetched studies by NCT number. `token` is the next page of a first pull that was cut off."""

    def __init__(self, store: Path) -> None:
        """Nothing is opened yet."""
        self.path = store.with_name(store.name + ".partial")
        self._db: sqlite3.Connection | None = None

    def begin(self, key: str) -> None:
        """Go on with what was fetched under the same key (search and data timestamp); throw anything else away."""
        with store_errors(self.path):
            self._db = self._opened(key) or self._created(key)

    def add(self, bodies: Iterable[tuple[str, bytes]], token: str | None = None) -> None:
        """Keep these studies, and where the next ones are."""
        with store_errors(self.path), transaction(self._open):
            packed = [(nct_id, pack(raw)) for nct_id, raw in bodies]
            self._open.executemany("REPLACE INTO bodies VALUES (?, ?)", packed)
            self._open.execute("REPLACE INTO meta VALUES ('token', ?)", (token,))

    def keep_only(self, is_good: Callable[[str, bytes], bool]) -> frozenset[str]:
        """Throw away what is not as it should be; the numbers of what stays."""
        with store_errors(self.path):
            bad = [nct_id for nct_id in self if not is_good(nct_id, self[nct_id])]
            with transaction(self._open):
                self._open.executemany("DELETE FROM bodies WHERE nct_id = ?", ((nct_id,) for nct_id in bad))
            return frozenset(self)

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

    def __getitem__(self, nct_id: str) -> bytes:
        row = self._open.execute("SELECT packed FROM bodies WHERE nct_id = ?", (nct_id,)).fetchone()
        if row is None:
            raise KeyError(nct_id)
        return unpack(row[0])

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

    def _opened(self, key: str) -> sqlite3.Connection | None:
        """The file of an earlier try, if it is ours, whole and under this key."""
        if not self.path.exists():
            return None
        db = _connect(self.path)
        with contextlib.suppress(sqlite3.DatabaseError):
            if db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone() == (key,):
                return db
        db.close()
        return None

    def _created(self, key: str) -> sqlite3.Connection:
        self.discard()
        db = _connect(self.path)
        try:
            with transaction(db):
                for statement in LAYOUT:
                    db.execute(statement)
                db.execute("INSERT INTO meta VALUES ('key', ?)", (key,))
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA synchronous = OFF")  # lost at a power cut: then it is fetched again
    return db
