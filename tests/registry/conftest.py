"""A replica, a clock that costs no time, and a refresh over both."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.registry.dataset import Dataset, make_record
from tests.registry.server import Replica
from trialfinder.finder.refresh import RefreshResult, refresh
from trialfinder.registry.pacing import Clock
from trialfinder.registry.settings import RegistrySettings
from trialfinder.store import Store

N_STUDIES = 25
PAGE_SIZE = 10


@dataclass
class FakeTime:
    """Sleeping passes no real time; `slept` is what was slept."""

    slept: list[float] = field(default_factory=list)
    seconds: float = 0.0
    start: datetime = datetime(2026, 11, 25, 12, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep, lambda: self.start + timedelta(seconds=self.seconds))


@dataclass
class Desk:
    """A registry, a store, and a way to refresh the one from the other."""

    replica: Replica
    path: Path
    time: FakeTime = field(default_factory=FakeTime)

    @property
    def data(self) -> Dataset:
        return self.replica.data

    @property
    def ids(self) -> list[str]:
        return sorted(self.data.studies)

    def settings(self, **changes: Any) -> RegistrySettings:
        return replace(RegistrySettings(api_url=self.replica.url, interval=0, page_size=PAGE_SIZE), **changes)

    def refresh(self, *, settings: dict[str, Any] | None = None, **options: Any) -> RefreshResult:
        return refresh(self.path, self.settings(**(settings or {})), clock=self.time.clock, **options)

    def stored(self) -> dict[str, tuple[str | None, str | None]]:
        """What the store says is in the search; None where there is no store."""
        with Store.open(self.path) as store:
            active = {nct_id: state for nct_id, state in store.index().items() if state.left_date is None}
            return {nct_id: (state.last_update_date, state.overall_status) for nct_id, state in active.items()}

    def served(self) -> dict[str, tuple[str | None, str | None]]:
        """What the registry holds."""
        modules = {nct_id: record["protocolSection"]["statusModule"] for nct_id, record in self.data.studies.items()}
        dates = {nct_id: module.get("lastUpdatePostDateStruct", {}).get("date") for nct_id, module in modules.items()}
        return {nct_id: (dates[nct_id], module["overallStatus"]) for nct_id, module in modules.items()}


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica(Dataset(make_record(number) for number in range(N_STUDIES))) as running:
        yield running


@pytest.fixture
def desk(replica: Replica, tmp_path: Path) -> Desk:
    """A registry of 25 studies in three pages, and no store yet."""
    return Desk(replica, tmp_path / "mine" / "trialfinder.sqlite")


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """The same with a store, over which the registry has changed: 2 touched, 1 closed, 2 new, 1 gone."""
    desk.refresh()
    desk.data.touch(*desk.ids[:2])
    desk.data.close(desk.ids[2])
    desk.data.add(make_record(900), make_record(901))
    desk.data.drop(desk.ids[10])
    desk.replica.reset()
    return desk
