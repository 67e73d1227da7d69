"""Pacing: the pace is kept, waits are honoured, and all waiting together has a limit."""

from datetime import UTC, datetime

import pytest

from trialfinder.registry.pacing import Clock, Pacer, RetryBudget, retry_after_seconds

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Time:
    """Seconds that pass by sleeping only."""

    def __init__(self) -> None:
        """A hundred have passed."""
        self.seconds = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep, lambda: NOON)


def test_the_first_request_does_not_wait() -> None:
    time = Time()
    Pacer(time.clock(), 1.0).wait()
    assert time.slept == []


def test_requests_start_an_interval_apart() -> None:
    time = Time()
    pacer = Pacer(time.clock(), 1.0)
    pacer.wait()
    time.seconds += 0.25
    pacer.wait()
    assert time.slept == [0.75]


def test_a_slow_request_costs_no_further_wait() -> None:
    time = Time()
    pacer = Pacer(time.clock(), 1.0)
    pacer.wait()
    time.seconds += 5
    pacer.wait()
    assert time.slept == []


def test_the_longer_of_pace_and_wait_holds() -> None:
    time = Time()
    pacer = Pacer(time.clock(), 1.0)
    pacer.wait()
    pacer.hold(0.5)
    pacer.wait()
    pacer.hold(30)
    pacer.wait()
    assert time.slept == [1.0, 30]


def test_waits_double_up_to_a_minute() -> None:
    budget = RetryBudget(1000)
    assert [budget.take(n, lost=0) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_lost_time_and_waits_share_one_budget() -> None:
    budget = RetryBudget(30)
    assert budget.take(1, lost=20) == 1
    assert budget.take(2, lost=8) is None


def test_a_wait_that_was_asked_for_is_kept_if_it_fits() -> None:
    budget = RetryBudget(30)
    assert budget.take(1, lost=0, asked=29) == 29
    assert budget.take(2, lost=0, asked=2) is None
    assert budget.take(2, lost=0, asked=0) == 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("1.5", 1.5),
        ("1e9", 1e9),
        ("Wed, 25 Nov 2026 12:01:00 GMT", 60),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0),
        ("Wed, 25 Nov 2026 12:01:00 -0000", 60),
        ("-3", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("Wed, 99 Nov 2026 12:01:00 GMT", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOON) == seconds
