"""The order of results: each reason in turn, and total."""

from itertools import permutations

import pandas as pd
import pytest

from trialfinder.matching.order import order

FIRST = {
    "verdict": "may_fit",
    "kind": "treatment",
    "confirmed_weight": 10,
    "n_ask": 1,
    "distance_km": 5.0,
    "last_update_date": pd.Timestamp("2026-05-01"),
    "nct_id": "NCT99000001",
}
WORSE = {
    "verdict": "conflict",
    "kind": "observational",
    "confirmed_weight": 9,
    "n_ask": 2,
    "distance_km": 6.0,
    "last_update_date": pd.Timestamp("2026-04-30"),
    "nct_id": "NCT99000002",
}
BETTER_IN_ALL_BELOW = {
    "kind": "access",
    "confirmed_weight": 99,
    "n_ask": 0,
    "distance_km": 0.0,
    "last_update_date": pd.Timestamp("2026-06-01"),
    "nct_id": "NCT99000000",
}


def _frame(*rows):
    return pd.DataFrame(list(rows))


@pytest.mark.parametrize("reason", list(FIRST))
def test_each_reason_decides_before_all_that_follow_it(reason):
    following = list(FIRST)[list(FIRST).index(reason) + 1 :]
    worse = FIRST | {reason: WORSE[reason]} | {name: BETTER_IN_ALL_BELOW[name] for name in following}
    best = FIRST if reason == "nct_id" else FIRST | {"nct_id": "NCT99000005"}
    assert order(_frame(worse, best))["nct_id"].tolist() == [best["nct_id"], worse["nct_id"]]


def test_no_open_site_and_no_date_come_last():
    far = FIRST | {"nct_id": "NCT99000001", "distance_km": None}
    near = FIRST | {"nct_id": "NCT99000002", "distance_km": 9000.0, "last_update_date": pd.NaT}
    assert order(_frame(far, near))["nct_id"].tolist() == ["NCT99000002", "NCT99000001"]
    undated = FIRST | {"nct_id": "NCT99000001", "last_update_date": pd.NaT}
    dated = FIRST | {"nct_id": "NCT99000002"}
    assert order(_frame(undated, dated))["nct_id"].tolist() == ["NCT99000002", "NCT99000001"]


def test_kinds_that_were_asked_for_stand_where_they_fit():
    survey = FIRST | {"nct_id": "NCT99000002", "kind": "observational", "confirmed_weight": 50}
    assert order(_frame(FIRST, survey), kinds_asked=True)["nct_id"].iloc[0] == "NCT99000002"
    assert order(_frame(FIRST, survey))["nct_id"].iloc[0] == "NCT99000001"


def test_the_order_does_not_depend_on_the_order_before():
    rows = [FIRST | {"nct_id": f"NCT9900000{number}", "n_ask": number % 2} for number in range(4)]
    orders = {tuple(order(_frame(*rows_now))["nct_id"]) for rows_now in permutations(rows)}
    assert orders == {("NCT99000000", "NCT99000002", "NCT99000001", "NCT99000003")}


def test_without_a_profile_or_a_place_the_rest_decides():
    plain = _frame(FIRST, FIRST | WORSE | {"kind": "treatment"}).drop(
        columns=["verdict", "confirmed_weight", "n_ask", "distance_km"]
    )
    assert order(plain)["nct_id"].tolist() == ["NCT99000001", "NCT99000002"]
