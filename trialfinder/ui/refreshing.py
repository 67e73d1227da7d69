"""A refresh that runs beside the sessions: one for the whole process, watched by whoever opened it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.finder.refresh import OnProgress, RefreshResult
from trialfinder.finder.refreshing import refresh

Pull = Callable[[OnProgress, threading.Event], RefreshResult]


@dataclass
class Refreshing:
    """One refresh at a time, in a thread of its own. `stage`, `done` and `total` say how far it is.

    `result` and `error` are of the last one that ended. The other sessions go on with the data that they have.
    """

    stage: str = ""
    done: int = 0
    total: int = 0
    result: RefreshResult | None = None
    error: TrialfinderError | None = None
    _thread: threading.Thread | None = None
    _cancel: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_running(self) -> bool:
        """Whether a refresh is on its way."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop and has not yet."""
        return self.is_running and self._cancel.is_set()

    @property
    def has_crashed(self) -> bool:
        """Whether the last one ended without saying how: a bug, which the log holds."""
        return self._thread is not None and not self.is_running and self.result is None and self.error is None

    def start(self, pull: Pull) -> None:
        """Begin; nothing happens where one is running already."""
        with self._lock:
            if self.is_running:
                return
            self.stage, self.done, self.total = "", 0, 0
            self.result, self.error = None, None
            self._cancel = threading.Event()
            self._thread = threading.Thread(target=self._run, args=[pull], name="refresh", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ask it to stop; the store stays as it was."""
        self._cancel.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, pull: Pull) -> None:
        try:
            self.result = pull(self._report, self._cancel)
        except TrialfinderError as error:
            self.error = error

    def _report(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total


@st.cache_resource(show_spinner=False)
def refreshing() -> Refreshing:
    """The refresh of this process."""
    return Refreshing()


def pull_into(path: Path) -> Pull:
    """A refresh of the store at a path, by the settings of the environment."""
    return lambda report, cancel: refresh(path, on_progress=report, cancel=cancel)
