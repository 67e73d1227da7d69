"""What changed in trials, kind by kind, twenty at a time."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from trialfinder.export.cells import plain
from trialfinder.export.changes import build_changes_export
from trialfinder.finder import Finder
from trialfinder.finder.changes import Changes
from trialfinder.ui import news
from trialfinder.ui.components.shell import day, open_trial
from trialfinder.ui.state import lang, say, say_n, tell
from trialfinder.ui.text import html_of
from trialfinder.ui.words import labels

ORDER = (
    "new", "opened", "site_opened", "fact_changed", "criteria_changed", "closed", "site_closed", "withdrawn",
    "status_changed", "back", "left", "posted", "record_updated", "updated",
)  # fmt: skip
PAGE = 20
LINES = 5
CAME = ("new", "back")
SITES = ("site_opened", "site_closed")
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
        groups = news.by_trial(found.frame[found.frame["kind"] == kind])
        with st.expander(f"{heading_of(kind)} ({len(groups):,})", expanded=len(kinds) == 1):
            _render_kind(finder, kind, groups)


def heading_of(kind: str) -> str:
    """A kind of change in plain words; a kind that is not known here has those of `wording`."""
    code = f"whats_new.kinds.{kind}"
    return say(code) if code in labels(lang()) else tell(f"changes.kinds.{kind}")


def render_files(found: Changes) -> None:
    """The changes as a table, and as a feed for a news reader."""
    with st.container(horizontal=True):
        for name, mime in (("csv", "text/csv"), ("atom", _ATOM)):
            st.download_button(
                say(f"whats_new.files.{name}"),
                partial(build_changes_export, found.frame, name, found.stamp, found.notices),
                file_name=f"changes.{name}",
                mime=mime,
                key=f"changes_{name}",
                on_click="ignore",
            )


def _render_kind(finder: Finder, kind: str, groups: Sequence[Sequence[Row]]) -> None:
    shown = st.session_state.get(f"shown_{kind}", PAGE)
    for number, rows in enumerate(groups[:shown]):
        _render_trial(finder, rows, f"{kind}_{number}")
    if len(groups) > shown:
        st.button(say("whats_new.more"), key=f"more_{kind}", on_click=_show_more, args=[kind, shown + PAGE])


def _show_more(kind: str, n: int) -> None:
    st.session_state[f"shown_{kind}"] = n


def _render_trial(finder: Finder, rows: Sequence[Row], key: str) -> None:
    """One trial with all that one refresh changed in it, of one kind."""
    row = rows[0]
    lines = [line for each in rows if (line := _what(each))]
    more = [say("whats_new.more_lines", n=len(lines) - LINES)] if len(lines) > LINES else []
    shown = [html_of(line) for line in [*lines[:LINES], *more]]
    told = f"<p>{shown[0]}</p>" if len(shown) == 1 else "".join(f"<li>{line}</li>" for line in shown)
    st.html(
        f'<h3 lang="en" class="tf-title">{html_of(plain(row["brief_title"]))}</h3>'
        f'<p class="tf-about">{html_of(plain(row["nct_id"]))} · {html_of(day(plain(row["refreshed_at"])))}</p>'
        + (f'<ul class="tf-list">{told}</ul>' if len(shown) > 1 else told)
    )
    with st.container(horizontal=True):
        if st.button(say("whats_new.open"), key=f"open_{key}"):
            open_trial(plain(row["nct_id"]))
        is_shown = row["kind"] in news.TEXT_KINDS and st.toggle(say("whats_new.diff.show"), key=f"diff_{key}")
    if is_shown:
        _render_diff(finder, row)


def _what(row: Row) -> str:
    """What changed, in one sentence; of a site only its name, since the heading above has said the rest."""
    if row["kind"] in SITES:
        return plain(row["key"])
    if row["kind"] in CAME:
        return news.status_or_text(row, "after", lang())
    return "" if row["summary"] == tell(f"changes.kinds.{row['kind']}") else plain(row["summary"])


def _render_diff(finder: Finder, row: Row) -> None:
    texts = news.load_texts(finder, plain(row["nct_id"]), plain(row["refreshed_at"]))
    shown = news.diff_html(*texts, say("whats_new.diff.removed"), say("whats_new.diff.added")) if texts else ""
    if shown:
        st.html(f"<p>{html_of(say('whats_new.diff.help'))}</p>{shown}")
    else:
        st.caption(say("whats_new.diff.same"))
