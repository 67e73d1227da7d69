"""Reading the criteria of many studies: what was read before is kept, the rest is spread over the cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from trialfinder.eligibility.reader import read_study
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import StudySource
from trialfinder.store.facts import encode_facts, hash_of, packed_source
from trialfinder.store.state import KnownFacts
from trialfinder.store.versions import reader_version
from trialfinder.tables.criterion_rows import CriterionRow, criterion_rows
from trialfinder.vocab import load_vocabulary

__all__ = ["Collected", "Pending", "Read", "Reading", "Task"]

MANY = 600
"""From so many studies on, starting processes costs less than it saves."""

CHUNK = 25

OnRead = Callable[[], None]


class Task(NamedTuple):
    """A study as the store packs what may be read of it, and whether its facts are to be read."""

    source: bytes
    is_due: bool


class Read(NamedTuple):
    """The packed facts of a study, None where they are known, and the packed rows of its criteria."""

    facts: bytes | None
    rows: bytes


class Reading:
    """Reads studies, many of them by processes that live as long as this context manager."""

    def __init__(self, n_studies: int) -> None:
        """So many studies may have to be read in all."""
        spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of an app
        self._pool = ProcessPoolExecutor(mp_context=spawn) if n_studies >= MANY and (os.cpu_count() or 1) > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, sources: Iterable[StudySource], known: Mapping[str, KnownFacts]) -> "Pending":
        """Begin to read those studies whose text or reader has changed; of the rest only the rows are made."""
        pending = Pending(reader_version())
        tasks = []
        for source in sources:
            packed = packed_source(source)
            old, fresh = known.get(source.nct_id), hash_of(packed)
            is_known = old is not None and (old.source_hash, old.reader_version) == (fresh, pending.version)
            pending.due.append((source.nct_id, fresh, old if is_known else None))
            tasks.append(Task(packed, not is_known))
        pending.results = self.read(tasks)
        return pending

    def read(self, tasks: Sequence[Task]) -> Iterator[Read]:
        """What the tasks give, in their order; processes begin with them at once."""
        begun = self._pool.map(_read_one, tasks, chunksize=CHUNK) if self._pool else iter(())
        return self._all(begun, tasks)

    def _all(self, begun: Iterator[Read], tasks: Sequence[Task]) -> Iterator[Read]:
        n_done = 0
        try:
            for read in begun:
                n_done += 1
                yield read
        except BrokenProcessPool:
            self._pool = None  # a system that lets no process start, or killed one: go on alone
        yield from map(_read_one, tasks[n_done:])


class Collected(NamedTuple):
    """The facts of some studies by NCT number, and the rows of their criteria in the order of the studies."""

    facts: dict[str, KnownFacts]
    rows: list[tuple[str, list[CriterionRow]]]


@dataclass(slots=True)
class Pending:
    """Studies that are being read: NCT number, hash of the text, and what is known of the facts."""

    version: str
    due: list[tuple[str, bytes, KnownFacts | None]] = field(default_factory=list)
    results: Iterator[Read] = field(default_factory=lambda: iter(()))

    def collect(self, on_read: OnRead) -> Collected:
        """What was read of all of them."""
        found = Collected({}, [])
        for (nct_id, fresh, known), read in zip(self.due, self.results, strict=True):
            found.facts[nct_id] = known or KnownFacts(fresh, self.version, read.facts or b"")
            found.rows.append((nct_id, _rows.decode(read.rows)))
            on_read()
        return found


_source = msgspec.msgpack.Decoder(StudySource)
_rows = msgspec.msgpack.Decoder(list[CriterionRow])


def _read_one(task: Task) -> Read:
    """One parse of the text gives both."""
    study = StudyText(_source.decode(task.source), load_vocabulary())
    facts = encode_facts(read_study(study)) if task.is_due else None
    return Read(facts, msgspec.msgpack.encode(criterion_rows(study.criteria)))
