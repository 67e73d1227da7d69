"""One slice to one partition of each table: the same code path as the store's."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trialfinder.bulk.slices import Slice, read_slice
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.errors import UnexpectedRecord
from trialfinder.model import EligibilityFacts
from trialfinder.store.versions import tables_version
from trialfinder.tables import build_facts, build_source, build_tables

TABLES = ("studies", "sites", "facts")


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished partition holds; its file says that the partition is whole. `problems` are odd records."""

    number: int
    n_studies: int
    n_sites: int
    n_facts: int
    version: str = field(default_factory=tables_version)
    problems: list[list[str | None]] = field(default_factory=list)


def write_partition(part: Slice, folder: str) -> Done:
    """Read a slice and write its partition of every table; calling it again writes the same files."""
    records = list(read_slice(part))
    tables = build_tables(records)
    problems: list[list[str | None]] = [[item.nct_id, item.path, item.what] for item in tables.problems]
    facts = build_facts(_facts(records, problems))
    frames = {"studies": tables.studies, "sites": tables.sites, "facts": facts}
    for name in TABLES:
        target = Path(folder) / name / f"part-{part.number:05}.parquet"
        _write_whole(target, pa.Table.from_pandas(frames[name], preserve_index=False))
    done = Done(part.number, len(tables.studies), len(tables.sites), len(facts), problems=problems)
    mark(folder, done)
    return done


def _facts(records: list[bytes], problems: list[list[str | None]]) -> Iterator[EligibilityFacts]:
    for raw in records:
        try:
            source = build_source(raw)
        except UnexpectedRecord as error:
            problems.append([None, "", error.message])
            continue
        yield read_eligibility(source)


def _write_whole(target: Path, table: pa.Table) -> None:
    """The file is there whole or not at all, also where two workers write the same one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}.part")
    pq.write_table(table, temporary, compression="zstd")
    temporary.replace(target)


def mark_path(folder: str, number: int) -> Path:
    """Where a finished partition is marked."""
    return Path(folder) / "_done" / f"part-{number:05}.json"


def mark(folder: str, done: Done) -> None:
    """Say that a partition is whole."""
    path = mark_path(folder, done.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.part")
    temporary.write_text(json.dumps(asdict(done)), "utf-8")
    temporary.replace(path)


def finished(folder: str, number: int) -> Done | None:
    """The mark of a partition that is whole and was made by these readers and tables; None where it is to be made."""
    try:
        done = Done(**json.loads(mark_path(folder, number).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return done if done.version == tables_version() else None
