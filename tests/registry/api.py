"""What the registry answers: the replica's API, pure. It refuses what the real one refuses, in its words.

It checks `query.*`, but does not select by it: every study is an answer. `filter.*`, `fields`, dates, numbers and
paging work as they do there.
"""

import base64
import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.registry.dataset import Dataset

__all__ = ["Reply", "reply_to"]

MAX_PAGE, DEFAULT_PAGE = 1000, 10
PAGING = {"pageToken", "pageSize", "countTotal"}
QUERIES = {
    *("query.cond", "query.term", "query.locn", "query.titles", "query.intr"),
    *("query.outc", "query.spons", "query.lead", "query.id", "query.patient"),
}
FILTERS = {
    *("filter.overallStatus", "filter.geo", "filter.ids", "filter.advanced", "filter.synonyms"),
    *("postFilter.overallStatus", "postFilter.geo", "postFilter.ids", "postFilter.advanced", "postFilter.synonyms"),
}
KNOWN = QUERIES | FILTERS | PAGING | {"format", "markupFormat", "fields", "sort", "aggFilters", "geoDecay"}
AREAS = {
    *("BasicSearch", "ConditionSearch", "InterventionSearch", "InterventionNameSearch", "ObsoleteConditionSearch"),
    *("ExternalIdsSearch", "ExternalIdTypesSearch", "EligibilitySearch", "OutcomeSearch", "OutcomeNameSearch"),
    *("TitleSearch", "LocationSearch", "ContactSearch", "NCTIdSearch", "IdSearch", "SponsorSearch"),
    *("FunderTypeSearch", "ResponsiblePartySearch", "PatientSearch"),
}
NCT_ID = re.compile(r"[Nn][Cc][Tt]0*([1-9]\d{0,7})")
DATE_RANGE = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[\s*([^,\]]+),\s*([^,\]]+)\]")


