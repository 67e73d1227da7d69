"""One puller, in an interpreter of its own: all studies of a replica, pulled into a table of studies and one of sites.

python peer_pull.py NAME URL. Stands alone, since it runs in the peer's environment.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

TERM = "cancer"


def two_tables(studies: Any, records: list[dict[str, Any]]) -> tuple[int, int]:
    """What a user must add to get a table of sites, as pandas' own guide has it; how many rows both have."""
    import pandas as pd

    places = [
        {"nct_id": protocol["identificationModule"]["nctId"], **site}
        for protocol in (record["protocolSection"] for record in records)
        for site in protocol.get("contactsLocationsModule", {}).get("locations", [])
    ]
    return len(studies), len(pd.json_normalize(places))


def pytrials(url: str) -> tuple[int, int]:
    """Version 1 of the name: one request, no paging."""
    import pandas as pd
    from pytrials.client import ClinicalTrials

    ClinicalTrials._BASE_URL = f"{url}/"
    records = ClinicalTrials().get_full_studies(TERM, max_studies=1000, fmt="json")["studies"]
    return two_tables(pd.json_normalize(records), records)


def ctgov(url: str) -> tuple[int, int]:
    """All pages, and its own flat row of 17 columns for each study."""
    import ctgov as package
    import pandas as pd
    from ctgov import client

    client.BASE_URL = f"{url}/"
    records = package.Client(delay=0).studies(TERM)
    return two_tables(pd.DataFrame([package.study_context(record) for record in records]), records)


def pytrials_v2(url: str) -> tuple[int, int]:
    """Its typed search, a page at a time, as a user must write it."""
    import pandas as pd
    from pytrials import ClinicalTrials

    records: list[dict[str, Any]] = []
    with ClinicalTrials(base_url=url, page_size=1000, timeout=120) as puller:
        token = None
        while True:
            found = puller.studies.search(condition=TERM, pageToken=token)
            records += [study.model_dump(by_alias=True, exclude_none=True, mode="json") for study in found.studies]
            token = found.next_page_token
            if not token:
                return two_tables(pd.json_normalize(records), records)


def pycli_trials(url: str) -> tuple[int, int]:
    """Its data frame of everything, in which the sites are lists in a cell."""
    from pyct import ClinicalTrials

    ClinicalTrials.BASE = url
    frame = ClinicalTrials().get_studies(term=TERM)
    names, sites = "protocolSection.identificationModule.nctId", "protocolSection.contactsLocationsModule.locations"
    listed = [
        {"protocolSection": {"identificationModule": {"nctId": nct_id}, "contactsLocationsModule": {"locations": cell}}}
        for nct_id, cell in zip(frame[names], frame[sites], strict=True)
        if isinstance(cell, list)
    ]
    return two_tables(frame, listed)


def trialfinder(url: str) -> tuple[int, int]:
    """Ours: the index walk with its checks, every record, four tables typed and checked."""
    from trialfinder.registry.bodies import fetch_bodies
    from trialfinder.registry.client import RegistryClient
    from trialfinder.registry.index import fetch_index
    from trialfinder.registry.settings import RegistrySettings
    from trialfinder.tables import build_tables

    raws: dict[str, bytes] = {}
    with RegistryClient(RegistrySettings(api_url=url, interval=0)) as client:
        index = fetch_index(client, lambda _done, _total: None)
        fetch_bodies(client, index, sorted(index), None, lambda bodies, _: raws.update(bodies))
    tables = build_tables(raws.values())
    return len(tables.studies), len(tables.sites)


PULLERS: dict[str, Callable[[str], tuple[int, int]]] = {
    "trialfinder": trialfinder,
    "pytrials": pytrials,
    "ctgov": ctgov,
    "pytrials-v2": pytrials_v2,
    "pycli-trials": pycli_trials,
}


def main(name: str, url: str) -> dict[str, Any]:
    """What a first pull costs, imports counted, and another one in the same process."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        n_studies, n_sites = PULLERS[name](url)
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {
        "name": name,
        "cold": seconds[0],
        "seconds": min(seconds[1:]),
        "studies": n_studies,
        "sites": n_sites,
        "peak_mb": peak,
    }


if __name__ == "__main__":
    print("\n" + json.dumps(main(*sys.argv[1:3])))
