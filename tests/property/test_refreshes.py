"""Any sequence of registry changes, faults, interruptions and refreshes: the store is the registry, or as it was."""

import json
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.registry import faults
from tests.registry.conftest import Desk
from tests.registry.dataset import Dataset, make_record
from tests.registry.server import Replica
from trialfinder.errors import TrialfinderError
from trialfinder.store import Store

FAULTS = {
    "503": faults.status(503),
    "403": faults.status(403),
    "429": faults.status(429, headers={"Retry-After": "20"}),
    "HTML": faults.body(faults.HTML, content_type="text/html"),
    "short": faults.short,
    "reset": faults.reset,
    "cut": faults.cut_json,
    "one study less": faults.changed_page(lambda page: page.get("studies") and page["studies"].pop()),
    "no token": faults.changed_page(lambda page: page.pop("nextPageToken", None)),
    "no count": faults.changed_page(lambda page: page.pop("totalCount", None)),
    "refused token": faults.status(400, "Parameter 'pageToken' is not known"),
}
STAGES = ("index", "studies", "tables", "criteria", "publish")
numbers = st.integers(0, 10**6)


class Refreshes(RuleBasedStateMachine):
    """A registry of some twenty studies that lives on, and a store that follows it."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.replica = Replica(Dataset(make_record(number) for number in range(22))).start()
        self.desk = Desk(self.replica, self.folder / "store.sqlite")
        self.gone: list[dict[str, Any]] = []
        self.n_new = 100
        self.day = date(2026, 12, 1)

    def teardown(self) -> None:
        if hasattr(self, "replica"):
            self.replica.stop()
            shutil.rmtree(self.folder)

    def _some(self, number: int) -> str:
        return self.desk.ids[number % len(self.desk.ids)]

    @rule()
    def add(self) -> None:
        self.n_new += 1
        self.desk.data.add(make_record(self.n_new))

    def _next_day(self) -> str:
        """The registry posts an update under a new date."""
        self.day += timedelta(days=1)
        return self.day.isoformat()

    @rule(number=numbers)
    def touch(self, number: int) -> None:
        self.desk.data.touch(self._some(number), date=self._next_day())

    @rule(number=numbers, status=st.sampled_from(["COMPLETED", "SUSPENDED", "WHATEVER"]), is_silent=st.booleans())
    def change_status(self, number: int, status: str, *, is_silent: bool) -> None:
        self.desk.data.close(self._some(number), status=status, date=None if is_silent else self._next_day())

    @rule(number=numbers)
    def leave(self, number: int) -> None:
        self.gone += self.desk.data.drop(self._some(number))

    @precondition(lambda self: self.gone)
    @rule()
    def come_back(self) -> None:
        self.desk.data.add(self.gone.pop())

    @rule(number=numbers)
    def become_alias(self, number: int) -> None:
        old, new = self._some(number), self._some(number + 1)
        if old != new:
            self.desk.data.alias(old, new)
            self.desk.data.touch(new, date=self._next_day())

    @rule(is_full=st.booleans())
    def refresh(self, *, is_full: bool) -> None:
        self._refresh(is_full=is_full, is_loss_accepted=is_full)

    @rule(name=st.sampled_from(sorted(FAULTS)), number=st.integers(1, 9), is_lasting=st.booleans())
    def refresh_with_a_fault(self, name: str, number: int, *, is_lasting: bool) -> None:
        if is_lasting:
            self.replica.plan = lambda request: FAULTS[name] if request.number >= number else None
        else:
            self.replica.faults = {number: FAULTS[name]}
        self._refresh()

    @rule(stage=st.sampled_from(STAGES))
    def refresh_and_be_interrupted(self, stage: str) -> None:
        def interrupt(now: str, *_: int) -> None:
            if now == stage:
                raise KeyboardInterrupt

        self._refresh(is_full=True, on_progress=interrupt)

    @rule(number=st.integers(2, 8))
    def refresh_while_the_registry_changes(self, number: int) -> None:
        self.replica.faults = {number: faults.then(self.add)}
        self._refresh()

    def _refresh(self, **options: Any) -> None:
        before = self._everything()
        try:
            self.desk.refresh(settings={"retry_budget": 30}, **options)
        except (TrialfinderError, KeyboardInterrupt):
            assert self._everything() == before
        else:
            self._compare()
        self.replica.reset()

    def _is_of_today(self) -> bool:
        """The registry may have changed after the last question of a refresh: then the next one brings it."""
        with Store.open(self.desk.path) as store:
            return store.info().data_timestamp == self.desk.data.data_timestamp

    def _everything(self) -> object:
        if not self.desk.path.exists():
            return None
        with Store.open(self.desk.path) as store:
            return store.index(), list(store.load_records()), len(store.refreshes()), store.info()

    def _compare(self) -> None:
        if not self._is_of_today():
            return
        assert self.desk.stored() == self.desk.served()
        with Store.open(self.desk.path) as store:
            for nct_id, record in self.desk.data.studies.items():
                stored = json.loads(store.load_record(nct_id) or b"{}")
                assert stored["protocolSection"] == record["protocolSection"]
            studies = store.load_table("studies", ["nct_id", "overall_status", "left_date"])
            active = studies[studies["left_date"].isna()]
            expected = {nct_id: status for nct_id, (_, status) in self.desk.served().items()}
            assert dict(zip(active["nct_id"], active["overall_status"], strict=True)) == expected


Refreshes.TestCase.settings = settings(
    max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRefreshes = pytest.mark.slow(Refreshes.TestCase)
