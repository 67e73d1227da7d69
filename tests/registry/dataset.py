"""The registry's data as the replica holds them, and how they change between two refreshes."""

import copy
import gzip
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

__all__ = ["Dataset", "load_jsonl", "make_record"]

Record = dict[str, Any]


class Dataset:
    """Studies by NCT number. Every change moves the data timestamp on by an hour, as a new version of the registry."""

    def __init__(self, records: Iterable[Record], data_timestamp: str = "2026-11-24T09:00:06") -> None:
        """Hold these records."""
        self.studies = {_nct_id(record): record for record in records}
        self.aliases = {old: nct_id for nct_id, record in self.studies.items() for old in _aliases(record)}
        self.data_timestamp = data_timestamp
        self.api_version = "2.0.5"

    def touch(self, *nct_ids: str, date: str = "2026-11-25") -> None:
        """Give them another date of last update, and nothing else."""
        for nct_id in nct_ids:
            self._status(nct_id)["lastUpdatePostDateStruct"] = {"date": date, "type": "ACTUAL"}
        self.advance()

    def close(self, *nct_ids: str, status: str = "COMPLETED", date: str | None = "2026-11-25") -> None:
        """Give them another status; with `date` None under the same date of last update."""
        for nct_id in nct_ids:
            self._status(nct_id)["overallStatus"] = status
        if date:
            self.touch(*nct_ids, date=date)
        else:
            self.advance()

    def edit(self, nct_id: str, path: str, value: object, date: str | None = "2026-11-25") -> None:
        """Set what stands at a dotted path of the record."""
        *parents, last = path.split(".")
        target = self._own(nct_id)
        for name in parents:
            target = target.setdefault(name, {})
        target[last] = value
        if date:
            self.touch(nct_id, date=date)
        else:
            self.advance()

    def add(self, *records: Record) -> None:
        """New studies, or ones that come back."""
        self.studies.update({_nct_id(record): record for record in records})
        self.advance()

    def drop(self, *nct_ids: str) -> list[Record]:
        """They leave the registry (or the search)."""
        gone = [self.studies.pop(nct_id) for nct_id in nct_ids]
        self.advance()
        return gone

    def alias(self, old: str, new: str) -> None:
        """`old` is found to be the same study as `new`, and answers under that number only."""
        self.studies.pop(old)
        module = self._own(new)["protocolSection"]["identificationModule"]
        module.setdefault("nctIdAliases", []).append(old)
        self.aliases[old] = new
        self.touch(new)

    def change(self, *, touch: int = 0, close: int = 0, add: int = 0, drop: int = 0) -> None:
        """So many studies of each kind, others for each: for trying things out by hand."""
        ids = sorted(self.studies)
        self.touch(*ids[:touch])
        self.close(*ids[touch : touch + close])
        self.drop(*ids[len(ids) - drop :])
        n_ours = sum(nct_id.startswith("NCT98") for nct_id in self.studies)
        self.add(*(make_record(500_000 + n_ours + number) for number in range(add)))

    def advance(self) -> None:
        """A new version of the data."""
        moment = datetime.fromisoformat(self.data_timestamp) + timedelta(hours=1)
        self.data_timestamp = moment.isoformat()

    def _own(self, nct_id: str) -> Record:
        """The record, as a copy that nobody else changes with it."""
        self.studies[nct_id] = copy.deepcopy(self.studies[nct_id])
        return self.studies[nct_id]

    def _status(self, nct_id: str) -> Record:
        return self._own(nct_id)["protocolSection"].setdefault("statusModule", {})


def make_record(number: int = 1, *, status: str = "RECRUITING", date: str = "2026-11-02", **sections: object) -> Record:
    """An invented study; `sections` replace or add modules of the protocol section."""
    title = f"Replica: an invented study, number {number}"
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{98_000_000 + number}", "briefTitle": title},
            "statusModule": {
                "overallStatus": status,
                "lastUpdatePostDateStruct": {"date": date, "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Invented Sponsor", "class": "OTHER"}},
            "conditionsModule": {"conditions": ["Metastatic Breast Cancer"]},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"]},
            "eligibilityModule": {
                "eligibilityCriteria": f"Inclusion Criteria:\n\n* Adults, group {number}\n* ECOG 0 or 1",
                "sex": "ALL",
                "minimumAge": "18 Years",
            },
            "contactsLocationsModule": {
                "locations": [
                    {
                        "facility": "Invented Clinic",
                        "status": "RECRUITING",
                        "city": "Cleveland",
                        "state": "Ohio",
                        "country": "United States",
                        "geoPoint": {"lat": 41.4995, "lon": -81.69541},
                    }
                ]
            },
            **sections,
        },
        "hasResults": False,
    }


def load_jsonl(path: Path) -> list[Record]:
    """The studies of a file with one a line, gzip-packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _nct_id(record: Record) -> str:
    nct_id: str = record["protocolSection"]["identificationModule"]["nctId"]
    return nct_id


def _aliases(record: Record) -> list[str]:
    found: list[str] = record["protocolSection"]["identificationModule"].get("nctIdAliases", [])
    return found
