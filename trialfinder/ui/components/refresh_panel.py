"""Refreshing the data from the app: start, watch, stop; absent where a host forbids it."""

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.finder.refresh import RefreshCancelled
from trialfinder.store import default_store_path, is_read_only
from trialfinder.ui.data import is_demo_asked
from trialfinder.ui.refreshing import Refreshing, pull_into, refreshing
from trialfinder.ui.state import lang, say, say_n
from trialfinder.ui.text import markdown_of
from trialfinder.wording.errors import render_error

EVERY_SECONDS = 1.0
_WATCHED = "watched_refresh"


def may_refresh() -> bool:
    """Whether this app may change its store; not where it says so in a way that we cannot read."""
    try:
        return not is_read_only()
    except TrialfinderError:
        return False


def render_refresh() -> None:
    """The button, or how far the refresh is that somebody has started, and how the last one ended."""
    if not may_refresh():
        st.markdown(say("about.refresh.read_only"))
        return
    if is_demo_asked():
        st.markdown(say("about.refresh.demo"))
        return
    st.markdown(say("about.refresh.what"))
    running = refreshing()
    if running.is_running:
        st.session_state[_WATCHED] = True
        _watch()
        return
    _render_end(running)
    st.button(
        say("about.refresh.start"),
        key="refresh",
        type="primary",
        icon="🔄",
        on_click=running.start,
        args=[pull_into(default_store_path())],
    )


@st.fragment(run_every=EVERY_SECONDS)
def _watch() -> None:
    """How far it is, asked every second; the whole page comes anew when it has ended."""
    running = refreshing()
    if not running.is_running:
        if st.session_state.pop(_WATCHED, False):
            st.rerun()
        return
    share = min(running.done / running.total, 1.0) if running.total else 0.0
    st.progress(share, text=_progress_words(running))
    if running.is_stopping:
        st.caption(say("about.refresh.stopping"))
    else:
        st.button(say("about.refresh.stop"), key="stop_refresh", on_click=running.stop)


def _progress_words(running: Refreshing) -> str:
    if not running.stage:
        return say("about.refresh.stage.begin")
    words = say(f"about.refresh.stage.{running.stage}")
    return (
        say("about.refresh.of", stage=words, done=f"{running.done:,}", total=f"{running.total:,}")
        if running.total
        else words
    )


def _render_end(running: Refreshing) -> None:
    if isinstance(running.error, RefreshCancelled):
        st.info(say("about.refresh.stopped"))
    elif running.error is not None:
        st.error(markdown_of(render_error(running.error, lang())), icon="⚠️")
    elif running.has_crashed:
        st.error(say("about.refresh.crashed"), icon="⚠️")
    elif running.result is not None:
        counts = running.result.refresh
        st.success(
            " ".join(
                [
                    say("about.refresh.done"),
                    *(
                        say_n(f"about.refresh.{kind}", n)
                        for kind, n in (("new", counts.n_new), ("changed", counts.n_changed))
                    ),
                ]
            ),
            icon="✅",
        )
