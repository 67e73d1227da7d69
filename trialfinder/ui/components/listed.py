"""One trial of the person's list: what it is, how it stands to them, their note."""

from typing import Any

import streamlit as st

from trialfinder.ui.components.shell import open_trial
from trialfinder.ui.saved import LONGEST_NOTE
from trialfinder.ui.state import say, session, tell, toggle_listed
from trialfinder.ui.text import html_of, markdown_of

Row = dict[str, Any]


def render_listed(row: Row) -> None:
    """A trial of the list with its note, a way to its page and a way off the list."""
    nct_id = str(row["nct_id"])
    with st.container(border=True, key=f"listed_{nct_id}"):
        st.html(_heading(row))
        st.markdown(" · ".join([markdown_of(row["verdict_words"]), *_chips(row)]))
        st.text_area(
            say("my_list.note"),
            session().notes.get(nct_id, ""),
            key=f"note_{nct_id}",
            max_chars=LONGEST_NOTE,
            height=80,
            on_change=_keep_note,
            args=[nct_id],
            help=say("my_list.note_help"),
        )
        with st.container(horizontal=True):
            if st.button(say("my_list.open"), key=f"open_{nct_id}", type="primary"):
                open_trial(nct_id)
            render_take_off(nct_id)


def render_missing(nct_id: str) -> None:
    """A listed trial that the data of this app do not hold."""
    with st.container(border=True, key=f"listed_{nct_id}"):
        st.text(say("my_list.missing", nct_id=nct_id))
        render_take_off(nct_id)


def render_take_off(nct_id: str) -> None:
    """A button that takes the trial off the list."""
    st.button(say("my_list.remove"), key=f"remove_{nct_id}", on_click=toggle_listed, args=[nct_id])


def _heading(row: Row) -> str:
    parts = [row["nct_id"], row["status_words"], row["phase_words"], row["interventions"], _nearest(row)]
    about = " · ".join(html_of(str(part)) for part in parts if part)
    return f'<h3 lang="en" class="tf-title">{html_of(row["brief_title"])}</h3><p class="tf-about">{about}</p>'


def _nearest(row: Row) -> str:
    where = ", ".join(str(row[f"nearest_open_{part}"]) for part in ("city", "country") if row[f"nearest_open_{part}"])
    parts = [part for part in (where, row["distance_words"]) if part]
    return f"{tell('labels.nearest_open_site')}: {' · '.join(parts)}" if parts else ""


def _chips(row: Row) -> list[str]:
    return [tell(f"chips.{kind}", n=row[f"n_{kind}"]) for kind in ("fits", "ask", "conflicts") if row[f"n_{kind}"]]


def _keep_note(nct_id: str) -> None:
    text = str(st.session_state[f"note_{nct_id}"]).strip()
    if text:
        session().notes[nct_id] = text
    else:
        session().notes.pop(nct_id, None)
