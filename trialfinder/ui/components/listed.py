"""One trial of the person's list: what it is, how it stands to them, their note."""

from typing import Any

import streamlit as st

from trialfinder.ui.components.cards import SITE_PARTS, chips
from trialfinder.ui.components.shell import open_trial
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.saved import LONGEST_NOTE
from trialfinder.ui.state import has_answers, say, session, tell, toggle_listed
from trialfinder.ui.text import html_of

Row = dict[str, Any]


def render_listed(row: Row) -> None:
    """A trial of the list with its note, a way to its page and a way off the list."""
    nct_id = str(row["nct_id"])
    with st.container(border=True, key=f"listed_{nct_id}"):
        st.html(_about(row))
        st.text_area(
            say("my_list.note"),
            session().notes.get(nct_id, ""),
            key=f"note_{nct_id}",
            max_chars=LONGEST_NOTE,
            height=80,
            on_change=_keep_note,
            args=[nct_id],
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


def _about(row: Row) -> str:
    """What the trial is and how it stands to the person, as HTML."""
    parts = [row["nct_id"], row["status_words"], row["phase_words"]]
    about = " · ".join(html_of(str(part)) for part in parts if part)
    tested = (
        f"<p><b>{html_of(tell('labels.interventions'))}:</b> {html_of(row['interventions'])}</p>"
        if row["interventions"]
        else ""
    )
    return (
        f'<h3 lang="en" class="tf-title">{html_of(row["brief_title"])}</h3><p class="tf-about">{about}</p>'
        f"{chips(row) if has_answers() else ''}{tested}<p>📍 {html_of(_nearest(row))}</p>"
    )


def _nearest(row: Row) -> str:
    where = [row[f"nearest_open_{part}"] for part in SITE_PARTS[:-1]] + [
        country_name(row["nearest_open_country"] or "")
    ]
    place = ", ".join(str(part) for part in where if part)
    if not place:
        return say("my_list.compare.no_open_site")
    return " · ".join(part for part in (str(row["distance_words"] or ""), place) if part)


def _keep_note(nct_id: str) -> None:
    text = str(st.session_state[f"note_{nct_id}"]).strip()
    if text:
        session().notes[nct_id] = text
    else:
        session().notes.pop(nct_id, None)
