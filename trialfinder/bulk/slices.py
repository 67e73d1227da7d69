"""The input cut into slices that a worker reads by itself: members of a zip, or byte ranges of JSON lines."""

import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trialfinder.errors import UsageError

SLICE_STUDIES = 2_000
MOST_BYTES = 64 * 1024 * 1024  # a single study of the registry has 3.6 MB; more than this is no study
READ_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Slice:
    """Some studies of the input. `members` are names in a zip; else `start` and `end` are bytes of a file of lines."""

    number: int
    path: str
    members: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


def cut(path: Path, unpacked: Path, size: int = SLICE_STUDIES) -> Iterator[Slice]:
    """The slices of a zip of one JSON a study, or of JSON lines (also gzip, which is unpacked to `unpacked` first).

    Raises UsageError where the file cannot be read.
    """
    try:
        if zipfile.is_zipfile(path):
            yield from _cut_zip(path, size)
        else:
            yield from _cut_lines(_plain(path, unpacked), size)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path} cannot be read: {error}. Give a zip of studies, or JSON lines.") from error


def _cut_zip(path: Path, size: int) -> Iterator[Slice]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
    for number, first in enumerate(range(0, len(names), size)):
        yield Slice(number, str(path), members=tuple(names[first : first + size]))


def _plain(path: Path, unpacked: Path) -> Path:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    if not is_packed:
        return path
    if not unpacked.exists():
        with gzip.open(path) as source, tempfile.NamedTemporaryFile(dir=unpacked.parent, delete=False) as target:
            shutil.copyfileobj(source, target, READ_BYTES)
        Path(target.name).replace(unpacked)
    return unpacked


def _cut_lines(path: Path, size: int) -> Iterator[Slice]:
    with path.open("rb") as lines:
        number, start = 0, 0
        while True:
            n_lines = sum(1 for _ in zip(range(size), iter(lambda: lines.readline(MOST_BYTES), b""), strict=False))
            end = lines.tell()
            if not n_lines:
                return
            yield Slice(number, str(path), start=start, end=end)
            number, start = number + 1, end


def read_slice(part: Slice) -> Iterator[bytes]:
    """The studies of a slice as bytes, one after the other; blank lines are left out."""
    if part.members:
        with zipfile.ZipFile(part.path) as archive:
            for name in part.members:
                yield _member(archive, name)
        return
    with Path(part.path).open("rb") as lines:
        lines.seek(part.start)
        while lines.tell() < part.end:
            line = lines.readline(MOST_BYTES)
            if line.strip():
                yield line


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MOST_BYTES)
