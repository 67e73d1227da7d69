"""The store's files: the file itself with SQLite's logs, the one it grows in, and where a damaged one goes."""

from datetime import datetime
from pathlib import Path

__all__ = ["remove_store", "set_aside", "side_path"]

LOGS = ("-wal", "-shm", "-journal")


def side_path(store: Path) -> Path:
    """Where a new store is built before it takes its place."""
    return store.with_name(store.name + ".new")


def remove_store(path: Path) -> None:
    """Remove the file and its logs, where they are."""
    for suffix in ("", *LOGS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def set_aside(path: Path, now: datetime) -> Path:
    """Move a store that cannot be used out of the way, keeping it; says where it is now."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    for suffix in ("", *LOGS):
        source = path.with_name(path.name + suffix)
        if source.exists():
            source.replace(aside.with_name(aside.name + suffix))
    return aside
