"""Every row of the design's table: figure, goal, ratio to the physical limit measured in the same run.

python -m tests.benchmarks [--studies 8000]
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import httpx
import msgspec
import numpy as np

from tests.benchmarks import places
from tests.benchmarks.person import PROFILE
from tests.benchmarks.records import replica_apart
from tests.benchmarks.studies import generate
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.finder import Finder, Search, open_finder
from trialfinder.finder.refresh import refresh
from trialfinder.model import EligibilityFacts
from trialfinder.registry.settings import RegistrySettings
from trialfinder.store.facts import encode_facts
from trialfinder.store.reading import Read, Reading, Task
from trialfinder.tables import FIELDS, build_source

Row = tuple[str, str, str, str]


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", type=int, default=8000)
    n_studies = parser.parse_args().studies
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, {datetime.now(UTC):%Y-%m-%d}")
    for what, figure, goal, ratio in rows(n_studies):
        print(f"{what:62} {figure:>14} {goal:>16} {ratio}", flush=True)


def rows(n_studies: int) -> Iterator[Row]:
    """(what, figure, goal, ratio) for each row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store" / "trialfinder.sqlite"
        records = list(generate(n_studies))
        n_sites = sum(raw.count(b'"facility"') for raw in records)
        yield "studies, sites, MB of JSON", f"{n_studies}, {n_sites}", "", f"{sum(map(len, records)) / 1e6:.0f} MB"
        yield from refresh_rows(store, n_studies)
        yield from reading_rows(records)
        yield from finding_rows(store)
        yield from process_rows(store)
    figures = places.measure()
    for name, goal in places.GOALS.items():
        yield f"places: {name}", f"{figures[name]:.1f}", f"{goal:g}", ""


def refresh_rows(store: Path, n_studies: int) -> Iterator[Row]:
    """A first refresh, with and without reading criteria, against downloading and parsing; one with nothing new."""
    with replica_apart(n_studies) as url:
        settings = RegistrySettings(api_url=url, interval=0.0)
        download_and_parse(url)
        limit = min(seconds(lambda: download_and_parse(url)) for _ in range(3))
        with patch.object(Reading, "read", silent):
            whole = min(seconds(lambda name=name: refresh(store.with_name(name), settings)) for name in ("1", "2"))
        first = seconds(lambda: refresh(store, settings))
        again = seconds(lambda: refresh(store, settings))
    yield (
        "refresh of everything, criteria neither split nor read, s",
        f"{whole:.2f}",
        f"< {2 * limit:.2f}",
        f"{whole / limit:.2f} x download and parse",
    )
    yield (
        "splitting and reading all criteria, on all cores, s",
        f"{first - whole:.2f}",
        "",
        f"{(first - whole) / n_studies * 1000:.2f} ms a study",
    )
    yield "refresh with nothing new, s", f"{again:.2f}", f"< {whole / 10:.2f}", f"{again / whole:.3f} of a full one"


def silent(_: Reading, tasks: Sequence[Task]) -> Iterator[Read]:
    """Instead of reading: no study says anything."""
    nothing = encode_facts(EligibilityFacts("", {}, is_read=True))
    return (Read(nothing, msgspec.msgpack.encode([])) for _ in tasks)


def download_and_parse(url: str) -> int:
    """The physical limit: all pages of the same fields, parsed with the standard library."""
    token, n = "", 0
    with httpx.Client(timeout=120) as client:
        while True:
            params = {"pageSize": 1000, "fields": ",".join(FIELDS), **({"pageToken": token} if token else {})}
            page = json.loads(client.get(f"{url}/studies", params=params).content)
            n += len(page["studies"])
            token = page.get("nextPageToken", "")
            if not token:
                return n


def reading_rows(records: list[bytes]) -> Iterator[Row]:
    """Reading eligibility on one core."""
    sources = [build_source(raw) for raw in records[:400]]
    read_eligibility(sources[0])
    times = [seconds(lambda source=source: read_eligibility(source)) * 1000 for source in sources]
    yield (
        "reading eligibility, ms a study, median / p95",
        f"{np.median(times):.2f} / {np.percentile(times, 95):.2f}",
        "3",
        "",
    )


def finding_rows(store: Path) -> Iterator[Row]:
    """A warm search with a full profile and distances."""
    with open_finder(store) as finder:
        search = Search(profile=PROFILE)
        first = seconds(lambda: finder.search(search))
        times = [seconds(lambda: finder.search(search)) * 1000 for _ in range(40)]
        numpy_limit = seconds(lambda: finder.sites.distances_km(41.5, -81.7)) * 1000
        shown = seconds(lambda: finder.search(search).listing(20)) * 1000
        threads = _in_threads(finder, search)
    yield (
        "find with full profile and distance, ms p50 / p95",
        f"{np.median(times):.1f} / {np.percentile(times, 95):.1f}",
        "50",
        f"{np.median(times) / numpy_limit:.0f} x the distances alone",
    )
    yield "the same, first time (tables loaded), s", f"{first:.2f}", "", ""
    yield "the same with twenty rows to show, ms", f"{shown:.1f}", "", ""
    yield "ten sessions at once over one finder, ms p95", f"{threads:.1f}", "", ""


def _in_threads(finder: Finder, search: Search) -> float:
    times: list[float] = []
    work = [
        threading.Thread(target=lambda: times.append(seconds(lambda: finder.search(search)) * 1000)) for _ in range(10)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    return float(np.percentile(times, 95))


def process_rows(store: Path) -> Iterator[Row]:
    """Whole processes, cold; with the bytecode that an installed package has, and how much of it the CPU worked."""
    calls = {
        "trialfinder find --near, whole process, s": (["find", "--near", "Cleveland, OH"], "1.5"),
        "trialfinder info, whole process, s": (["info"], "0.3"),
        "trialfinder --help, whole process, s": (["--help"], "0.3"),
    }
    bytecode = {"PYTHONPYCACHEPREFIX": str(store.parent / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    for what, (arguments, goal) in calls.items():
        command = [sys.executable, "-c", "from trialfinder.cli import run; run()", *arguments]
        environment = os.environ | bytecode | {"TRIALFINDER_STORE": str(store)}
        run = partial(subprocess.run, command, env=environment, capture_output=True, check=True)
        run()
        before = os.times()
        times = [seconds(run) for _ in range(3)]
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        yield what, f"{min(times):.2f}", goal, f"{cpu / len(times):.2f} s of CPU"


if __name__ == "__main__":
    main()
