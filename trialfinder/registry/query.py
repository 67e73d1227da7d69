"""What to ask the registry: the parameters of each request. Pure."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from trialfinder.errors import UsageError

__all__ = ["IDS_PER_REQUEST", "checked_nct_id", "fingerprint", "ids_params", "query_params", "study_path", "term"]

IDS_PER_REQUEST = 200
"""So many NCT numbers keep the address under the 8 KB that proxies allow."""

Params = dict[str, str]


@cache
def term() -> str:
    """The search: every breast cancer study, and the solid-tumour studies whose eligibility text names it."""
    parts = tomllib.loads(files("trialfinder.registry").joinpath("query.toml").read_text("utf-8"))
    return f"{parts['breast']} OR ({parts['origin']} AND {parts['names_breast']})"


def query_params(fields: Sequence[str], page_size: int) -> Params:
    """All studies of the search, a page at a time, and how many there are."""
    return {"query.term": term(), **_page(fields, page_size)}


def ids_params(nct_ids: Sequence[str], fields: Sequence[str]) -> Params:
    """These studies in one page; the registry refuses the whole request for one malformed number."""
    ids = "|".join(checked_nct_id(nct_id) for nct_id in nct_ids)
    return {"filter.ids": ids, **_page(fields, len(nct_ids))}


def study_path(nct_id: str) -> str:
    """Where one study lies; `UsageError` before anything but an NCT number becomes part of an address."""
    return f"/studies/{checked_nct_id(nct_id)}"


def checked_nct_id(text: str) -> str:
    """The NCT number; `UsageError` where it is none."""
    if not re.fullmatch(r"NCT[0-9]{8}", text):
        raise UsageError(f"{text!r} is no NCT number: NCT and eight digits, like NCT01234567", value=text)
    return text


def fingerprint(api_url: str, fields: Sequence[str]) -> str:
    """Tells one search from another, so that a half-done pull is only resumed for the same one."""
    return hashlib.sha256("\n".join((api_url, term(), *fields)).encode()).hexdigest()[:16]


def _page(fields: Sequence[str], page_size: int) -> Params:
    return {"fields": ",".join(fields), "pageSize": str(page_size), "countTotal": "true", "format": "json"}
