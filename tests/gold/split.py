"""The third of the dev studies whose answers no rule was written from: drawn with a stated seed.

python -m tests.gold.split GOLD.jsonl FILE.jsonl    prints the lines of FILE (facts or records) that are of that third
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

SEED = 20261125


def kept_back(gold: Path) -> set[str]:
    """The NCT numbers of the kept-back third of `gold` (a JSON-lines file of facts)."""
    ids = sorted(json.loads(line)["nctId"] for line in gold.read_text("utf-8").splitlines() if line.strip())
    return set(random.Random(SEED).sample(ids, len(ids) // 3))


def kept_back_lines(gold: Path, file: Path) -> Iterator[str]:
    """The lines of `file`, facts or raw records, that are of the kept-back third of `gold`."""
    kept = kept_back(gold)
    for line in file.read_text("utf-8").split("\n"):
        if line.strip() and _nct_id(json.loads(line)) in kept:
            yield line


def _nct_id(row: dict) -> str:
    return row.get("nctId") or row["protocolSection"]["identificationModule"]["nctId"]


if __name__ == "__main__":
    for kept_line in kept_back_lines(Path(sys.argv[1]), Path(sys.argv[2])):
        print(kept_line)