@dataclass(frozen=True)
class Reply:
    """One answer before it goes over the wire."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class _Refused(Exception):
    """The registry takes the request for wrong, and says so in plain text."""


def reply_to(data: Dataset, path: str, params: Mapping[str, str]) -> Reply:
    """What the registry answers to a path below its base, and decoded parameters."""
    try:
        if path == "/version":
            return _json({"apiVersion": data.api_version, "dataTimestamp": data.data_timestamp})
        if path == "/studies":
            return _page(data, params)
        if found := re.fullmatch(r"/studies/(.+)", path):
            return _study(data, found[1], params)
    except _Refused as error:
        return _text(400, str(error))
    return _text(404, "Not found")


def _page(data: Dataset, params: Mapping[str, str]) -> Reply:
    for name in params:
        if name not in KNOWN:
            raise _Refused(f"`{name}` is unknown parameter")
    keep = _projection(params.get("fields"))
    studies = [data.studies[nct_id] for nct_id in _selected(data, params)]
    size = min(int(params.get("pageSize") or 0) or DEFAULT_PAGE, MAX_PAGE)
    start = _start(data, params)
    page: dict[str, Any] = {}
    if start == 0 and params.get("countTotal") == "true" and "pageToken" not in params:
        page["totalCount"] = len(studies)
    page["studies"] = [keep(study) for study in studies[start : start + size]]
    if start + size < len(studies):
        page["nextPageToken"] = _token(data, params, start + size)
    return _json(page)


def _study(data: Dataset, number: str, params: Mapping[str, str]) -> Reply:
    nct_id = _canonical(number)
    if nct_id in data.aliases:
        return Reply(301, b"", "text/plain", {"Location": f"/api/v2/studies/{data.aliases[nct_id]}"})
    if nct_id not in data.studies:
        return _text(404, f"NCT number {nct_id} not found")
    return _json(_projection(params.get("fields"))(data.studies[nct_id]))


def _selected(data: Dataset, params: Mapping[str, str]) -> Iterable[str]:
    for name in QUERIES & params.keys():
        _check_expression(params[name], "Other terms" if name == "query.term" else name)
    found = list(data.studies)
    if any(_is_only_numbers(params[name]) for name in QUERIES & params.keys()):
        return found  # every filter is ignored then
    for prefix in ("filter", "postFilter"):
        if ids := params.get(f"{prefix}.ids"):
            asked = {_canonical(number) for number in re.split(r"[|,]", ids)}
            asked |= {data.aliases[old] for old in asked & data.aliases.keys()}
            found = [nct_id for nct_id in found if nct_id in asked]
        if statuses := params.get(f"{prefix}.overallStatus"):
            found = [nct_id for nct_id in found if _status(data, nct_id) in re.split(r"[|,]", statuses)]
        if advanced := params.get(f"{prefix}.advanced"):
            _check_expression(advanced, "advanced filter")
            found = [nct_id for nct_id in found if _is_in_dates(data, nct_id, advanced)]
    return found


def _start(data: Dataset, params: Mapping[str, str]) -> int:
    if "pageToken" not in params:
        return 0
    try:
        bound, start = base64.urlsafe_b64decode(params["pageToken"]).decode().split()
    except ValueError:
        bound, start = "", "0"
    if bound != _binding(data, params):
        raise _Refused("Parameter 'pageToken' has incorrect format or belongs to another request")
    return int(start)


def _token(data: Dataset, params: Mapping[str, str], start: int) -> str:
    return base64.urlsafe_b64encode(f"{_binding(data, params)} {start}".encode()).decode()


def _binding(data: Dataset, params: Mapping[str, str]) -> str:
    asked = sorted((name, value) for name, value in params.items() if name not in PAGING)
    return hashlib.sha256(repr((data.data_timestamp, asked)).encode()).hexdigest()[:12]


def _names() -> dict[str, str]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {row["piece"]: row["path"] for row in rows if row["piece"]} | {row["path"]: row["path"] for row in rows}


NAMES = _names()


def _projection(fields: str | None) -> Callable[[dict[str, Any]], dict[str, Any]]:
    if fields is None:
        return lambda record: record
    wanted: dict[str, Any] = {}
    for name in re.split(r"[|,]", fields):
        if name not in NAMES:
            raise _Refused(f"Parameter 'fields' contains invalid field name: '{name}'")
        node = wanted
        for key in NAMES[name].split("."):
            node = node.setdefault(key, {})
    return lambda record: _projected(record, wanted)


def _projected(value: Any, wanted: Mapping[str, Any]) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [_projected(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _projected(value[key], inner) for key, inner in wanted.items() if key in value}
    return {key: inner for key, inner in kept.items() if inner not in ({}, [])}


def _check_expression(text: str, where: str) -> None:
    if text.count("(") != text.count(")"):
        raise _Refused(f"Error parsing query in {where}: missing ')' at '<EOF>'")
    if text.count('"') % 2:
        raise _Refused(f"Error parsing query in {where}: missing '\"' at '<EOF>'")
    for area in re.findall(r"AREA\[([^\]]*)\]", text):
        if area not in AREAS and area not in NAMES:
            raise _Refused(f"Error parsing query in {where}: Unknown area name: `{area}`")


def _is_only_numbers(text: str) -> bool:
    return bool(text.strip()) and all(NCT_ID.fullmatch(word) for word in re.split(r"[\s,]+", text.strip()))


def _is_in_dates(data: Dataset, nct_id: str, expression: str) -> bool:
    struct = data.studies[nct_id]["protocolSection"].get("statusModule", {}).get("lastUpdatePostDateStruct", {})
    date = struct.get("date", "")
    return all(
        (low == "MIN" or date >= low) and (high == "MAX" or date <= high)
        for low, high in DATE_RANGE.findall(expression)
    )


def _status(data: Dataset, nct_id: str) -> str | None:
    status: str | None = data.studies[nct_id]["protocolSection"].get("statusModule", {}).get("overallStatus")
    return status


def _canonical(number: str) -> str:
    found = NCT_ID.fullmatch(number)
    if not found:
        raise _Refused(f"'{number}' is not a valid NCT number")
    return f"NCT{int(found[1]):08d}"


def _json(value: object) -> Reply:
    return Reply(200, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _text(status: int, text: str) -> Reply:
    return Reply(status, text.encode(), "text/plain; charset=utf-8")
