"""Raw bytes to typed records. An odd record is read as far as it goes, and what was odd is listed."""

import types
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from trialfinder.errors import UnexpectedRecord
from trialfinder.tables.shapes import Eligibility, Protocol, Record, Shape

__all__ = ["NCT_ID_PATH", "Decoded", "Problem", "Raw", "decode_one", "decode_study"]

NCT_ID_PATH = "protocolSection.identificationModule.nctId"

Raw = bytes | bytearray | memoryview | str | msgspec.Raw
"""One study as JSON, the way it came over the wire."""

S = TypeVar("S", bound=Shape)

_DECODE = msgspec.json.Decoder(Record)


class Problem(NamedTuple):
    """A part of a record that could not be read: the rest of the record is there."""

    nct_id: str | None
    path: str
    what: str


class Decoded(NamedTuple):
    """A study's number, None where it has none, and its typed record."""

    nct_id: str | None
    protocol: Protocol


def decode_study(raw: Raw, problems: list[Problem]) -> Decoded | None:
    """One study, typed; None where it is no JSON object. Parts of another shape are left out, listed in `problems`."""
    try:
        record = _decoded(raw, problems)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problems.append(Problem(None, "", f"no JSON: {error}"))
        return None
    if record is None:
        return None
    protocol = record.protocol_section or Protocol(eligibility_module=Eligibility(record.eligibility_criteria))
    return Decoded(protocol.identification.nct_id or record.nct_id or None, protocol)


def decode_one(raw: Raw) -> tuple[str, Protocol]:
    """One study that must be there: its number and its typed record. Raises `UnexpectedRecord` where it is not."""
    problems: list[Problem] = []
    study = decode_study(raw, problems)
    if study is None or study.nct_id is None:
        said = problems[0].what if problems else "it has no NCT number"
        raise UnexpectedRecord(f"A study cannot be read: {said}.", path=NCT_ID_PATH)
    return study.nct_id, study.protocol


def _decoded(raw: Raw, problems: list[Problem]) -> Record | None:
    try:
        return _DECODE.decode(raw)
    except msgspec.ValidationError:
        return _mended_record(msgspec.json.decode(raw), problems)


def _mended_record(value: Any, problems: list[Problem]) -> Record | None:
    if not isinstance(value, dict):
        problems.append(Problem(None, "", "no JSON object"))
        return None
    found: list[Problem] = []
    record = _mended_shape(value, Record, "", found)
    nct_id = (record.protocol_section or Protocol()).identification.nct_id or record.nct_id
    problems.extend(problem._replace(nct_id=nct_id) for problem in found)
    return record


def _mended_shape(value: dict[str, Any], shape: type[S], path: str, found: list[Problem]) -> S:
    hints = get_type_hints(shape)
    parts = {}
    for name, key in zip(shape.__struct_fields__, shape.__struct_encode_fields__, strict=True):
        if value.get(key) is not None:
            parts[name] = _mended(value[key], _without_none(hints[name]), f"{path}.{key}".lstrip("."), found)
    return shape(**parts)


def _mended(value: Any, kind: Any, path: str, found: list[Problem]) -> Any:
    if isinstance(kind, type) and issubclass(kind, Shape) and isinstance(value, dict):
        return _mended_shape(value, kind, path, found)
    if get_origin(kind) is list and isinstance(value, list):
        return list(_mended_items(value, get_args(kind)[0], path, found))
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        found.append(Problem(None, path, str(error)))
        return None


def _mended_items(values: list[Any], kind: Any, path: str, found: list[Problem]) -> Iterable[Any]:
    for position, value in enumerate(values):
        mended = _mended(value, kind, f"{path}[{position}]", found)
        if mended is not None:
            yield mended


def _without_none(hint: Any) -> Any:
    assert isinstance(hint, types.UnionType)  # noqa: S101 every field of a shape may be absent
    return get_args(hint)[0]
