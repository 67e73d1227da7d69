"""Reading the criteria of many studies: what was read before is kept, the rest is spread over the cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from trialfinder.eligibility.reader import read_eligibility
from trialfinder.model import StudySource
from trialfinder.store.facts import encode_facts, source_hash
from trialfinder.store.state import KnownFacts
from trialfinder.store.versions import reader_version

__all__ = ["read_all"]

MANY = 300
"""From so many studies on, starting processes costs less than it saves."""

CHUNK = 25

OnProgress = Callable[[int, int], None]


def read_all(
    sources: Iterable[StudySource], known: Mapping[str, KnownFacts], on_progress: OnProgress
) -> dict[str, KnownFacts]:
    """The facts of the studies by NCT number; only those are read whose text or reader has changed."""
    version, due, facts = reader_version(), [], {}
    for source in sources:
        fresh = source_hash(source)
        old = known.get(source.nct_id)
        if old and (old.source_hash, old.reader_version) == (fresh, version):
            facts[source.nct_id] = old
        else:
            due.append((source, fresh))
    read = _read_packed([source for source, _ in due])
    for done, ((source, fresh), packed) in enumerate(zip(due, read, strict=True), 1):
        facts[source.nct_id] = KnownFacts(fresh, version, packed)
        on_progress(done, len(due))
    return facts


def _read_packed(sources: Sequence[StudySource]) -> Iterator[bytes]:
    n_done = 0
    if len(sources) >= MANY and (os.cpu_count() or 1) > 1:
        try:
            for packed in _read_by_processes(sources):
                n_done += 1
                yield packed
        except BrokenProcessPool:
            pass  # a system that lets no process start, or killed one: go on alone
    yield from map(_read_one, sources[n_done:])


def _read_by_processes(sources: Sequence[StudySource]) -> Iterator[bytes]:
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of an app
    with ProcessPoolExecutor(mp_context=spawn) as pool:
        yield from pool.map(_read_one, sources, chunksize=CHUNK)


def _read_one(source: StudySource) -> bytes:
    return encode_facts(read_eligibility(source))
