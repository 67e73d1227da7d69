"""The app as visitors feel it: a rerun after one filter changes, the memory of the server, the first page in Chromium.

python -m tests.benchmarks.app [--studies 8000]
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from tests.benchmarks.hosting import refresh
from tests.benchmarks.records import replica_of
from tests.benchmarks.visitors import Visit
from tests.ui.looking import CHROMIUM, CHROMIUM_FLAGS, DRAWN
from tests.ui.serving import Served, serve

RERUN_GOAL_MS, MEMORY_GOAL_MB = 150.0, 500.0
N_CHANGES, N_MORE = 60, 50
Change = Mapping[str, Mapping[str, Any]]
CHANGES: tuple[Change, ...] = (
    {"ask_is_all": {"bool_value": True}},
    {"ask_is_all": {"bool_value": False}},
    {"ask_text": {"string_value": "antibody"}},
    {"ask_text": {"string_value": ""}},
    {"ask_drug": {"string_value": "capecitabine"}},
    {"ask_drug": {"string_value": ""}},
)


def memory_mb(served: Served) -> float:
    """What the server's process holds."""
    return psutil.Process(served.process.pid).memory_info().rss / 1e6


def measure(store: Path, log: Path) -> dict[str, float]:
    """All figures by name, in the units that their names say."""
    with serve(log, {"TRIALFINDER_STORE": str(store), "TRIALFINDER_READ_ONLY": "1"}) as served:
        figures = {"server memory before anybody came, MB": memory_mb(served)}
        with Visit(served.url) as session:
            figures["first page of the first visitor (tables loaded), ms"] = session.run().seconds * 1000
            session.press("show")
            changes = itertools.cycle(CHANGES)
            for change in itertools.islice(changes, len(CHANGES)):
                session.run(change)
            times = [session.run(next(changes)).seconds * 1000 for _ in range(N_CHANGES)]
            figures["rerun after one filter changes, ms p50"] = float(np.percentile(times, 50))
            figures["rerun after one filter changes, ms p95"] = float(np.percentile(times, 95))
            figures["server memory, MB"] = memory_mb(served)
            for _ in range(N_MORE):
                session.run(next(changes))
            figures[f"growth in {N_MORE} more reruns, MB"] = memory_mb(served) - figures["server memory, MB"]
        with Visit(served.url) as session:
            figures["first page of the next visitor, ms"] = session.run().seconds * 1000
        if CHROMIUM:
            figures |= {"first page in Chromium, nothing cached, ms": first_page_ms(served.url)}
    return figures


def first_page_ms(url: str) -> float:
    """From the address typed to the page drawn; the best of three."""
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for _ in range(3):
            page = browser.new_context().new_page()
            start = time.perf_counter()
            page.goto(url)
            page.wait_for_selector(DRAWN)
            page.wait_for_selector("h1")
            times.append((time.perf_counter() - start) * 1000)
            page.context.close()
        browser.close()
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", type=int, default=8000)
    n_studies = parser.parse_args().studies
    goals = {"rerun after one filter changes, ms p95": RERUN_GOAL_MS, "server memory, MB": MEMORY_GOAL_MB}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "data" / "trialfinder.sqlite"
        with replica_of(n_studies) as replica:
            print(f"{n_studies} studies, stored in {refresh(store, replica):.1f} s (a process of its own)", flush=True)
        for name, value in measure(store, Path(folder) / "app.log").items():
            goal = f"   goal {goals[name]:g}, {value / goals[name]:.2f} of it" if name in goals else ""
            print(f"{name:54} {value:8.1f}{goal}", flush=True)


if __name__ == "__main__":
    main()
