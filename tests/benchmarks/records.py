"""A replica of the registry with generated studies, in this process or in one of its own."""

import argparse
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.studies import generate
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


def main() -> None:
    """Serve, say where, and wait."""
    parser = argparse.ArgumentParser()
    parser.add_argument("studies", type=int)
    with replica_of(parser.parse_args().studies) as replica:
        print(replica.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
