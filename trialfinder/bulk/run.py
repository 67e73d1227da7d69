"""The whole registry on Dask: a few slices at a time on every worker, resumable partition by partition."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from trialfinder.bulk.slices import SLICE_STUDIES, Slice, cut
from trialfinder.errors import CannotWrite, RegistryUnavailable, UsageError

AHEAD = 2  # slices a worker has waiting: enough to keep it busy, few enough to bound the memory
CONNECT_SECONDS = 10
OnDone = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What a run did: totals over all partitions, how many of them were there already, how many records were odd."""

    n_studies: int
    n_sites: int
    n_facts: int
    n_partitions: int
    n_resumed: int
    n_problems: int


def bulk(
    source: Path,
    target: Path,
    *,
    scheduler: str | None = None,
    slice_studies: int = SLICE_STUDIES,
    on_done: OnDone = lambda done, studies: None,  # noqa: ARG005 - the names are the contract
) -> BulkResult:
    """Write `studies`, `sites` and `facts` of a whole archive as partitioned Parquet into `target`.

    `scheduler` is the address of a running Dask cluster whose workers see both paths; None starts processes on this
    machine. A run that was cut off goes on where it stopped. Odd records are listed in `problems.jsonl`.
    Raises UsageError without the extra [scale], or for an input that is another than the folder was begun with.
    """
    from trialfinder.bulk.partitions import Done, finished  # noqa: PLC0415 - tables are heavy

    folder = str(target.resolve())
    _begin(source, target, slice_studies)
    marks: dict[int, Done] = {}
    due: list[Slice] = []
    for part in cut(source.resolve(), target / "_input.jsonl", slice_studies):
        done = finished(folder, part.number)
        if done is None:
            due.append(part)
        else:
            marks[part.number] = done
    n_resumed = len(marks)
    for done in _run(due, folder, scheduler):
        marks[done.number] = done
        on_done(len(marks), sum(item.n_studies for item in marks.values()))
    return _finish(target, [marks[number] for number in sorted(marks)], n_resumed)


def _begin(source: Path, target: Path, slice_studies: int) -> None:
    """Hold the folder to one input: its size and date, and how it is cut."""
    try:
        about = source.stat()
        said = {"input": source.name, "bytes": about.st_size, "changed": about.st_mtime_ns, "slice": slice_studies}
        (target / "_done").mkdir(parents=True, exist_ok=True)
        note = target / "_input.json"
        if note.exists() and json.loads(note.read_text("utf-8")) != said:
            raise UsageError(f"{target} was begun with another input. Choose an empty folder.", path=str(target))
        note.write_text(json.dumps(said), "utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{source} is not there.", path=str(source)) from error
    except OSError as error:
        raise CannotWrite(f"Cannot write {target}: {error.strerror}. Choose another folder.") from error


def _run(due: list[Slice], folder: str, scheduler: str | None) -> Iterator[Any]:
    from trialfinder.bulk.partitions import write_partition  # noqa: PLC0415

    if not due:
        return
    with _client(scheduler) as client:
        from distributed import as_completed  # noqa: PLC0415 - only with the extra

        waiting = iter(due)
        n_ahead = AHEAD * max(1, len(client.scheduler_info()["workers"]))
        first = [client.submit(write_partition, part, folder, pure=False) for part in _take(waiting, n_ahead)]
        running = as_completed(first)
        for future in running:
            yield future.result()
            running.update(client.submit(write_partition, part, folder, pure=False) for part in _take(waiting, 1))


def _take(parts: Iterator[Slice], n: int) -> list[Slice]:
    return list(islice(parts, n))


@contextmanager
def _client(scheduler: str | None) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("bulk needs Dask: install trialfinder[scale].") from error
    if scheduler is None:
        with (
            LocalCluster(threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise RegistryUnavailable(f"No Dask scheduler answers at {scheduler}: {error}.") from error
    with client:
        yield client


def _finish(target: Path, marks: list[Any], n_resumed: int) -> BulkResult:
    lines = [json.dumps(problem) for done in marks for problem in done.problems]
    (target / "problems.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return BulkResult(
        n_studies=sum(done.n_studies for done in marks),
        n_sites=sum(done.n_sites for done in marks),
        n_facts=sum(done.n_facts for done in marks),
        n_partitions=len(marks),
        n_resumed=n_resumed,
        n_problems=len(lines),
    )
