"""What derived data depend on: change a rule, a vocabulary or a table, and they are derived anew."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["reader_version", "tables_version"]

READING = ("trialfinder.eligibility", "trialfinder.vocab")
DERIVING = (*READING, "trialfinder.tables")
SUFFIXES = (".py", ".csv", ".toml")


@cache
def reader_version() -> str:
    """Changes with everything that the reading of criteria depends on."""
    return _digest(READING)


@cache
def tables_version() -> str:
    """Changes with everything that the derived tables depend on."""
    return _digest(DERIVING)


def _digest(packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for file in _sources(files(package)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(SUFFIXES):
            yield entry
