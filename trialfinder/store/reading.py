"""Reading the criteria of many studies: what was read before is kept, the rest is spread over the cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from trialfinder.eligibility.reader import read_eligibility
from trialfinder.model import StudySource
from trialfinder.store.facts import encode_facts, source_hash
from trialfinder.store.state import KnownFacts
from trialfinder.store.versions import reader_version

__all__ = ["Pending", "Reading"]

MANY = 600
"""From so many studies on, starting processes costs less than it saves."""

CHUNK = 25

OnRead = Callable[[], None]


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
        """Begin to read those studies whose text or reader has changed; the rest is known."""
        pending = Pending(reader_version())
        for source in sources:
            fresh = source_hash(source)
            old = known.get(source.nct_id)
            if old and (old.source_hash, old.reader_version) == (fresh, pending.version):
                pending.facts[source.nct_id] = old
            else:
                pending.due.append((source, fresh))
        pending.results = self.packed([source for source, _ in pending.due])
        return pending

    def packed(self, sources: Sequence[StudySource]) -> Iterator[bytes]:
        """The packed facts of the studies, in their order; processes begin with them at once."""
        begun = self._pool.map(_read_one, sources, chunksize=CHUNK) if self._pool else iter(())
        return self._all(begun, sources)

    def _all(self, begun: Iterator[bytes], sources: Sequence[StudySource]) -> Iterator[bytes]:
        n_done = 0
        try:
            for packed in begun:
                n_done += 1
                yield packed
        except BrokenProcessPool:
            self._pool = None  # a system that lets no process start, or killed one: go on alone
        yield from map(_read_one, sources[n_done:])


@dataclass(slots=True)
class Pending:
    """Studies that are being read, and what is known of the others."""

    version: str
    due: list[tuple[StudySource, bytes]] = field(default_factory=list)
    facts: dict[str, KnownFacts] = field(default_factory=dict)
    results: Iterator[bytes] = field(default_factory=lambda: iter(()))

    def collect(self, on_read: OnRead) -> dict[str, KnownFacts]:
        """The facts of all of them by NCT number."""
        for _ in self.facts:
            on_read()
        for (source, fresh), packed in zip(self.due, self.results, strict=True):
            self.facts[source.nct_id] = KnownFacts(fresh, self.version, packed)
            on_read()
        return self.facts


def _read_one(source: StudySource) -> bytes:
    return encode_facts(read_eligibility(source))
