"""Studies like the registry's, by the thousand: built from the demo's, with lognormal sites and shuffled criteria."""

import json
import random
from collections.abc import Iterator
from typing import Any

from trialfinder.demo import demo_records

SEED = 20261125
SITES_MU, SITES_SIGMA, MOST_SITES = 2.0, 1.5, 1148  # median 8, mean about 30, as metastatic breast trials have


def generate(n: int, seed: int = SEED) -> Iterator[bytes]:
    """`n` studies with NCT numbers from NCT80000001 up; the same for the same seed."""
    rng = random.Random(seed)
    bases = [json.loads(raw) for raw in demo_records()]
    sites = [site for base in bases for site in _sites(base)]
    bullets = [line for base in bases for line in _criteria(base).splitlines() if line.strip()]
    for number in range(1, n + 1):
        yield json.dumps(_study(rng, rng.choice(bases), number, sites, bullets), ensure_ascii=False).encode()


def _study(
    rng: random.Random, base: dict[str, Any], number: int, sites: list[Any], bullets: list[str]
) -> dict[str, Any]:
    study: dict[str, Any] = json.loads(json.dumps(base))
    protocol = study["protocolSection"]
    protocol["identificationModule"]["nctId"] = f"NCT{80_000_000 + number}"
    protocol["identificationModule"].pop("nctIdAliases", None)
    lines = _criteria(base).splitlines()
    extra = rng.sample(bullets, k=12)
    protocol["eligibilityModule"]["eligibilityCriteria"] = "\n".join([*lines, "", "Other criteria:", "", *extra])
    n_sites = min(MOST_SITES, int(rng.lognormvariate(SITES_MU, SITES_SIGMA)))
    protocol.setdefault("contactsLocationsModule", {})["locations"] = [_moved(rng, sites) for _ in range(n_sites)]
    protocol["statusModule"]["lastUpdatePostDateStruct"] = {
        "date": f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}"
    }
    return study


def _moved(rng: random.Random, sites: list[Any]) -> Any:
    return {**rng.choice(sites), "facility": f"Hospital {rng.randint(1, 5000)}"}


def _sites(base: dict[str, Any]) -> list[Any]:
    return list(base["protocolSection"].get("contactsLocationsModule", {}).get("locations", []))


def _criteria(base: dict[str, Any]) -> str:
    return str(base["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", ""))
