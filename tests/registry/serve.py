"""Serve studies by hand: python -m tests.registry.serve FILE.jsonl[.gz] --port N (the demo where no file is named)."""

import argparse
import json
import threading
from pathlib import Path

from tests.registry.dataset import Dataset, load_jsonl
from tests.registry.server import Replica


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    records = load_jsonl(options.file) if options.file else _demo()
    with Replica(Dataset(records), port=options.port) as replica:
        print(f"Change them by {replica.url.removesuffix('/api/v2')}/_change?touch=7&close=1&add=3&drop=2")
        print(f"{len(records)} studies: export TRIALFINDER_API_URL={replica.url} TRIALFINDER_API_INTERVAL=0")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


def _demo() -> list[dict[str, object]]:
    from trialfinder.demo import demo_records

    return [json.loads(raw) for raw in demo_records()]


if __name__ == "__main__":
    main()
