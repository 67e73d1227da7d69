"""One full profile held against all studies, with the distance to every site: 8,000 studies, then ten times as many.

python -m tests.benchmarks.matching
"""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np
import pandas as pd

from tests.benchmarks.person import PROFILE
from tests.benchmarks.studies import generate
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.matching import Known
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts
from trialfinder.matching.vocabularies import load_words
from trialfinder.places import distances_to_vectors_km, unit_vectors
from trialfinder.tables import build_facts, build_source

READ, SITES_A_STUDY, RUNS = 1000, 30, 40
SIZES = (8_000, 80_000)
GOAL_MS = 50.0
SAYING_MORE = replace(
    PROFILE,
    brain_metastases="none",
    measurable_disease=True,
    chemo_lines_metastatic=1,
    endocrine_lines_metastatic=2,
    biomarkers={**PROFILE.biomarkers, "PIK3CA": False},
    conditions={"hiv": False},
    place=None,
)
CLEVELAND = (41.5, -81.7)


def main() -> None:
    """Measure and print: goal beside figure, and how it grows."""
    medians = []
    read = build_facts(read_eligibility(build_source(raw)) for raw in generate(READ))
    for n_studies in SIZES:
        encode_ms, times, n_terms = measure(read, n_studies)
        medians.append(float(np.median(times)))
        print(
            f"{n_studies:6} studies, {n_studies * SITES_A_STUDY} sites, {n_terms} different demands: "
            f"profile and distances p50 {medians[-1]:.1f} ms, p95 {np.percentile(times, 95):.1f} ms "
            f"(goal {GOAL_MS:g} for {SIZES[0]}); encoding, once a data set, {encode_ms:.0f} ms"
        )
    print(f"growth {SIZES[1] // SIZES[0]} x studies: {medians[1] / medians[0]:.1f} x time")


def measure(read: pd.DataFrame, n_studies: int) -> tuple[float, list[float], int]:
    """Milliseconds of encoding and of each run, and the number of different demands."""
    facts = _repeated(read, n_studies // READ)
    ids = [f"NCT{80_000_001 + number}" for number in range(n_studies)]
    limits = {"minimum_age_years": 18.0, "maximum_age_years": np.nan, "sex": "ALL"}
    studies = pd.DataFrame({"nct_id": ids} | limits)
    start = perf_counter()
    encoded = encode_facts(facts, studies)
    encode_ms = (perf_counter() - start) * 1000
    rng = np.random.default_rng(1)
    n_sites = n_studies * SITES_A_STUDY
    vectors = unit_vectors(rng.uniform(-60, 70, n_sites), rng.uniform(-180, 180, n_sites))

    def run() -> None:
        assess_all(Known(SAYING_MORE, load_words()), encoded)
        distances_to_vectors_km(*CLEVELAND, vectors)

    run()
    return encode_ms, [_milliseconds(run) for _ in range(RUNS)], len(encoded.terms)


def _repeated(read: pd.DataFrame, times: int) -> pd.DataFrame:
    """What was read, again and again under new numbers."""
    numbers = read["nct_id"].str[3:].astype("int64")
    copies = [read.assign(nct_id=("NCT" + (numbers + copy * READ).astype(str))) for copy in range(times)]
    return pd.concat(copies, ignore_index=True)


def _milliseconds(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
