"""JSON for programs, the same shape in every release (`docs/find.schema.json`)."""

import json
from collections.abc import Sequence

import pandas as pd

from trialfinder.export.cells import is_absent, plain
from trialfinder.export.listing import Listing, Stamp
from trialfinder.wording.visible import json_for_screens


def build_json(listing: Listing, rows: str = "studies") -> bytes:
    """`{"data_timestamp", "refreshed_at", "is_demo", "search", "caution", "notices", "studies" or "sites": [...]}`."""
    return json_of(listing.stamp, listing.notices, rows, listing.sites if rows == "sites" else listing.studies)


def json_of(stamp: Stamp, notices: Sequence[str], name: str, frame: pd.DataFrame) -> bytes:
    """The stamp, the notices, and the rows of a frame under `name`."""
    document = {
        "data_timestamp": stamp.data_timestamp,
        "refreshed_at": stamp.refreshed_at,
        "is_demo": stamp.is_demo,
        "search": dict(stamp.search_options),
        "caution": stamp.caution,
        "notices": list(notices),
        name: records(frame),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return (json_for_screens(text) + "\n").encode("utf-8")


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as JSON-ready dicts: absent is null, dates are ISO texts, lists stay lists."""
    columns = {name: [_value(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _value(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    if is_absent(value):
        return None
    return value if isinstance(value, bool | int | float | str) else plain(value)
