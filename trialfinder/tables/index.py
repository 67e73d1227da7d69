"""What a refresh needs of a record without building tables: its number, its row of the index, a digest to compare."""

import hashlib
import re
from typing import Any, NamedTuple

import msgspec

from trialfinder.errors import UnexpectedRecord
from trialfinder.tables.decode import NCT_ID_PATH, Raw, decode_one
from trialfinder.tables.shapes import Identification, Protocol, Shape, Status
from trialfinder.tables.values import date_text

__all__ = ["IndexRow", "aliases_of", "digest_of", "index_row", "nct_id_of"]

_NCT_ID = re.compile(r"NCT\d{8}")


class IndexRow(NamedTuple):
    """A study as the index walk sees it; date and status are the registry's text."""

    nct_id: str
    last_update_date: str | None
    overall_status: str | None


def nct_id_of(raw: Raw) -> str:
    """The NCT number of a study. Raises `UnexpectedRecord` where there is none."""
    return _opened(raw)[0]


def index_row(raw: Raw) -> IndexRow:
    """The study's row of the index. Raises `UnexpectedRecord` where it has no NCT number."""
    nct_id, status = _glimpsed(raw) or _looked_at(raw)
    return IndexRow(nct_id, date_text(status.last_update_post_date_struct) or None, status.overall_status or None)


class _Part(Shape):
    identification_module: Identification | None = None
    status_module: Status | None = None


class _Glimpse(Shape):
    protocol_section: _Part | None = None


_GLIMPSE = msgspec.json.Decoder(_Glimpse)


def _glimpsed(raw: Raw) -> tuple[str, Status] | None:
    """Number and status without decoding the rest; None where that is not enough."""
    try:
        part = _GLIMPSE.decode(raw).protocol_section
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    nct_id = part.identification_module.nct_id if part and part.identification_module else None
    if part is None or part.status_module is None or not nct_id or not _NCT_ID.fullmatch(nct_id):
        return None
    return nct_id, part.status_module


def _looked_at(raw: Raw) -> tuple[str, Status]:
    nct_id, protocol = _opened(raw)
    return nct_id, protocol.status


def aliases_of(raw: Raw) -> tuple[str, ...]:
    """Older NCT numbers that now lead to this study."""
    return tuple(alias for alias in _opened(raw)[1].identification.nct_id_aliases or () if alias)


def digest_of(raw: Raw) -> dict[str, Any]:
    """What people ask about when a study changes: its status, its sites' statuses, whether its criteria are others.

    JSON-ready: `overall_status`, `sites` (a sorted list of facility, city, country and status) and `criteria_hash`,
    each None or empty where the record is silent. Equal digests mean that none of these changed.
    """
    protocol = _opened(raw)[1]
    text = protocol.eligibility.eligibility_criteria
    sites = [[site.facility, site.city, site.country, site.status] for site in protocol.places.locations or ()]
    return {
        "overall_status": protocol.status.overall_status,
        "sites": sorted(sites, key=lambda site: [part or "" for part in site]),
        "criteria_hash": hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16] if text else None,
    }


def _opened(raw: Raw) -> tuple[str, Protocol]:
    nct_id, protocol = decode_one(raw)
    if not _NCT_ID.fullmatch(nct_id):
        raise UnexpectedRecord(
            f"The registry sent a study that cannot be read: {nct_id!r} is no NCT number.", path=NCT_ID_PATH
        )
    return nct_id, protocol
