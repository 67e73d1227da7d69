"""Paging: ids are compared, not counts, on many small pages; short, doubled or circling answers are never taken."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.registry import faults
from tests.registry.conftest import Desk
from tests.registry.server import Exchange, Fault, Request
from trialfinder.errors import UnexpectedRecord
from trialfinder.registry.walk import WalkBroken


def is_index(request: Request) -> bool:
    return request.is_index


def is_first_index(request: Request) -> bool:
    return request.is_index and "pageToken" not in request.params


def is_second_index(request: Request) -> bool:
    return request.is_index and "pageToken" in request.params


def is_second_bodies(request: Request) -> bool:
    return request.is_bodies and "pageToken" in request.params


def page(change: Callable[[dict[str, Any]], object]) -> Fault:
    return faults.changed_page(change)


def same_token(exchange: Exchange) -> None:
    """The token that was asked for leads to itself."""
    body = json.loads(exchange.reply.body) | {"nextPageToken": exchange.request.params["pageToken"]}
    faults.body(json.dumps(body).encode())(exchange)


def new_token_for_ever(exchange: Exchange) -> None:
    """An empty page with another token, each time."""
    token = f"t{exchange.request.number}"
    faults.body(json.dumps({"studies": [], "nextPageToken": token}).encode())(exchange)


def a_b_a(exchange: Exchange) -> None:
    """Two tokens that lead to each other."""
    token = "B" if exchange.request.params.get("pageToken") == "A" else "A"
    body = json.loads(exchange.reply.body) if exchange.reply.status == 200 else {"studies": []}
    faults.body(json.dumps(body | {"nextPageToken": token}).encode())(exchange)


NO_FAULT_ALONE = {"tokens cycle A-B-A", "empty pages for ever"}


def without_first(body: dict[str, Any]) -> None:
    """One study never comes, whatever is asked."""
    numbers = [study["protocolSection"]["identificationModule"]["nctId"] for study in body["studies"]]
    if "NCT98000000" in numbers:
        body["studies"].pop(numbers.index("NCT98000000"))


BROKEN: dict[str, tuple[Callable[[Request], bool], Fault, str]] = {
    "a token repeats": (is_second_index, same_token, "in circles"),
    "tokens cycle A-B-A": (is_index, a_b_a, "in circles"),
    "empty pages for ever": (is_second_index, new_token_for_ever, "in circles"),
    "the token is missing early": (is_first_index, page(lambda p: p.pop("nextPageToken")), "counts 25.*listed 10"),
    "no count": (is_first_index, page(lambda p: p.pop("totalCount")), "does not say how many"),
    "a count too high": (is_first_index, page(lambda p: p.update(totalCount=29)), "counts 29.*listed 25"),
    "a count too low": (is_first_index, page(lambda p: p.update(totalCount=24)), "counts 24.*listed 25"),
    "a changing count": (is_second_index, page(lambda p: p.update(totalCount=29)), "25 studies first, and now 29"),
    "a study is missing": (is_second_index, page(lambda p: p["studies"].pop()), "listed"),
    "a token that is refused": (is_second_index, faults.status(400, "no such token"), "does not know the next page"),
    "bodies: a token that is refused": (is_second_bodies, faults.status(400, "no such token"), "next page"),
    "bodies: a study is missing": (lambda request: request.is_bodies, page(without_first), "does not send it"),
}


@pytest.mark.parametrize("fault", [name for name in BROKEN if name not in NO_FAULT_ALONE])
def test_a_walk_that_breaks_once_begins_again(desk: Desk, fault: str) -> None:
    kind, what, _ = BROKEN[fault]
    desk.replica.plan = faults.once(kind, what)
    desk.refresh()
    assert desk.stored() == desk.served()


@pytest.mark.parametrize("fault", BROKEN)
def test_a_walk_that_breaks_twice_is_one_clear_error(desk: Desk, fault: str) -> None:
    kind, what, said = BROKEN[fault]
    desk.replica.plan = faults.always(kind, what)
    with pytest.raises(WalkBroken, match=said):
        desk.refresh()
    assert not desk.path.exists()
    assert sum(request.path == "/version" for request in desk.replica.requests) == 2
    assert len(desk.replica.requests) < 60


@pytest.mark.parametrize("fault", [name for name in BROKEN if "bodies" not in name and "A-B-A" not in name])
def test_nothing_is_marked_gone_by_a_broken_walk(kept: Desk, fault: str) -> None:
    kind, what, _ = BROKEN[fault]
    before = kept.stored()
    kept.replica.plan = faults.always(kind, what)
    with pytest.raises(WalkBroken):
        kept.refresh()
    assert kept.stored() == before


def test_an_empty_page_that_leads_on_is_no_end(desk: Desk) -> None:
    def empty_then_on(exchange: Exchange) -> None:
        """Before the second page stands an empty one, whose token leads to it."""
        body = json.loads(exchange.reply.body)
        token = body["nextPageToken"]
        desk.replica.plan = lambda request: empty(token) if request.params.get("pageToken") == "empty" else None
        faults.body(json.dumps(body | {"nextPageToken": "empty"}).encode())(exchange)

    def empty(token: str) -> Fault:
        return faults.body(json.dumps({"studies": [], "nextPageToken": token}).encode())

    desk.replica.plan = faults.once(is_first_index, empty_then_on)
    desk.refresh()
    assert desk.stored() == desk.served()
    assert len(desk.replica.requests) == 9


def test_a_study_on_two_pages_counts_once(desk: Desk) -> None:
    first = desk.data.studies[desk.ids[0]]
    desk.replica.plan = faults.always(is_second_index, page(lambda p: p["studies"].append(first)))
    desk.refresh()
    assert desk.stored() == desk.served()


def test_a_study_on_two_pages_that_differ_begins_again(desk: Desk) -> None:
    other = json.loads(json.dumps(desk.data.studies[desk.ids[0]]))
    other["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    desk.replica.plan = faults.first(is_second_index, page(lambda p: p["studies"].append(other)))
    desk.refresh()
    assert desk.stored() == desk.served()
    assert sum(request.path == "/version" for request in desk.replica.requests) == 3


def test_a_short_page_is_not_the_last(desk: Desk) -> None:
    desk.refresh(settings={"page_size": 7})
    assert desk.stored() == desk.served()


def test_a_study_missing_from_one_page_and_doubled_on_another_is_noticed(desk: Desk) -> None:
    """The count is right, the ids are not."""
    desk.replica.plan = faults.always(is_second_index, page(lambda p: p["studies"].__setitem__(0, p["studies"][1])))
    with pytest.raises(WalkBroken, match=r"counts 25 studies, but listed 2[34]"):
        desk.refresh()


def test_data_that_change_in_the_middle_of_the_walk_begin_again(desk: Desk) -> None:
    desk.replica.plan = faults.once(is_first_index, faults.then(lambda: desk.data.close(desk.ids[0])))
    desk.refresh()
    assert desk.stored() == desk.served()


def test_data_that_change_after_the_last_page_are_not_published(desk: Desk) -> None:
    last = {"n": 0}

    def plan(request: Request) -> Fault | None:
        last["n"] += request.is_bodies
        return faults.then(desk.data.advance) if request.is_bodies and last["n"] == 3 else None

    desk.replica.plan = plan
    desk.refresh()
    assert sum(request.path == "/version" for request in desk.replica.requests) == 4
    assert desk.stored() == desk.served()


def test_data_that_change_all_the_time_are_one_clear_error(kept: Desk) -> None:
    before = kept.stored()
    kept.replica.plan = faults.always(lambda request: request.is_bodies, faults.then(kept.data.advance))
    with pytest.raises(WalkBroken, match=re.escape("changed while we were reading them, twice")):
        kept.refresh()
    assert kept.stored() == before


@pytest.mark.parametrize(
    "line",
    [
        '{"protocolSection":{}}',
        "{}",
        "null",
        '"NCT98000001"',
        '{"protocolSection":{"identificationModule":{"nctId":"X"}}}',
    ],
)
def test_an_index_line_without_a_number_is_an_error(desk: Desk, line: str) -> None:
    desk.replica.plan = faults.always(is_first_index, page(lambda p: p["studies"].append(json.loads(line))))
    with pytest.raises(UnexpectedRecord):
        desk.refresh()


@pytest.mark.slow
@pytest.mark.parametrize("n_studies", [1000, 1001])
def test_a_thousand_and_one_studies_take_two_pages(n_studies: int, desk: Desk) -> None:
    from tests.registry.dataset import make_record

    desk.data.studies.clear()
    desk.data.add(*(make_record(number) for number in range(n_studies)))
    desk.refresh(settings={"page_size": 1000})
    assert desk.stored() == desk.served()
    assert sum(request.is_index for request in desk.replica.requests) == 1 + n_studies // 1001
