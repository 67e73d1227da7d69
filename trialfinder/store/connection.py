"""SQLite connections to the store, and what SQLite's errors mean to a person."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from trialfinder.errors import CannotWrite, NoStoreError, RefreshRunning, StoreDamaged, TrialfinderError

__all__ = ["MEMORY", "connect_reader", "connect_writer", "make_folder", "reading_errors", "store_errors", "transaction"]

MEMORY = Path(":memory:")
BUSY_SECONDS = 30.0
SMALLEST = 512  # bytes: SQLite takes a smaller file for a new one
CANNOT_WRITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
BUG = frozenset({sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE})
DAMAGED = "the store is damaged. `trialfinder rebuild` saves what can be read, `refresh` fetches it anew."
PRIMARY = 0xFF  # the low byte of SQLite's extended error codes


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads; `NoStoreError` where there is no file, `StoreDamaged` where it is empty."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise NoStoreError(
            f"There is no local store yet ({path}): run `trialfinder refresh`, or add --demo.", path=path
        ) from error
    if size < SMALLEST:
        raise StoreDamaged(f"The store {path} is empty: run `trialfinder refresh` to fetch it anew.", path=path)
    try:
        return _connected(path, "mode=ro")
    except sqlite3.OperationalError:
        if _has_log(path):
            raise
        return _connected(path, "mode=ro&immutable=1")  # a folder without the right to write, and nobody writing


def connect_writer(path: Path) -> sqlite3.Connection:
    """A connection that may write, in write-ahead mode, creating the file where there is none."""
    uri = ":memory:" if path == MEMORY else f"file:{quote(str(path))}"
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    return db


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing. `BEGIN IMMEDIATE`, because a plain BEGIN between two writers fails when it first writes."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.OperationalError):  # SQLite has rolled back itself, as on a full disk
            db.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as ours, naming the file."""
    try:
        yield
    except StoreDamaged as error:
        if "path" in error.details:
            raise
        raise StoreDamaged(f"{path}: {error.message}", path=path, **error.details) from error
    except sqlite3.DatabaseError as error:
        raise _our_error(error, path) from error
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}.", path=path) from error


@contextlib.contextmanager
def reading_errors(path: Path) -> Iterator[None]:
    """The same while reading: whatever SQLite stumbles over then is damage, unless the file is not ours to read."""
    with store_errors(path):
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & PRIMARY
            if code in BUG | BUSY or not os.access(path, os.R_OK):
                raise
            raise StoreDamaged(f"{path}: {DAMAGED} (SQLite says: {error})", path=path) from error


def make_folder(path: Path) -> None:
    """The folders of a file, for us alone where we create them; a folder that is there stays as it is."""
    try:
        for folder in reversed([parent for parent in path.parents if not parent.exists()]):
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The folder {path.parent} cannot be made: {error.strerror}.", path=path.parent) from error


def _connected(path: Path, options: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?{options}"
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _has_log(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def _our_error(error: sqlite3.DatabaseError, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & PRIMARY in BUG:
        return error  # a bug of ours
    kind, text = _meaning(code & PRIMARY)
    return kind(f"{path}: {text} (SQLite says: {error})", path=path)


def _meaning(code: int) -> tuple[type[TrialfinderError], str]:
    if code in CANNOT_WRITE:
        return (
            CannotWrite,
            "the store cannot be written; nothing was changed. Is the disk full, or the folder read-only?",
        )
    if code in BUSY:
        return RefreshRunning, "another refresh is writing; try again when it is done."
    if code == sqlite3.SQLITE_IOERR:
        return CannotWrite, "the disk does not read or write; nothing was changed."
    return StoreDamaged, DAMAGED
