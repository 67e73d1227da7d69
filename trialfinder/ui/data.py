"""The finder that all sessions share: opened once for each refresh, the demo where there is no usable store."""

import gc
import os
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from trialfinder.errors import NoStoreError, TrialfinderError
from trialfinder.finder import Finder, Search, open_finder
from trialfinder.store import Store, default_store_path
from trialfinder.ui.words import label
from trialfinder.wording import LANGUAGES

FileState = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The finder to use, and how old its data are (ISO 8601 texts, None where there was no refresh).

    `countries` are those of all sites, as the registry writes them.
    `problem` says why it is the demo although a store is there (damaged, another version).
    """

    finder: Finder
    data_timestamp: str | None
    refreshed_at: str | None
    countries: tuple[str, ...] = ()
    problem: TrialfinderError | None = None

    @property
    def is_demo(self) -> bool:
        """Whether the trials are invented."""
        return self.finder.is_demo


def open_data() -> Opened:
    """The finder over the store as it is now, or over the demo."""
    if is_demo_asked():
        return _demo()
    path = default_store_path()
    try:
        return _of_store(str(path), _refresh_id(str(path), _state_of(path)))
    except NoStoreError:
        return _demo()
    except TrialfinderError as error:
        return replace(_demo(), problem=error)


def is_demo_asked() -> bool:
    """Whether the app was started with --demo."""
    return os.environ.get("TRIALFINDER_DEMO", "").strip().lower() in {"1", "true", "yes", "on"}


_LOADING = " · ".join(label("common.loading", language) for language in LANGUAGES)


@st.cache_resource(max_entries=1, show_spinner=_LOADING)
def _demo() -> Opened:
    return _warmed(open_finder(is_demo=True))


@st.cache_resource(max_entries=2, show_spinner=_LOADING)
def _of_store(path: str, refresh_id: int) -> Opened:  # noqa: ARG001 - a new refresh is a new finder
    return _warmed(open_finder(path))


def _warmed(finder: Finder) -> Opened:
    """The finder with its tables loaded, so that no visitor's filter waits for them."""
    _ = finder.encoded, finder.corpus.intervention_names, finder.corpus.by_setting, finder.corpus.is_breast
    stamp = finder.stamp(Search(), "en")
    _set_apart()
    countries = sorted(map(str, finder.sites.frame["country"].dropna().unique()))
    return Opened(finder, stamp.data_timestamp, stamp.refreshed_at, tuple(countries))


def _set_apart() -> None:
    """Take all that is loaded out of the sight of garbage collection.

    Streamlit collects after every rerun, and walking the tables of 8,000 studies took half of a rerun's time. What an
    earlier refresh left is looked at once more before.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_resource(max_entries=4, show_spinner=False)
def _refresh_id(path: str, state: FileState) -> int:  # noqa: ARG001 - asked again when the file changes
    with Store.open(Path(path)) as store:
        return max((refresh.refresh_id for refresh in store.refreshes()), default=0)


def _state_of(path: Path) -> FileState:
    """Size and time of the store's files: cheap to ask, and different after every refresh."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return tuple((stat.st_mtime_ns, stat.st_size) for file in files if file.exists() for stat in [file.stat()])
