"""The record as the criteria reader sees it: every text verbatim, with its exact path in the API's JSON."""

from collections.abc import Iterator
from typing import Any

import msgspec

from trialfinder.errors import UnexpectedRecord
from trialfinder.model import SourceField, StudySource
from trialfinder.tables.decode import NCT_ID_PATH, Raw

__all__ = ["build_source"]

_CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"
_SINGLE = {
    "brief_title": "protocolSection.identificationModule.briefTitle",
    "official_title": "protocolSection.identificationModule.officialTitle",
    "brief_summary": "protocolSection.descriptionModule.briefSummary",
    "detailed_description": "protocolSection.descriptionModule.detailedDescription",
    "sex": "protocolSection.eligibilityModule.sex",
    "minimum_age": "protocolSection.eligibilityModule.minimumAge",
    "maximum_age": "protocolSection.eligibilityModule.maximumAge",
    "healthy_volunteers": "protocolSection.eligibilityModule.healthyVolunteers",
    "study_population": "protocolSection.eligibilityModule.studyPopulation",
    "study_type": "protocolSection.designModule.studyType",
    "primary_purpose": "protocolSection.designModule.designInfo.primaryPurpose",
}
_LISTS = {
    "conditions": ("protocolSection.conditionsModule.conditions", ()),
    "keywords": ("protocolSection.conditionsModule.keywords", ()),
    "phases": ("protocolSection.designModule.phases", ()),
    "arms": ("protocolSection.armsInterventionsModule.armGroups", ("label", "description")),
    "interventions": ("protocolSection.armsInterventionsModule.interventions", ("name", "description")),
}


def build_source(raw: Raw | dict[str, Any]) -> StudySource:
    """The texts of one study, raw or decoded: a full record or a bare line `{"nctId", "eligibilityCriteria"}`.

    A text of another shape than the API's is left out. Raises `UnexpectedRecord` where there is no JSON object with
    an NCT number.
    """
    record = _object_in(raw)
    nct_id = _at(record, NCT_ID_PATH) or record.get("nctId")
    if not isinstance(nct_id, str) or not nct_id:
        raise UnexpectedRecord("A study without an NCT number cannot be read.", path=NCT_ID_PATH)
    single = {name: _field(path, _at(record, path)) for name, path in _SINGLE.items()}
    lists = {name: tuple(_fields(path, _at(record, path), keys)) for name, (path, keys) in _LISTS.items()}
    criteria = _field(_CRITERIA, _at(record, _CRITERIA) or record.get("eligibilityCriteria"))
    return StudySource(nct_id=nct_id, criteria=criteria, **single, **lists)  # type: ignore[arg-type]


def _object_in(raw: Raw | dict[str, Any]) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    try:
        record = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnexpectedRecord(f"A study cannot be read, because it is no JSON: {error}.", path="") from error
    if not isinstance(record, dict):
        raise UnexpectedRecord("A study cannot be read, because it is no JSON object.", path="")
    return record


def _at(record: Any, path: str) -> Any:
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def _field(path: str, value: Any) -> SourceField | None:
    if isinstance(value, bool):
        return SourceField(path, str(value).lower())
    return SourceField(path, value) if isinstance(value, str) and value else None


def _fields(path: str, values: Any, keys: tuple[str, ...]) -> Iterator[SourceField]:
    for position, value in enumerate(values if isinstance(values, list) else ()):
        place = f"{path}[{position}]"
        found = [_field(f"{place}.{key}", _at(value, key)) for key in keys] if keys else [_field(place, value)]
        yield from (field for field in found if field)
