"""Records of any shape: decoded as far as they go, or one error; never a lost page and never a crash."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.dataset import make_record
from trialfinder.demo import demo_records
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.errors import UnexpectedRecord
from trialfinder.tables import build_source, build_study, build_tables, digest_of, index_row

DEMO = [json.loads(raw) for raw in demo_records()][:6]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**25), 10**25), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.lists(st.text(max_size=4), max_size=2), st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
)  # fmt: skip
FOUND = {
    "half a character": b'{"nctId":"NCT99000001","eligibilityCriteria":"\\ud800 x"}',
    "no UTF-8": b'{"nctId":"NCT99000001","eligibilityCriteria":"\xff"}',
    "no number": b'{"nctId":"NCT99000001","x":NaN}',
    "deep": b'{"nctId":"NCT99000001","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "number out of range": b'{"nctId":"NCT99000001","x":1e999}',
    "cut": b'{"nctId":"NCT990',
    "list": b"[1]",
    "nothing": b"",
}


def places(tree: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a record."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [above, *(place for key, value in inner for place in places(value, (*above, key)))][0 if above else 1 :]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A record with something odd in one to three places; its number is left."""
    record = json.loads(json.dumps(draw(st.sampled_from(DEMO))))
    nct_id = record["protocolSection"]["identificationModule"]["nctId"]
    for _ in range(draw(st.integers(1, 3))):
        *parents, last = draw(st.sampled_from(places(record)))
        target = record
        for key in parents:
            target = target[key]
        target[last] = draw(ODD)
    if isinstance(record.get("protocolSection"), dict) and isinstance(
        record["protocolSection"].get("identificationModule"), dict
    ):
        record["protocolSection"]["identificationModule"]["nctId"] = nct_id
    return nct_id, json.dumps(record).encode()


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(damaged())
def test_a_record_of_another_shape_costs_neither_its_row_nor_its_neighbour(given_record: tuple[str, bytes]) -> None:
    """Two typed clients of this API lose the whole page."""
    nct_id, raw = given_record
    neighbour = json.dumps(make_record(7)).encode()
    tables = build_tables([raw, neighbour])
    kept = tables.studies["nct_id"].tolist()
    assert "NCT98000007" in kept
    assert nct_id in kept or any(not problem.nct_id or problem.nct_id == nct_id for problem in tables.problems)
    for read in (build_study, index_row, digest_of):
        with suppress(UnexpectedRecord):
            read(raw)
    with suppress(UnexpectedRecord):
        read_eligibility(build_source(raw))


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=80))
def test_any_bytes_are_a_study_or_one_error(raw: bytes) -> None:
    for read in (build_study, build_source, index_row):
        with suppress(UnexpectedRecord):
            read(raw)
    assert len(build_tables([raw]).studies) <= 1


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_to_be_no_study_is_listed_and_the_rest_is_there(name: str) -> None:
    tables = build_tables([FOUND[name], json.dumps(make_record(7)).encode()])
    assert "NCT98000007" in tables.studies["nct_id"].tolist()
    if name not in {"deep", "number out of range"}:
        assert len(tables.problems) == 1
    with suppress(UnexpectedRecord):
        build_source(FOUND[name])
