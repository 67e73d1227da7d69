"""What `--format json` gives is what `docs/find.schema.json` promises."""

import json
from datetime import date

import jsonschema
import pytest

from tests.conftest import ROOT
from tests.unit.export.builders import make_stamp
from tests.unit.export.test_atom import make_changes
from trialfinder.export import build_export
from trialfinder.export.changes import build_changes_export
from trialfinder.finder import Finder, Search, open_finder

SCHEMA = json.loads((ROOT / "docs" / "find.schema.json").read_text("utf-8"))
SEARCHES = [
    Search(),
    Search(is_all=True),
    Search(near="Cleveland, OH", within_km=160, subtype="TNBC"),
    Search(text="qwertyuiopasdf"),
]


@pytest.fixture(scope="module")
def finder():
    with open_finder(is_demo=True) as opened:
        yield opened


def check(content: bytes) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(content))


@pytest.mark.parametrize("rows", ["studies", "sites"])
@pytest.mark.parametrize("search", SEARCHES, ids=Search.command)
def test_what_is_found_keeps_to_the_schema(finder: Finder, search: Search, rows: str) -> None:
    check(build_export(finder.search(search).listing(), "json", rows))


def test_changes_keep_to_the_schema(finder: Finder) -> None:
    found = finder.changes("2026-01-01", today=date(2026, 11, 25))
    assert len(found.frame)
    check(build_changes_export(found.frame, "json", found.stamp, found.notices))
    check(build_changes_export(make_changes(), "json", make_stamp()))


def test_the_schema_would_notice_another_column(finder: Finder) -> None:
    document = json.loads(build_export(finder.search(Search()).listing(), "json"))
    document["studies"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        check(json.dumps(document).encode())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
