"""Many visitors: two app processes behind nginx, as `deploy/nginx.conf` has it, and a refresh meanwhile.

python -m tests.benchmarks.hosting [--studies 2000] [--sessions 20]
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from tests.benchmarks.studies import generate
from tests.benchmarks.visitors import Answer, Visit
from tests.registry.dataset import Dataset
from tests.registry.server import Replica
from tests.ui.serving import HOST, ROOT, Served, serve
from trialfinder.finder import Search, open_finder

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SHIPPED = ROOT / "deploy" / "nginx.conf"
PROCESSES = 2
NEW_STUDIES = 40
COUNT = re.compile(r"^([\d,]+) ")
THINKS_SECONDS = 0.5  # a person looks at a page before the next click
WAIT_SECONDS = 120.0


@dataclass
class Visited:
    """What the sessions saw: (phase, seconds) of every rerun, the counts of trials, errors (a lost session is one)."""

    reruns: list[tuple[str, float]] = field(default_factory=list)
    counts: set[tuple[bool, int]] = field(default_factory=set)
    last: dict[int, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def seconds(self, phase: str) -> list[float]:
        """The times of a phase (`first`, `before`, `during`, `after`)."""
        return [seconds for name, seconds in self.reruns if name == phase]


@dataclass(frozen=True)
class Figures:
    """What a load was like. `counts` are the trials that may fit, before and after; `lost` is what went wrong."""

    n_sessions: int
    lost: list[str]
    counts: tuple[int, int]
    refresh_seconds: float
    memory_mb: list[float]
    seconds: dict[str, list[float]]


@dataclass(frozen=True)
class Hosted:
    """What runs: the address that visitors use, and the app processes behind it."""

    url: str
    apps: list[Served]

    def memory_mb(self) -> list[float]:
        """The memory of each app process in MB."""
        return [psutil.Process(app.process.pid).memory_info().rss / 1e6 for app in self.apps]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def hosted(folder: Path, store: Path) -> Iterator[Hosted]:
    """App processes that only read the store, behind nginx with the shipped file; only the ports are others."""
    with ExitStack() as stack:
        environment = {"TRIALFINDER_STORE": str(store), "TRIALFINDER_READ_ONLY": "1"}
        apps = [stack.enter_context(serve(folder / f"app-{n}.log", environment)) for n in range(PROCESSES)]
        port = free_port()
        conf = SHIPPED.read_text("utf-8").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
        for number, app in enumerate(apps, 1):
            conf = conf.replace(f"127.0.0.1:850{number}", app.url.removeprefix("http://"))
        stack.enter_context(_nginx(folder, conf, port))
        yield Hosted(f"http://{HOST}:{port}", apps)


@contextmanager
def _nginx(folder: Path, conf: str, port: int) -> Iterator[None]:
    assert NGINX is not None
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn; worker_processes 1;\n"
        f"events {{ worker_connections 512; }}\nhttp {{ {paths}\n{conf}\n}}\n",
        encoding="utf-8",
    )
    command = [NGINX, "-e", f"{folder}/nginx.log", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not start")


def visit(url: str, number: int, phase: list[str], seen: Visited) -> None:
    """One session until the phase is `end`: the first page, the results, then one filter after another."""
    try:
        with Visit(url, source=f"127.0.{number + 1}.1") as session:
            seen.reruns.append(("first", session.run().seconds))
            session.press("show")
            is_all = False
            while phase[0] != "end":
                is_all, now = not is_all, phase[0]
                answer = session.run({"ask_is_all": {"bool_value": is_all}})
                seen.reruns.append((now, answer.seconds))
                seen.errors += answer.errors
                seen.counts.add((is_all, count_of(answer)))
                if not is_all:
                    seen.last[number] = count_of(answer)
                time.sleep(THINKS_SECONDS)
    except (OSError, TimeoutError, RuntimeError, KeyError) as error:
        seen.errors.append(f"session {number}: {error!r}")


def count_of(answer: Answer) -> int:
    """How many trials the page says may fit."""
    numbers = [match[1] for text in answer.texts if (match := COUNT.match(text)) and "fit" in text]
    return int(numbers[0].replace(",", "")) if numbers else -1


def counts_of(store: Path) -> dict[bool, int]:
    """What the page should say, by whether the defaults are lifted."""
    with open_finder(store) as finder:
        return {is_all: finder.search(Search(is_all=is_all)).n_may_fit for is_all in (False, True)}


def refresh(store: Path, replica: Replica) -> float:
    """The scheduled command in a process of its own; how many seconds it takes."""
    environment = os.environ | {"TRIALFINDER_STORE": str(store), "TRIALFINDER_API_INTERVAL": "0"}
    code = "from trialfinder.cli import run; run()"
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, "refresh", "--quiet", "--api-url", replica.url],
        env=environment | {"PYTHONPATH": str(ROOT)},
        check=True,
        timeout=900,
    )
    return time.perf_counter() - start


def measure(n_studies: int, n_sessions: int, folder: Path, watch_seconds: float = 6.0) -> Figures:
    """All figures; `lost` holds every error, and every count that is neither the old data's nor the new's."""
    store = folder / "data" / "trialfinder.sqlite"
    with Replica(Dataset(json.loads(raw) for raw in generate(n_studies))) as replica:
        refresh(store, replica)
        old = counts_of(store)
        replica.data.change(touch=n_studies // 100, add=NEW_STUDIES)
        seen, phase = Visited(), ["before"]
        with hosted(folder, store) as host:
            people = [
                threading.Thread(target=visit, args=(host.url, number, phase, seen)) for number in range(n_sessions)
            ]
            for person in people:
                person.start()
            _until(lambda: len(seen.last) + len(seen.errors) >= n_sessions)
            time.sleep(watch_seconds)
            phase[0] = "during"
            took = refresh(store, replica)
            new = counts_of(store)
            phase[0] = "after"
            _until(lambda: all(count == new[False] for count in seen.last.values()))
            time.sleep(watch_seconds)
            phase[0] = "end"
            for person in people:
                person.join(WAIT_SECONDS)
            memory, logs = host.memory_mb(), [app.log.read_text(errors="replace") for app in host.apps]
    return Figures(
        n_sessions=len(seen.last),
        lost=[*_lost(seen, old, new), *(line for log in logs for line in log.splitlines() if "Error" in line)],
        counts=(old[False], new[False]),
        refresh_seconds=took,
        memory_mb=memory,
        seconds={name: seen.seconds(name) for name in ("first", "before", "during", "after")},
    )


def _lost(seen: Visited, old: dict[bool, int], new: dict[bool, int]) -> Iterator[str]:
    yield from seen.errors
    expected = {(is_all, counts[is_all]) for counts in (old, new) for is_all in counts}
    yield from (f"{count} trials, all of them: {is_all}" for is_all, count in sorted(seen.counts - expected))
    yield from (f"session {number} still sees {n}" for number, n in seen.last.items() if n != new[False])


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end and not is_so():
        time.sleep(0.1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--sessions", type=int, default=20)
    asked = parser.parse_args()
    if NGINX is None:
        raise SystemExit("nginx is not installed here")
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(asked.studies, asked.sessions, Path(folder))
    print(f"{asked.studies} studies, {figures.n_sessions} sessions, {PROCESSES} app processes behind nginx")
    print(f"refresh beside them {figures.refresh_seconds:.1f} s; trials that may fit {figures.counts}")
    print("memory of the app processes, MB: " + ", ".join(f"{value:.0f}" for value in figures.memory_mb))
    for name, seconds in figures.seconds.items():
        p50, p95, most = (value * 1000 for value in np.percentile(seconds, [50, 95, 100]))
        print(f"{name:8} {len(seconds):5} reruns, p50 {p50:6.0f} ms, p95 {p95:6.0f} ms, max {most:6.0f} ms")
    print("nothing lost" if not figures.lost else f"LOST: {figures.lost}")


if __name__ == "__main__":
    main()
