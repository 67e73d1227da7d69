"""The results: trials that may fit as cards, those that conflict folded with the reason, the map, the file."""

from dataclasses import replace
from typing import Any

import streamlit as st

from trialfinder.export import build_export
from trialfinder.finder import Found
from trialfinder.ui.components.cards import render_card
from trialfinder.ui.components.filters import render_filters, render_sort, sorted_rows
from trialfinder.ui.components.nothing import render_nothing
from trialfinder.ui.components.problems import render_problems
from trialfinder.ui.components.searching import answer
from trialfinder.ui.components.site_map import render_map
from trialfinder.ui.components.steps import STEPS, go_to_step
from trialfinder.ui.components.summary import said_in_words
from trialfinder.ui.state import say, say_n, session, tell
from trialfinder.ui.text import markdown_of

PAGE_SIZE = 20


def render_results() -> None:
    """All of it."""
    _render_answers()
    render_filters()
    given = answer()
    found = given.found
    render_map(found)
    st.header(say_n("find.count", found.n_may_fit), anchor=False)
    render_problems(given)
    _render_notices(found)
    fitting, conflicting = _part(found, "may_fit"), _part(found, "conflict")
    if len(fitting):
        render_sort(found.place is not None)
        _render_page(fitting)
    else:
        render_nothing(found)
    _render_conflicts(conflicting)
    _render_files(found)


def _render_answers() -> None:
    said = said_in_words()
    title = say("find.your_answers") + (f" ({len(said)})" if said else "")
    with st.expander(title, icon="📝", key="answers"):
        if not said:
            st.markdown(say("find.nothing_said"))
        for line in said:
            st.text(line)
        st.markdown(say("find.change"))
        with st.container(horizontal=True, gap="small", key="to_steps"):
            for number, name in enumerate(STEPS):
                st.button(say(f"profile.steps_short.{name}"), on_click=go_to_step, args=(number,), key=f"step_{name}")


def _render_notices(found: Found) -> None:
    hidden = {name: n for name, n in found.hidden.items() if n and name.startswith("default_")}
    for notice in found.notices[: len(found.notices) - len(hidden)]:
        st.info(markdown_of(notice))
    if hidden:
        said = [say(f"find.hidden.{name}", n=f"{n:,}") for name, n in hidden.items()]
        st.caption(" ".join([say("find.left_out"), "; ".join(said) + "."]))


def _part(found: Found, verdict: str) -> Found:
    """The found trials with that verdict, in the chosen order."""
    rows = (found.frame["verdict"] == verdict).to_numpy().nonzero()[0]
    rows = rows[sorted_rows(found.frame.iloc[rows])]
    return replace(found, frame=found.frame.iloc[rows], study_rows=found.study_rows[rows])


def _slice(found: Found, start: int) -> list[dict[str, Any]]:
    """One page of rows as the cards want them."""
    page = slice(start, start + PAGE_SIZE)
    shown = replace(found, frame=found.frame.iloc[page], study_rows=found.study_rows[page])
    return [{str(name): value for name, value in row.items()} for row in shown.listing().studies.to_dict("records")]


def _render_page(found: Found) -> None:
    number, n_pages = _page_number(len(found))
    for row in _slice(found, number * PAGE_SIZE):
        render_card(row)
    if n_pages > 1:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="pages"):
            st.button(say("find.page_back"), on_click=_turn, args=(number - 1,), disabled=number == 0, key="page_back")
            st.markdown(say("find.page", n=number + 1, of=n_pages))
            is_last = number + 1 == n_pages
            st.button(say("find.page_next"), on_click=_turn, args=(number + 1,), disabled=is_last, key="page_next")


def _page_number(n_rows: int) -> tuple[int, int]:
    n_pages = max(1, -(-n_rows // PAGE_SIZE))
    return min(session().looks.get("page", 0), n_pages - 1), n_pages


def _turn(number: int) -> None:
    session().looks["page"] = number


def _render_conflicts(found: Found) -> None:
    if not len(found):
        return
    folded = st.expander(say_n("find.conflicts", len(found)), icon="✋", on_change="rerun", key="conflicts")
    with folded:
        if not folded.open:
            return
        st.markdown(tell("verdicts.conflict_long"))
        for row in _slice(found, 0):
            render_card(row, is_conflict=True)
        if len(found) > PAGE_SIZE:
            st.caption(say("find.conflicts_more", n=len(found) - PAGE_SIZE))


def _render_files(found: Found) -> None:
    with st.container(horizontal=True, gap="small", key="files"):
        for name, mime in (("csv", "text/csv"), ("xlsx", _XLSX)):
            st.download_button(
                say(f"find.download.{name}"),
                data=_file_of(found, name),
                file_name=f"trials.{name}",
                mime=mime,
                key=f"download_{name}",
                on_click="ignore",
            )


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file_of(found: Found, name: str) -> Any:
    """The file, made when it is asked for; Streamlit calls it without a session."""
    return lambda: build_export(found.listing(), name)
