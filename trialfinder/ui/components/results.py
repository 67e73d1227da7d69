"""The results: trials that may fit as cards, those that conflict folded with the reason, the map, the file."""

from dataclasses import replace
from typing import Any

import streamlit as st

from trialfinder.export import build_export
from trialfinder.finder import Found
from trialfinder.ui.components.cards import render_card, render_conflict
from trialfinder.ui.components.filters import render_filters, render_sort, sorted_rows
from trialfinder.ui.components.keep import render_save
from trialfinder.ui.components.nothing import render_nothing
from trialfinder.ui.components.problems import render_problems
from trialfinder.ui.components.searching import answer, reasons
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
        render_save("results")


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


def _render_page(found: Found) -> None:
    number, n_pages = _page_number("page", len(found))
    page = _page_of(found, number)
    for row in page.listing().studies.to_dict("records"):
        render_card({str(name): value for name, value in row.items()})
    _render_turning("page", number, n_pages)


def _page_of(found: Found, number: int) -> Found:
    rows = slice(number * PAGE_SIZE, (number + 1) * PAGE_SIZE)
    return replace(found, frame=found.frame.iloc[rows], study_rows=found.study_rows[rows])


def _page_number(which: str, n_rows: int) -> tuple[int, int]:
    n_pages = max(1, -(-n_rows // PAGE_SIZE))
    return min(session().looks.get(which, 0), n_pages - 1), n_pages


def _render_turning(which: str, number: int, n_pages: int) -> None:
    if n_pages == 1:
        return
    is_first, is_last = number == 0, number + 1 == n_pages
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"{which}s"):
        st.button(
            say("find.page_back"), on_click=_turn, args=(which, number - 1), disabled=is_first, key=f"{which}_back"
        )
        st.markdown(say("find.page", n=number + 1, of=n_pages))
        st.button(
            say("find.page_next"), on_click=_turn, args=(which, number + 1), disabled=is_last, key=f"{which}_next"
        )


def _turn(which: str, number: int) -> None:
    session().looks[which] = number
    session().moves += which == "page"


def _render_conflicts(found: Found) -> None:
    if not len(found):
        return
    folded = st.expander(say_n("find.conflicts", len(found)), icon="✋", on_change="rerun", key="conflicts")
    with folded:
        if not folded.open:
            return
        st.markdown(tell("verdicts.conflict_long"))
        number, n_pages = _page_number("conflicts_page", len(found))
        page = _page_of(found, number)
        for row in found.corpus.studies.iloc[page.study_rows].to_dict("records"):
            render_conflict({str(name): value for name, value in row.items()}, reasons(found, str(row["nct_id"])))
        _render_turning("conflicts_page", number, n_pages)


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
