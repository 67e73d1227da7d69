"""Files that are whole or not there: written beside their place, then moved."""

import os
import tempfile
from pathlib import Path

from trialfinder.errors import CannotWrite


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one motion; nothing half-written stays. Raises CannotWrite, which says why.

    What is no plain file (`/dev/stdout`, a pipe) is written to, and never put another in its place.
    """
    if path.exists() and not path.is_file():
        _write_through(path, content)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _cannot(path, error) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _cannot(path: Path, error: OSError) -> CannotWrite:
    reason = error.strerror or str(error)
    return CannotWrite(f"Cannot write {path}: {reason}. Choose another file or folder.", path=str(path), reason=reason)
