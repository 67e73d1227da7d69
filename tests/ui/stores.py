"""Stores for the app to open: of two days with changes between them, old ones, and one of hostile records."""

import json
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.registry.dataset import Dataset, make_record
from tests.registry.server import Replica
from trialfinder.demo import demo_records
from trialfinder.finder.refresh import refresh
from trialfinder.registry.pacing import Clock
from trialfinder.registry.settings import RegistrySettings

Record = dict[str, Any]
OPENED, CLOSED, EDITED, CAME = "NCT99000010", "NCT99000011", "NCT99000012", "NCT98000900"
CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"
HOSTILE = (
    '<script>window.hacked=1</script><img src="http://evil.example/a.png" onerror="window.hacked=1">',
    "![beacon](http://evil.example/b.png) [click](javascript:window.hacked=1) http://evil.example/c",
    ":red[red] $\\frac{1}{2}$ **bold** `code` <svg onload='window.hacked=1'> www.evil.example e@evil.example",
    "</style><style>@import 'http://evil.example/d.css';</style> =HYPERLINK(\"http://evil.example/e\")",
)


def build_store(path: Path, data: Dataset, day: datetime) -> None:
    """Refresh the store at `path` from `data`, as if it were that day."""
    with Replica(data) as replica:
        settings = replace(RegistrySettings(), api_url=replica.url, interval=0)
        refresh(path, settings, clock=Clock(time.monotonic, time.sleep, lambda: day))


def demo_data(timestamp: str) -> Dataset:
    """The invented trials as the registry's data of a day."""
    return Dataset([json.loads(raw) for raw in demo_records()], timestamp)


def build_changed_store(path: Path) -> None:
    """A store of two refreshes: one trial opened, one closed, one asks something else, one is new."""
    data = demo_data("2026-11-20T09:00:05")
    build_store(path, data, datetime(2026, 11, 21, 12, tzinfo=UTC))
    data.close(OPENED, status="RECRUITING")
    data.close(CLOSED)
    data.edit(EDITED, CRITERIA, "Inclusion Criteria:\n\n* Adults with metastatic breast cancer\n* ECOG 0 to 2")
    data.add(make_record(900))
    data.data_timestamp = "2026-11-24T09:00:05"
    build_store(path, data, datetime(2026, 11, 25, 6, tzinfo=UTC))


def build_old_store(path: Path) -> None:
    """A store that was refreshed once, long ago."""
    build_store(path, demo_data("2026-03-02T09:00:05"), datetime(2026, 3, 3, 12, tzinfo=UTC))


def hostile_records(texts: Iterable[str] = HOSTILE) -> list[Record]:
    """One record for each text, with that text wherever the registry takes words."""
    return [_hostile_record(number, text) for number, text in enumerate(texts, 1)]


def _hostile_record(number: int, text: str) -> Record:
    record = make_record(number)
    protocol = record["protocolSection"]
    protocol["identificationModule"] |= {"briefTitle": text, "officialTitle": text}
    protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = text
    protocol["descriptionModule"] = {"briefSummary": text, "detailedDescription": text}
    protocol["conditionsModule"] = {"conditions": ["Metastatic Breast Cancer", text], "keywords": [text]}
    arm = {"label": text, "type": "EXPERIMENTAL", "description": text, "interventionNames": [f"Drug: {text}"]}
    drug = {"type": "DRUG", "name": text, "description": text, "armGroupLabels": [text]}
    protocol["armsInterventionsModule"] = {"armGroups": [arm], "interventions": [drug]}
    lines = [
        "Inclusion Criteria:",
        f"* ECOG 0 or 1 {text}",
        f"* {text}",
        "Exclusion Criteria:",
        f"* Brain lesions {text}",
    ]
    protocol["eligibilityModule"]["eligibilityCriteria"] = "\n\n".join(lines)
    contact = {"name": text, "phone": text, "email": text, "role": "CONTACT"}
    protocol["contactsLocationsModule"]["centralContacts"] = [contact]
    protocol["contactsLocationsModule"]["locations"][0] |= {"facility": text, "contacts": [contact]}
    return record
