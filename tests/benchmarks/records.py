"""A replica of the registry with generated studies, in this process or in one of its own."""

import argparse
import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace

from tests.benchmarks.studies import generate
from tests.registry import server
from tests.registry.api import Reply
from tests.registry.dataset import Dataset
from tests.registry.server import Replica
from tests.ui.serving import ROOT


def replica_of(n_studies: int) -> Replica:
    """A replica in a thread: what is measured beside it shares its interpreter."""
    return Replica(Dataset(json.loads(raw) for raw in generate(n_studies)))


@contextmanager
def replica_apart(n_studies: int) -> Iterator[str]:
    """The address of a replica in a process of its own, so that it takes no time of what is measured."""
    command = [sys.executable, "-m", "tests.benchmarks.records", str(n_studies)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


def answer_from_memory() -> None:
    """From the second time on the replica makes no answer anew: what is measured is the puller, not the replica."""
    answers: dict[tuple[object, ...], Reply] = {}
    make, pack = server.reply_to, lru_cache(maxsize=None)(gzip.compress)

    def remembered(data: Dataset, path: str, params: Mapping[str, str]) -> Reply:
        key = (data.data_timestamp, path, *sorted(params.items()))
        return answers.get(key) or answers.setdefault(key, make(data, path, params))

    server.reply_to = remembered
    server.gzip = SimpleNamespace(compress=pack)  # type: ignore[assignment]


def main() -> None:
    """Serve, say where, and wait."""
    parser = argparse.ArgumentParser()
    parser.add_argument("studies", type=int)
    answer_from_memory()
    with replica_of(parser.parse_args().studies) as replica:
        print(replica.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
