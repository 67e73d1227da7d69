"""A refresh: walk the index, fetch what differs, publish. No cursor, no clock; all of it, or the store as it was."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from trialfinder.errors import NoStoreError, RegistryError, StoreDamaged, TrialfinderError
from trialfinder.registry.bodies import fetch_bodies
from trialfinder.registry.client import RegistryClient
from trialfinder.registry.index import fetch_index
from trialfinder.registry.pacing import Clock
from trialfinder.registry.pages import Version
from trialfinder.registry.query import fingerprint
from trialfinder.registry.settings import RegistrySettings
from trialfinder.registry.walk import WalkBroken
from trialfinder.store import Refresh, Store
from trialfinder.store.files import set_aside
from trialfinder.store.lock import refresh_lock
from trialfinder.store.partial import Partial
from trialfinder.store.publish import Published, publish, quiet
from trialfinder.store.state import Pull, RecordState, difference
from trialfinder.tables import FIELDS, IndexRow, index_row

__all__ = ["OnProgress", "RefreshCancelled", "RefreshResult", "ShrunkIndex", "refresh"]

OnProgress = Callable[[str, int, int], None]
"""Hears (stage, done, total); the stages are index, studies, tables, criteria, publish and wait (seconds)."""

SHRINK_LIMIT = 0.1
"""An index that is smaller by more than this part is taken for a fault of the registry."""

WAIT_STEP = 0.5


class RefreshCancelled(TrialfinderError):
    """The refresh was stopped by the person who started it; the store is as it was."""

    exit_code = 4
    code = "refresh_cancelled"


class ShrunkIndex(RegistryError):
    """The registry lists far fewer studies than the last time."""

    code = "shrunk_index"


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """What a refresh did. `is_first` where there was no store; `is_new` where anything in it has changed."""

    refresh: Refresh
    is_first: bool
    problems: tuple[object, ...] = ()
    set_aside: Path | None = None

    @property
    def is_new(self) -> bool:
        """Whether the store holds anything that it did not hold before."""
        counts = self.refresh
        return bool(counts.n_new or counts.n_changed or counts.n_left or counts.n_back)


@dataclass(slots=True)
class _Run:
    """One refresh on its way."""

    path: Path
    client: RegistryClient
    partial: Partial
    on_progress: OnProgress
    clock: Clock
    is_full: bool
    is_loss_accepted: bool
    states: Mapping[str, RecordState] = field(default_factory=dict)


def refresh(
    path: Path,
    settings: RegistrySettings,
    *,
    is_full: bool = False,
    is_loss_accepted: bool = False,
    on_progress: OnProgress = quiet,
    cancel: threading.Event | None = None,
    clock: Clock | None = None,
) -> RefreshResult:
    """Bring the store at `path` to what the registry holds now; create it where there is none.

    `is_full` fetches every record again, and `is_loss_accepted` with it takes an index that has shrunk by more than a
    tenth. Setting `cancel` from another thread ends it with `RefreshCancelled`. Whatever goes wrong, the store stays as
    it was, and what was fetched waits beside it for the next try.
    """
    time = _watched_clock(clock or Clock(), cancel, on_progress)
    with refresh_lock(path), RegistryClient(settings, time) as client, closing(Partial(path)) as partial:
        aside, states = _prepared(path, time)
        run = _Run(
            path, client, partial, _cancellable(on_progress, cancel), time, is_full, is_loss_accepted, states or {}
        )
        try:
            done = _attempt(run)
        except WalkBroken:
            done = _attempt(run)
        partial.discard()
        return RefreshResult(done.refresh, states is None, done.problems, aside)


def _prepared(path: Path, clock: Clock) -> tuple[Path | None, dict[str, RecordState] | None]:
    """What is stored, after a damaged store was set aside; None where nothing is."""
    try:
        with Store.open(path) as store:
            return None, store.index()
    except NoStoreError:
        return None, None
    except StoreDamaged as error:
        if error.details.get("found") in {"newer", "foreign"}:
            raise
        return set_aside(path, clock.now()), None


def _attempt(run: _Run) -> Published:
    version = run.client.fetch_version()
    index = fetch_index(run.client, lambda done, total: run.on_progress("index", done, total))
    found = difference(run.states, index)
    _refuse_loss(run, index)
    due = sorted(index) if run.is_full else list(found.due)
    _fetch_due(run, index, due, f"{version.data_timestamp} {fingerprint(run.client.settings.api_url, FIELDS)}")
    _refuse_new_data(version, run.client.fetch_version())
    pull = Pull(
        data_timestamp=version.data_timestamp,
        refreshed_at=run.clock.now().isoformat(timespec="seconds"),
        index=index,
        bodies=run.partial,
        api_version=version.api_version,
        n_requests=run.client.n_requests,
        n_bytes=run.client.n_bytes,
    )
    return publish(run.path, pull, run.on_progress)


def _refuse_loss(run: _Run, index: Mapping[str, IndexRow]) -> None:
    n_before = sum(state.left_date is None for state in run.states.values())
    if len(index) >= n_before * (1 - SHRINK_LIMIT) or (run.is_full and run.is_loss_accepted):
        return
    raise ShrunkIndex(
        f"The registry lists only {len(index)} studies; {n_before} are stored. Nothing was changed. "
        "Try again later; if it is right, run `trialfinder refresh --full --accept-loss`.",
        listed=len(index),
        stored=n_before,
    )


def _fetch_due(run: _Run, index: Mapping[str, IndexRow], due: Sequence[str], key: str) -> None:
    have = run.partial.begin(key, lambda nct_id, raw: index_row(raw) == index.get(nct_id))
    missing = [nct_id for nct_id in due if nct_id not in have]
    n_done = len(due) - len(missing)

    def keep(bodies: Mapping[str, bytes], token: str | None) -> None:
        nonlocal n_done
        run.partial.add(bodies.items(), token)
        n_done += len(bodies)
        run.on_progress("studies", n_done, len(due))

    if missing:
        fetch_bodies(run.client, index, missing, run.partial.token, keep)


def _refuse_new_data(before: Version, after: Version) -> None:
    if before != after:
        raise WalkBroken(
            "The registry's data changed while we were reading them, twice. Try again in an hour; "
            "what was stored before is unchanged."
        )


def _cancellable(on_progress: OnProgress, cancel: threading.Event | None) -> OnProgress:
    def report(stage: str, done: int, total: int) -> None:
        _stop_if(cancel)
        on_progress(stage, done, total)

    return report


def _watched_clock(clock: Clock, cancel: threading.Event | None, on_progress: OnProgress) -> Clock:
    """Sleeps in short steps, so that a person sees the waiting and can stop it."""

    def sleep(seconds: float) -> None:
        end = clock.monotonic() + seconds
        while (rest := end - clock.monotonic()) > 0:
            _stop_if(cancel)
            if seconds > 2 * WAIT_STEP:
                on_progress("wait", int(seconds - rest), int(seconds))
            clock.sleep(min(rest, WAIT_STEP))

    return Clock(clock.monotonic, sleep, clock.now)


def _stop_if(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise RefreshCancelled("The refresh was stopped; the store is as it was.")
