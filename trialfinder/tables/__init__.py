"""Raw API studies to tidy tables. The only place that knows the API's JSON keys.

What needs pandas (`build_tables`, `Tables`, `build_criteria`, `build_facts`) is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trialfinder.tables.decode import Problem, Raw
from trialfinder.tables.dictionary import TABLES, Column, columns
from trialfinder.tables.fields import FIELDS, INDEX_FIELDS
from trialfinder.tables.index import IndexRow, aliases_of, digest_of, index_row, nct_id_of
from trialfinder.tables.source import build_source
from trialfinder.tables.study import build_study

if TYPE_CHECKING:
    from trialfinder.tables.criteria import build_criteria, criteria_frame
    from trialfinder.tables.facts import build_facts
    from trialfinder.tables.frames import Tables, build_tables

__all__ = [
    "FIELDS",
    "INDEX_FIELDS",
    "TABLES",
    "Column",
    "IndexRow",
    "Problem",
    "Raw",
    "Tables",
    "aliases_of",
    "build_criteria",
    "build_facts",
    "build_source",
    "build_study",
    "build_tables",
    "columns",
    "criteria_frame",
    "digest_of",
    "index_row",
    "nct_id_of",
]

_WITH_PANDAS = {
    "Tables": "frames",
    "build_tables": "frames",
    "build_facts": "facts",
    "build_criteria": "criteria",
    "criteria_frame": "criteria",
}


def __getattr__(name: str) -> Any:
    if name not in _WITH_PANDAS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WITH_PANDAS[name]}"), name)
