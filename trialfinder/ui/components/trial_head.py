"""The top of a trial's page: what it is in a few lines, warnings, and what can be done with it."""

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.finder import TrialView
from trialfinder.finder.plain_words import distance_words, kind_words, status_words
from trialfinder.model import Study
from trialfinder.ui.components.cards import is_old, phases_in_words, render_list_button
from trialfinder.ui.components.searching import build_search
from trialfinder.ui.components.shell import day
from trialfinder.ui.data import open_data
from trialfinder.ui.state import has_answers, lang, say, session, tell
from trialfinder.ui.text import html_of, markdown_of
from trialfinder.vocab.registry_terms import open_statuses
from trialfinder.wording.errors import render_error

ASKED = "trial"
KINDS = ("conflicts", "fits", "ask", "doctor")


def load_view() -> TrialView | None:
    """The trial that is open, seen with the person's answers; None where none was chosen.

    Raises UsageError and UnknownName for a number that is wrong or not in the store.
    """
    nct_id = session().trial or st.query_params.get(ASKED)
    if not nct_id:
        return None
    session().trial = nct_id
    search, _, _ = build_search()
    person = search.profile if has_answers() else None
    return open_data().finder.show(nct_id, person, search.profile.place, lang())


def render_missing(error: TrialfinderError | None) -> None:
    """That there is no trial to show, and a way to name one."""
    st.title(say("trial.title"), anchor=False)
    if error is not None:
        st.warning(markdown_of(render_error(error, lang())))
    st.markdown(say("trial.none"))
    with st.form("by_number"):
        number = st.text_input(say("trial.number"), placeholder="NCT01234567")
        if st.form_submit_button(say("trial.open")) and number.strip():
            session().trial = number.strip()
            st.rerun()


def render_head(view: TrialView) -> None:
    """Title, status, verdict, warnings, list button, link to the registry."""
    study = view.study
    st.html(f'<h1 lang="en">{html_of(study.brief_title)}</h1>')
    parts = [kind_words(study.kind, lang()), phases_in_words(study.phases), study.nct_id]
    st.html(
        f'<p class="tf-about">{" · ".join(html_of(part) for part in parts if part)}</p>'
        f"<p><b>{html_of(status_words(study.overall_status, lang()))}</b></p>{_verdict(view)}{_nearest(view)}"
    )
    _render_warnings(study, is_read=view.facts.is_read)
    for notice in view.notices:
        st.caption(markdown_of(notice))
    with st.container(horizontal=True, gap="small", key="trial_actions"):
        render_list_button(study.nct_id, "trial")
        if not view.stamp.is_demo:
            st.link_button(say("trial.registry"), view.url, icon="↗️")
    if not view.stamp.is_demo:
        st.caption(say("trial.registry_note"))
    st.html(f'<nav aria-label="{html_of(say("trial.jump"))}"><ul class="tf-jump">{_jumps(view)}</ul></nav>')


def _verdict(view: TrialView) -> str:
    if view.assessment is None:
        return ""
    verdict = view.assessment.verdict
    look = "tf-fits" if verdict == "may_fit" else "tf-conflicts"
    return f'<p class="tf-chip {look}">{html_of(tell(f"verdicts.{verdict}_long"))}</p>'


def _nearest(view: TrialView) -> str:
    """The nearest open site in one line, where we know how far it is."""
    site = next((site for site in view.study.sites if site.status in open_statuses()), None)
    if site is None or site.distance_km is None:
        return ""
    place = ", ".join(part for part in (site.facility, site.city, site.state) if part)
    return f"<p>📍 <b>{html_of(distance_words(site.distance_km, lang()))}</b> · {html_of(place)}</p>"


def _jumps(view: TrialView) -> str:
    """Links to the parts of this long page."""
    kinds = [kind for kind in KINDS if view.assessment is not None and view.answers(kind)]
    parts = [*kinds, *(["asked"] if view.assessment is None else []), "contacts", "sites", "criteria"]
    names = {part: tell("lists.asked" if part == "asked" else f"headings.{part}") for part in parts}
    return "".join(f'<li><a href="#{part}">{html_of(name)}</a></li>' for part, name in names.items())


def _render_warnings(study: Study, *, is_read: bool) -> None:
    if study.left_date is not None:
        st.warning(tell("data.left", date=day(study.left_date)), icon="⚠️")
    verified = study.status_verified_date or study.last_update_date
    if verified is not None and is_old(verified):
        st.warning(tell("data.old_record", date=day(verified)), icon="⏳")
    if study.why_stopped:
        st.warning(f"{say('trial.why_stopped')} {markdown_of(study.why_stopped)}")
    if not is_read:
        st.info(tell("lists.not_read"))
