"""Raw records with valid defaults, for tests that change one thing."""

import json
from copy import deepcopy
from typing import Any

RECORD: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT99001234",
            "briefTitle": "Demo: A Small Study",
            "officialTitle": "Demo: A Small Study of One Tablet",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "statusVerifiedDate": "2026-08",
            "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2026-09-14", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Demo Hospital", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "One tablet is tested."},
        "conditionsModule": {"conditions": ["Breast Cancer", "Metastatic Breast Cancer"], "keywords": ["tablet"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "designInfo": {"primaryPurpose": "TREATMENT", "maskingInfo": {"masking": "NONE"}},
            "enrollmentInfo": {"count": 40, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [{"label": "Tablet", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Demotinib"]}],
            "interventions": [{"type": "DRUG", "name": "Demotinib", "otherNames": ["DMO-1", "Demova"]}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Stage IV\n\nExclusion Criteria:\n\n* Pregnancy",
            "healthyVolunteers": False,
            "sex": "FEMALE",
            "minimumAge": "18 Years",
        },
        "contactsLocationsModule": {
            "centralContacts": [{"name": "Office", "role": "CONTACT", "phone": "555-0100", "phoneExt": "7"}],
            "locations": [
                {
                    "facility": "Demo Hospital",
                    "status": "RECRUITING",
                    "city": "Boston",
                    "state": "Massachusetts",
                    "zip": "02115",
                    "country": "United States",
                    "contacts": [{"name": "Nurse", "role": "CONTACT", "email": "nurse@example.org"}],
                    "geoPoint": {"lat": 42.35843, "lon": -71.05977},
                },
                {"city": "Seoul", "country": "Korea, Republic of"},
            ],
        },
    }
}


def make_record(changes: dict[str, Any] | None = None, *, without: str | None = None) -> bytes:
    """A study as raw JSON. `changes` maps a dotted path within the protocol to a value; `without` drops a module."""
    record = deepcopy(RECORD)
    for path, value in (changes or {}).items():
        *steps, last = path.split(".")
        place = record["protocolSection"]
        for step in steps:
            place = place[step]
        place[last] = value
    if without:
        del record["protocolSection"][without]
    return json.dumps(record).encode()
