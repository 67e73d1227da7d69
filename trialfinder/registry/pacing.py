"""When the next request may start: the pace, what the registry asks us to wait, and one budget for all waiting."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Clock", "Pacer", "RetryBudget", "retry_after_seconds"]

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as a test may replace it: `monotonic` and `sleep` in seconds, `now` with its zone."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(slots=True)
class Pacer:
    """Keeps `interval` seconds between the starts of two requests, and longer where a wait was asked for."""

    clock: Clock
    interval: float
    _not_before: float = -math.inf

    def wait(self) -> None:
        """Sleep until the next request may start."""
        pause = self._not_before - self.clock.monotonic()
        if pause > 0:
            self.clock.sleep(pause)
        self._not_before = self.clock.monotonic() + self.interval

    def hold(self, seconds: float) -> None:
        """Let the next request start no sooner than in so many seconds."""
        self._not_before = max(self._not_before, self.clock.monotonic() + seconds)


@dataclass(slots=True)
class RetryBudget:
    """The seconds that the retries of one refresh may cost together: what was lost in vain, and the waiting."""

    seconds: float
    _spent: float = 0.0

    def take(self, n_failed: int, *, lost: float, asked: float | None = None) -> float | None:
        """Seconds to wait after so many failures in a row; None when the budget does not reach.

        `lost` is how long the last failure took; `asked` is what the registry asks us to wait, None if it does not say.
        """
        self._spent += lost
        wait = min(FIRST_WAIT * 2 ** (n_failed - 1), LONGEST_WAIT) if asked is None else asked
        if self._spent + wait > self.seconds:
            return None
        self._spent += wait
        return wait


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None where it says nothing usable."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        seconds = _seconds_until(header, now)
    return seconds if 0 <= seconds < math.inf else None


def _seconds_until(header: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return -1.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)
