"""Later refreshes: what was cut off goes on, what does not fit together begins again, nothing is lost on the way."""

import json
from collections.abc import Callable

import pytest

from tests.registry import faults
from tests.registry.conftest import Desk
from tests.registry.dataset import make_record
from tests.registry.server import Fault, Request
from trialfinder.errors import RegistryUnavailable
from trialfinder.registry.walk import WalkBroken


def nth_bodies(n: int, fault: Fault) -> Callable[[Request], Fault | None]:
    """A plan: the fault for the n-th request for records, and all later ones."""
    count = {"n": 0}

    def plan(request: Request) -> Fault | None:
        count["n"] += request.is_bodies
        return fault if request.is_bodies and count["n"] >= n else None

    return plan


def cut_off(desk: Desk, n: int) -> None:
    """A refresh that ends at its n-th request for records."""
    desk.replica.plan = nth_bodies(n, faults.status(503))
    with pytest.raises(RegistryUnavailable):
        desk.refresh(settings={"retry_budget": 0})
    desk.replica.reset()


def test_a_first_pull_that_was_cut_off_goes_on_where_it_stopped(desk: Desk) -> None:
    cut_off(desk, 3)
    desk.refresh()
    (last,) = [request for request in desk.replica.requests if request.is_bodies]
    assert "pageToken" in last.params
    assert desk.stored() == desk.served()
    assert not desk.path.with_name("trialfinder.sqlite.partial").exists()


def test_a_later_pull_that_was_cut_off_goes_on(kept: Desk) -> None:
    cut_off_ids = settings = {"page_size": 2}
    kept.replica.plan = nth_bodies(2, faults.status(503))
    with pytest.raises(RegistryUnavailable):
        kept.refresh(settings={**settings, "retry_budget": 0})
    kept.replica.reset()
    kept.refresh(settings=cut_off_ids)
    asked = [request.params["filter.ids"] for request in kept.replica.requests if request.is_bodies]
    assert sum(ids.count("NCT") for ids in asked) == 3
    assert kept.stored() == kept.served()


def test_what_was_fetched_of_older_data_is_thrown_away(desk: Desk) -> None:
    cut_off(desk, 3)
    desk.data.advance()
    desk.refresh()
    assert sum(request.is_bodies for request in desk.replica.requests) == 3
    assert desk.stored() == desk.served()


def test_what_was_fetched_and_changed_under_the_same_timestamp_is_fetched_again(desk: Desk) -> None:
    cut_off(desk, 3)
    stamp = desk.data.data_timestamp
    desk.data.close(desk.ids[0])
    desk.data.data_timestamp = stamp
    desk.refresh()
    assert desk.stored() == desk.served()


def test_a_token_that_is_no_longer_good_does_not_block_for_ever(desk: Desk) -> None:
    cut_off(desk, 2)
    desk.replica.plan = faults.once(
        lambda request: "pageToken" in request.params and request.is_bodies, faults.status(400)
    )
    desk.refresh()
    assert desk.stored() == desk.served()


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_partial_file_is_thrown_away(desk: Desk, damage: bytes) -> None:
    cut_off(desk, 2)
    desk.path.with_name("trialfinder.sqlite.partial").write_bytes(damage)
    desk.refresh()
    assert desk.stored() == desk.served()


def test_a_named_study_that_is_not_sent_begins_again(kept: Desk) -> None:
    drop = faults.changed_page(lambda page: page["studies"].pop())
    kept.replica.plan = faults.once(lambda request: request.is_bodies, drop)
    kept.refresh()
    assert kept.stored() == kept.served()


def test_a_named_study_that_is_never_sent_is_one_clear_error(kept: Desk) -> None:
    before = kept.stored()
    kept.replica.plan = faults.always(
        lambda request: request.is_bodies, faults.changed_page(lambda page: page["studies"].pop())
    )
    with pytest.raises(WalkBroken, match="lists NCT98000901, but does not send it"):
        kept.refresh()
    assert kept.stored() == before


def test_a_study_that_is_not_as_the_index_says_begins_again(kept: Desk) -> None:
    def older(page: dict[str, list[dict[str, dict[str, dict[str, str]]]]]) -> None:
        page["studies"][0]["protocolSection"]["statusModule"]["overallStatus"] = "WITHDRAWN"

    kept.replica.plan = faults.once(lambda request: request.is_bodies, faults.changed_page(older))
    kept.refresh()
    assert kept.stored() == kept.served()


def test_a_study_that_nobody_asked_for_is_not_taken(kept: Desk) -> None:
    stranger = json.loads(json.dumps(make_record(555)))
    kept.replica.plan = faults.once(
        lambda request: request.is_bodies, faults.changed_page(lambda page: page["studies"].append(stranger))
    )
    kept.refresh()
    assert kept.stored() == kept.served()


def test_weekends_without_change_are_no_error(desk: Desk) -> None:
    desk.refresh()
    stamp = desk.data.data_timestamp
    for _ in range(2):
        assert not desk.refresh().is_new
    assert desk.data.data_timestamp == stamp


def test_a_first_pull_and_many_small_ones_end_the_same(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk.refresh()
    for step in range(4):
        desk.data.touch(desk.ids[step], date=f"2026-11-1{step}")
        desk.data.add(make_record(700 + step))
        desk.data.close(desk.ids[step + 8], status="TERMINATED")
        desk.refresh()
    fresh = Desk(desk.replica, tmp_path_factory.mktemp("fresh") / "store.sqlite")
    fresh.refresh()
    from trialfinder.store import Store

    with Store.open(desk.path) as grown, Store.open(fresh.path) as pulled:
        for name in ("studies", "sites", "arms", "interventions", "facts"):
            left, right = grown.load_table(name), pulled.load_table(name)
            assert left.equals(right)
            assert list(left.dtypes) == list(right.dtypes)
        assert grown.text_vocabulary() == pulled.text_vocabulary()
        assert list(grown.load_records()) == list(pulled.load_records())
