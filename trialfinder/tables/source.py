"""The record as the criteria reader sees it: every text verbatim, with its exact path in the API's JSON."""

from collections.abc import Iterator
from typing import Any, TypedDict

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


# The modules that hold them. What else a record holds, above all its sites, is not decoded.
class _Modules(TypedDict, total=False):
    identificationModule: Any
    descriptionModule: Any
    conditionsModule: Any
    designModule: Any
    armsInterventionsModule: Any
    eligibilityModule: Any


class _Record(TypedDict, total=False):
    protocolSection: _Modules
    nctId: Any
    eligibilityCriteria: Any


_READ = msgspec.json.Decoder(_Record)


def _split(path: str) -> tuple[str, str]:
    """The module of a path, which is looked up once, and the key there."""
    module, _, key = path.rpartition(".")
    return module, key


_SINGLE_PARTS = [(name, path, *_split(path)) for name, path in _SINGLE.items()]
_LIST_PARTS = [(name, path, *_split(path), keys) for name, (path, keys) in _LISTS.items()]
_PARENTS = {part[2] for part in _SINGLE_PARTS} | {part[2] for part in _LIST_PARTS}


def build_source(raw: Raw | dict[str, Any]) -> StudySource:
    """The texts of one study, raw or decoded: a full record or a bare line `{"nctId", "eligibilityCriteria"}`.

    A text of another shape than the API's is left out. Raises `UnexpectedRecord` where there is no JSON object with
    an NCT number.
    """
    record = _object_in(raw)
    nct_id = _at(record, NCT_ID_PATH) or record.get("nctId")
    if not isinstance(nct_id, str) or not nct_id:
        raise UnexpectedRecord("A study without an NCT number cannot be read.", path=NCT_ID_PATH)
    parts = {module: _at(record, module) for module in _PARENTS}
    single = {name: _field(path, _in(parts[module], key)) for name, path, module, key in _SINGLE_PARTS}
    lists = {name: tuple(_fields(path, _in(parts[module], key), keys)) for name, path, module, key, keys in _LIST_PARTS}
    criteria = _field(_CRITERIA, _at(record, _CRITERIA) or record.get("eligibilityCriteria"))
    return StudySource(nct_id=nct_id, criteria=criteria, **single, **lists)  # type: ignore[arg-type]


def _object_in(raw: Raw | dict[str, Any]) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    try:
        str(raw, "utf-8") if isinstance(raw, bytes | bytearray) else raw  # what is passed over is not checked below
        record = _decoded(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnexpectedRecord(f"A study cannot be read, because it is no JSON: {error}.", path="") from error
    if not isinstance(record, dict):
        raise UnexpectedRecord("A study cannot be read, because it is no JSON object.", path="")
    return record


def _decoded(raw: Raw) -> Any:
    """The record without what holds no text for the reader, above all its sites."""
    try:
        return _READ.decode(raw)
    except msgspec.ValidationError:
        return msgspec.json.decode(raw)


def _at(record: Any, path: str) -> Any:
    for key in path.split("."):
        record = _in(record, key)
    return record


def _in(part: Any, key: str) -> Any:
    return part.get(key) if isinstance(part, dict) else None


def _field(path: str, value: Any) -> SourceField | None:
    if isinstance(value, bool):
        return SourceField(path, str(value).lower())
    return SourceField(path, value) if isinstance(value, str) and value else None


def _fields(path: str, values: Any, keys: tuple[str, ...]) -> Iterator[SourceField]:
    for position, value in enumerate(values if isinstance(values, list) else ()):
        place = f"{path}[{position}]"
        found = [_field(f"{place}.{key}", _in(value, key)) for key in keys] if keys else [_field(place, value)]
        yield from (field for field in found if field)
