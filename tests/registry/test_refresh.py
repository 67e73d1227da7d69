"""A refresh over a registry that behaves: everything, then only what differs."""

import json
from pathlib import Path

import pytest

from tests.registry.conftest import Desk
from tests.registry.dataset import Dataset, load_jsonl, make_record
from tests.registry.server import Replica
from trialfinder.finder.refresh import ShrunkIndex
from trialfinder.store import Store


def test_first_refresh_stores_every_study_as_the_registry_sent_it(desk: Desk) -> None:
    result = desk.refresh()
    assert result.is_first
    assert desk.stored() == desk.served()
    with Store.open(desk.path) as store:
        record = json.loads(store.load_record(desk.ids[0]) or b"")
        assert record["protocolSection"] == desk.data.studies[desk.ids[0]]["protocolSection"]
        assert store.info().data_timestamp == desk.data.data_timestamp
        assert len(store.load_table("studies", ["nct_id"])) == len(desk.ids)


def test_first_pull_makes_nothing_new(desk: Desk) -> None:
    desk.refresh()
    with Store.open(desk.path) as store:
        assert list(store.changes()) == []
        assert [refresh.n_new for refresh in store.refreshes()] == [25]


def test_refresh_with_nothing_new_reads_the_index_only(desk: Desk) -> None:
    desk.refresh()
    n_bytes = desk.replica.n_bytes
    desk.replica.reset()
    result = desk.refresh()
    assert not result.is_new
    assert [request.is_bodies for request in desk.replica.requests] == [False] * 5
    assert desk.replica.n_bytes < n_bytes


def test_refresh_fetches_exactly_what_differs(kept: Desk) -> None:
    due = {*kept.ids[:3], "NCT98000900", "NCT98000901"}
    result = kept.refresh()
    asked = [request.params["filter.ids"].split("|") for request in kept.replica.requests if request.is_bodies]
    assert {nct_id for ids in asked for nct_id in ids} == due
    counts = result.refresh
    assert (counts.n_new, counts.n_changed, counts.n_left, counts.n_back) == (2, 3, 1, 0)
    assert kept.stored() == kept.served()


def test_pages_that_are_never_asked_for_results_sections(desk: Desk) -> None:
    desk.refresh()
    fields = {request.params.get("fields", "") for request in desk.replica.requests if request.path == "/studies"}
    assert not any("result" in names.lower() for names in fields)


def test_a_study_that_left_is_kept_and_marked_and_may_come_back(desk: Desk) -> None:
    desk.refresh()
    (gone,) = desk.data.drop(desk.ids[0])
    desk.refresh()
    nct_id = gone["protocolSection"]["identificationModule"]["nctId"]
    with Store.open(desk.path) as store:
        assert store.index()[nct_id].left_date == desk.data.data_timestamp[:10]
        assert store.load_record(nct_id)
        studies = store.load_table("studies", ["nct_id", "left_date"]).set_index("nct_id")
        assert studies["left_date"].notna().sum() == 1
        assert (store.info().n_studies, store.info().n_left) == (24, 1)
    desk.data.add(gone)
    assert desk.refresh().refresh.n_back == 1
    with Store.open(desk.path) as store:
        assert [change.kind for change in store.changes()] == ["left", "back"]
        assert store.index()[nct_id].left_date is None


def test_a_study_that_became_an_alias_leads_to_the_other(desk: Desk) -> None:
    desk.refresh()
    old, new = desk.ids[:2]
    desk.data.alias(old, new)
    desk.refresh()
    with Store.open(desk.path) as store:
        changes = {change.nct_id: change for change in store.changes()}
        assert (changes[old].kind, changes[old].successor) == ("left", new)
        assert store.load_record(old) == store.load_record(new)


def test_status_that_changes_without_a_date_is_seen(desk: Desk) -> None:
    desk.refresh()
    desk.data.close(desk.ids[4], status="SUSPENDED", date=None)
    assert desk.refresh().refresh.n_changed == 1
    assert desk.stored() == desk.served()


def test_full_refresh_sees_what_neither_date_nor_status_tells(desk: Desk) -> None:
    desk.refresh()
    desk.data.edit(desk.ids[3], "protocolSection.identificationModule.briefTitle", "Replica: renamed", date=None)
    assert desk.refresh().refresh.n_changed == 0
    assert desk.refresh(is_full=True).refresh.n_changed == 1
    with Store.open(desk.path) as store:
        (change,) = store.changes()
        assert b"renamed" in (change.after or b"")
        assert b"renamed" not in (change.before or b"")


def test_changes_keep_every_state_in_between(desk: Desk) -> None:
    desk.refresh()
    for title in ("second", "third"):
        desk.data.edit(
            desk.ids[0], "protocolSection.identificationModule.briefTitle", title, date=f"2026-11-{len(title)}"
        )
        desk.refresh()
    with Store.open(desk.path) as store:
        first, second = store.changes()
        assert b"second" in (first.after or b"")
        assert first.after == second.before
        assert b"third" in (second.after or b"")
        assert list(store.changes(since=2)) == [second]


@pytest.mark.parametrize("n_studies", [0, 1, 10, 11])
def test_any_number_of_studies_is_all_of_them(n_studies: int, tmp_path: Path) -> None:
    with Replica(Dataset(make_record(number) for number in range(n_studies))) as replica:
        desk = Desk(replica, tmp_path / "store.sqlite")
        desk.refresh()
        assert desk.stored() == desk.served()


def test_an_index_that_shrinks_by_more_than_a_tenth_is_refused(desk: Desk) -> None:
    desk.refresh()
    before = desk.stored()
    desk.data.drop(*desk.ids[:3])
    for is_full in (False, True):
        with pytest.raises(ShrunkIndex, match="--accept-loss"):
            desk.refresh(is_full=is_full)
    assert desk.stored() == before
    assert desk.refresh(is_full=True, is_loss_accepted=True).refresh.n_left == 3


def test_progress_ends_where_it_said(desk: Desk) -> None:
    heard: dict[str, list[tuple[int, int]]] = {}
    desk.refresh(on_progress=lambda stage, done, total: heard.setdefault(stage, []).append((done, total)))
    assert list(heard) == ["index", "studies", "tables", "criteria", "publish"]
    assert all(steps[-1][0] == steps[-1][1] for steps in heard.values())
    assert all(steps == sorted(steps) for steps in heard.values())


def test_real_records_come_and_go(shared: Path, tmp_path: Path) -> None:
    data = Dataset(load_jsonl(shared / "registry" / "studies.jsonl.gz"))
    with Replica(data) as replica:
        desk = Desk(replica, tmp_path / "store.sqlite")
        desk.refresh(settings={"page_size": 1000})
        n_bytes = replica.n_bytes
        replica.reset()
        desk.refresh(settings={"page_size": 1000})
        assert replica.n_bytes < n_bytes / 10
        data.touch(*desk.ids[:7])
        data.add(*(make_record(number) for number in range(3)))
        data.drop(*desk.ids[-5:-3])
        counts = desk.refresh(settings={"page_size": 1000}).refresh
        assert (counts.n_changed, counts.n_new, counts.n_left) == (7, 3, 2)
        assert desk.stored() == desk.served()
