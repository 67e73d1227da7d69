"""The third of the dev studies that stays out of sight while rules are written: drawn with a stated seed."""

import json
import random
from pathlib import Path

SEED = 20261125


def kept_back(gold: Path) -> set[str]:
    """The NCT numbers of the kept-back third of `gold` (a JSON-lines file of facts)."""
    ids = sorted(json.loads(line)["nctId"] for line in gold.read_text("utf-8").splitlines() if line.strip())
    return set(random.Random(SEED).sample(ids, len(ids) // 3))
