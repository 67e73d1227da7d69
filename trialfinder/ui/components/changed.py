"""What changed in trials, kind by kind, twenty at a time."""

from typing import Any

import pandas as pd
import streamlit as st

from trialfinder.export.cells import plain
from trialfinder.export.changes import build_changes_export
from trialfinder.export.json_file import records
from trialfinder.finder import Finder
from trialfinder.finder.changes import Changes
from trialfinder.ui import news
from trialfinder.ui.components.shell import day, open_trial
from trialfinder.ui.state import lang, say, say_n, tell
from trialfinder.ui.text import html_of, markdown_of

ORDER = (
    "new", "opened", "site_opened", "fact_changed", "criteria_changed", "closed", "site_closed", "withdrawn",
    "status_changed", "back", "left", "posted", "record_updated", "updated",
)  # fmt: skip
PAGE = 20
_ATOM = "application/atom+xml"
Row = dict[str, Any]


def render_changes(finder: Finder, found: Changes) -> None:
    """Each kind of change as a part that opens, with its number."""
    if found.frame.empty:
        st.info(tell("changes.nothing"), icon="🕊️")
        return
    st.markdown(say_n("whats_new.n", found.frame["nct_id"].nunique()))
    kinds = news.kinds_of(found.frame, ORDER)
    for kind in kinds:
        rows = found.frame[found.frame["kind"] == kind].iloc[::-1]
        with st.expander(f"{tell(f'changes.kinds.{kind}')} ({len(rows):,})", expanded=len(kinds) == 1):
            _render_kind(finder, kind, rows)


def render_files(found: Changes) -> None:
    """The changes as a table, and as a feed for a news reader."""
    with st.container(horizontal=True):
        for name, mime in (("csv", "text/csv"), ("atom", _ATOM)):
            st.download_button(
                say(f"whats_new.files.{name}"),
                lambda name=name: build_changes_export(found.frame, name, found.stamp, found.notices),
                file_name=f"changes.{name}",
                mime=mime,
                key=f"changes_{name}",
                on_click="ignore",
            )


def _render_kind(finder: Finder, kind: str, rows: pd.DataFrame) -> None:
    shown = st.session_state.get(f"shown_{kind}", PAGE)
    for number, row in enumerate(records(rows.head(shown))):
        _render_change(finder, row, f"{kind}_{number}")
    if len(rows) > shown:
        st.button(say("whats_new.more"), key=f"more_{kind}", on_click=_show_more, args=[kind, shown + PAGE])


def _show_more(kind: str, n: int) -> None:
    st.session_state[f"shown_{kind}"] = n


def _render_change(finder: Finder, row: Row, key: str) -> None:
    about = " · ".join(part for part in (plain(row["nct_id"]), day(plain(row["refreshed_at"])), _what(row)) if part)
    st.html(f'<h3 lang="en" class="tf-title">{html_of(plain(row["brief_title"]))}</h3>')
    st.markdown(markdown_of(about))
    with st.container(horizontal=True):
        if st.button(say("whats_new.open"), key=f"open_{key}"):
            open_trial(plain(row["nct_id"]))
        is_text = row["kind"] in news.TEXT_KINDS
        if is_text and st.toggle(say("whats_new.diff.show"), key=f"diff_{key}"):
            _render_diff(finder, row)


def _what(row: Row) -> str:
    """What changed, in a few words."""
    kind, key = plain(row["kind"]), row["key"]
    if kind == "fact_changed":
        name = news.key_words(kind, key, lang())
        before, after = (news.value_words(str(key), row[side], lang()) or say("whats_new.nothing_asked") for side in ("before", "after"))
        return f"{name}. {say('whats_new.from_to', before=before, after=after)}"
    if key:
        return str(key)
    before, after = (news.status_or_text(row[side], lang()) for side in ("before", "after"))
    return say("whats_new.from_to", before=before, after=after) if before and after else after


def _render_diff(finder: Finder, row: Row) -> None:
    texts = news.load_texts(finder, plain(row["nct_id"]), plain(row["refreshed_at"]))
    shown = news.diff_html(*texts, say("whats_new.diff.removed"), say("whats_new.diff.added")) if texts else ""
    if shown:
        st.html(f"<p>{html_of(say('whats_new.diff.help'))}</p>{shown}")
    else:
        st.caption(say("whats_new.diff.same"))
