"""Only one refresh or rebuild at a time, over all processes; the system gives the lock back when a process dies."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from trialfinder.errors import CannotWrite, RefreshRunning
from trialfinder.store.connection import make_folder, store_errors
from trialfinder.store.settings import is_read_only

__all__ = ["refresh_lock"]


@contextlib.contextmanager
def refresh_lock(store: Path) -> Iterator[None]:
    """Hold the right to change the store; `RefreshRunning` where another holds it, `CannotWrite` where none may."""
    if is_read_only():
        raise CannotWrite(f"TRIALFINDER_READ_ONLY is set: {store} is not changed from here.", path=store)
    make_folder(store)
    path = store.with_name(store.name + ".lock")
    with store_errors(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not there

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise RefreshRunning(f"Another refresh is running ({path}): wait until it is done.", path=path) from error
