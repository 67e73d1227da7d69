"""How large the place data are, how soon they are ready, and how long a lookup and all distances take.

python -m tests.benchmarks.places
"""

import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

from trialfinder.errors import UnknownName
from trialfinder.places import distances_to_vectors_km, find_place, suggest_places, unit_vectors
from trialfinder.places.formats import DATA

GOALS = {"data_mb": 4.0, "ready_ms": 300.0, "lookup_p95_ms": 60.0}
TYPED = (
    "Boston, MA", "02115", "10115 Berlin", "SW1A 1AA", "M5G 2C1", "München", "NYC", "Bombay", "Springfield", "Georgia",
    "Saint Louis MO", "Bostn", "Philidelphia", "Minneapolis, Minesota", "Cambridge, United Kingdom", "Texas", "Germany",
    "450 Example Road, Boston, MA 02215", "Xyzzy", "San Juan, PR", "2000", "Mumbai 400012", "東京", "Santa Cruz",
)  # fmt: skip
COLD = """
from time import perf_counter
import numpy
start = perf_counter()
from trialfinder.places import find_place
find_place("Boston, MA")
find_place("02115")
print((perf_counter() - start) * 1000)
"""


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def look_up(text: str) -> None:
    """One lookup; being asked back is an answer too."""
    try:
        find_place(text)
    except UnknownName:
        return


def ready_ms() -> float:
    """From the import to the first two places found, in a fresh process that has numpy already; the best of three."""
    runs = [subprocess.run([sys.executable, "-c", COLD], capture_output=True, check=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


def measure(n_sites: int = 240_000) -> dict[str, float]:
    """All figures by name, in the units that their names say."""
    for text in TYPED:
        look_up(text)
    lookups = [milliseconds(lambda text=text: look_up(text)) for text in TYPED for _ in range(4)]
    suggestions = [milliseconds(lambda text=text: suggest_places(text[:4])) for text in TYPED]
    drawn = np.random.default_rng(1)
    latitudes, longitudes = drawn.uniform(-60, 70, n_sites), drawn.uniform(-180, 180, n_sites)
    vectors = unit_vectors(latitudes, longitudes)
    return {
        "data_mb": sum(entry.stat().st_size for entry in DATA.iterdir() if entry.is_file()) / 1e6,
        "ready_ms": ready_ms(),
        "lookup_p50_ms": float(np.percentile(lookups, 50)),
        "lookup_p95_ms": float(np.percentile(lookups, 95)),
        "suggest_p95_ms": float(np.percentile(suggestions, 95)),
        "distances_240k_ms": min(milliseconds(lambda: distances_to_vectors_km(42.4, -71.1, vectors)) for _ in range(5)),
    }


def main() -> None:
    """Print every figure, and its ratio to the goal where it has one."""
    for name, value in measure().items():
        goal = GOALS.get(name)
        print(f"{name:20} {value:8.2f}" + (f"   {value / goal:.2f} of the goal {goal:g}" if goal else ""))


if __name__ == "__main__":
    main()
