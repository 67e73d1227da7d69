"""The results: trials that may fit as cards, those that conflict folded with the reason, the map, the file."""

from dataclasses import replace
from typing import Any

import streamlit as st

from trialfinder.export import build_export
from trialfinder.finder import Found
from trialfinder.ui.components.cards import render_card, render_conflict
from trialfinder.ui.components.filters import render_filters, sorted_rows
from trialfinder.ui.components.keep import render_save
from trialfinder.ui.components.nothing import render_nothing
from trialfinder.ui.components.problems import render_problems
from trialfinder.ui.components.searching import answer, reasons
from trialfinder.ui.components.site_map import render_map
from trialfinder.ui.components.steps import STEPS, go_to_step
from trialfinder.ui.components.style import render_start
from trialfinder.ui.components.summary import said_in_words
from trialfinder.ui.state import has_answers, lang, say, say_n, session, tell
from trialfinder.ui.text import html_of, markdown_of

PAGE_SIZE = 20
FEW = 5
DEFAULT = "default_"
RECORDS = "en"  # the language that the registry's records are written in


def render_results() -> None:
    """All of it; what a person wants to see first stands first, so that a phone shows the first trial at once."""
    given = answer()
    found = given.found
    st.title(say_n("find.count", found.n_may_fit), anchor=False)
    render_start(session().moves)
    with st.container(gap="small", key="narrow"):
        _render_answers()
        render_filters(has_place=found.place is not None)
    render_problems(given)
    _render_notices(found)
    fitting, conflicting = _part(found, "may_fit"), _part(found, "conflict")
    if len(fitting):
        _render_page(fitting)
    if len(fitting) < FEW:
        render_nothing(found)
    _render_conflicts(conflicting)
    render_map(found)
    _render_left_out(found)
    _render_files(found)


def _render_answers() -> None:
    said = said_in_words()
    title = say("find.your_answers") + (f" ({len(said)})" if said else "")
    with st.expander(title, icon="📝", key="answers"):
        if not said:
            st.markdown(say("find.nothing_said"))
        st.html(f'<ul class="tf-said">{"".join(f"<li>{html_of(line)}</li>" for line in said)}</ul>')
        st.markdown(say("find.change"))
        with st.container(horizontal=True, gap="small", key="to_steps"):
            for number, name in enumerate(STEPS):
                st.button(say(f"profile.steps_short.{name}"), on_click=go_to_step, args=(number,), key=f"step_{name}")
        render_save("results")


def _hidden(found: Found) -> dict[str, int]:
    """How many trials each default leaves out, where it leaves out any."""
    return {name: n for name, n in found.hidden.items() if n and name.startswith(DEFAULT)}


def _render_notices(found: Found) -> None:
    """How names were taken, what the signs on the cards mean, and in which language they are."""
    said = [markdown_of(notice) for notice in found.notices[: len(found.notices) - len(_hidden(found))]]
    said += [say("find.chips_help")] if has_answers() else []
    said += [tell("cautions.record_text")] if lang() != RECORDS else []
    if said:
        st.caption("  \n".join(said))


def _render_left_out(found: Found) -> None:
    if hidden := _hidden(found):
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
    for row in page.trials().to_dict("records"):
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
