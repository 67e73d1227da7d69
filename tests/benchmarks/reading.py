"""How long the criteria of one study take to read, and what share of the sentences that mention a key gave something.

python -m tests.benchmarks.reading STUDIES.jsonl[.gz]
"""

import sys
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from trialfinder.eligibility.coverage import coverage
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.finder.reading import records_of_file
from trialfinder.tables import build_source

GOAL_MS = 3.0


def measure(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    """The figures by name, in milliseconds of one core, and the share read by key."""
    sources = [build_source(line) for _, line in records_of_file(path)]
    for source in sources[:20]:
        read_eligibility(source)
    times, mentioned, read = [], Counter(), Counter()
    for source in sources:
        start = process_time()
        facts = read_eligibility(source)
        times.append((process_time() - start) * 1000)
        if facts["cancer"].value != "not_breast":
            for key, (n_mentioned, n_read) in coverage(source, facts).items():
                mentioned[key] += n_mentioned
                read[key] += n_read
    figures = {"studies": float(len(sources)), "median_ms": median(times), "p95_ms": quantiles(times, n=20)[-1]}
    return figures, {key: read[key] / mentioned[key] for key in sorted(mentioned)}


if __name__ == "__main__":
    figures, shares = measure(Path(sys.argv[1]))
    print(f"{figures['studies']:.0f} studies: median {figures['median_ms']:.2f} ms, p95 {figures['p95_ms']:.2f} ms")
    print(f"ratio to the goal of {GOAL_MS} ms: {figures['median_ms'] / GOAL_MS:.2f}")
    for key, share in shares.items():
        print(f"{key:30} {share:4.0%} of the sentences that mention it were read")
