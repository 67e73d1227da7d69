"""Whether a failed request is repeated. stamina runs the attempts; the pacer does the waiting."""

from dataclasses import dataclass, field

from trialfinder.registry.answers import PassingFault
from trialfinder.registry.pacing import Pacer, RetryBudget

__all__ = ["Failures"]


@dataclass(slots=True)
class Failures:
    """The failures of one request so far."""

    pacer: Pacer
    budget: RetryBudget
    n: int = 0
    _start: float = field(default=0.0)

    def begin(self) -> None:
        """An attempt starts now."""
        self._start = self.pacer.clock.monotonic()

    def is_worth_a_retry(self, error: Exception) -> float | bool:
        """0 seconds (for stamina, since the pacer waits) or False: stamina's backoff hook."""
        if not isinstance(error, PassingFault):
            return False
        self.n += 1
        lost = self.pacer.clock.monotonic() - self._start
        wait = self.budget.take(self.n, lost=lost, asked=error.asked)
        if wait is None or self.n >= error.tries:
            return False
        self.pacer.hold(wait)
        return 0.0
