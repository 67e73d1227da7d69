"""What a trial is and what would be done: summary, groups, treatments, how people are assigned."""

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.model import Study
from trialfinder.ui.components.cards import with_class
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.shell import day
from trialfinder.ui.state import lang, say, tell
from trialfinder.ui.text import html_of, paragraphs_of
from trialfinder.vocab.registry_terms import label

PLACEBO = "placebo"


def render_about(view: TrialView) -> None:
    """Everything that tells what the trial is."""
    study = view.study
    st.header(say("trial.about"), anchor=False)
    st.caption(tell("cautions.record_text"))
    if study.brief_summary:
        st.html(f'<div lang="en"><p>{paragraphs_of(study.brief_summary)}</p></div>')
    _render_groups(study)
    st.html(_facts(study))
    explain("randomised", "placebo", "phase", key="trial")
    if study.detailed_description:
        with st.expander(say("trial.details")):
            st.html(f'<div lang="en"><p>{paragraphs_of(study.detailed_description)}</p></div>')


def _render_groups(study: Study) -> None:
    """The groups of participants and what each gets; where there are none, what is studied."""
    st.html(f"<h3>{html_of(say('trial.groups'))}</h3>")
    arms = "".join(
        f"<li><b>{html_of(arm.label)}</b>{_arm_type(arm.arm_type)}{_description(arm.description)}</li>"
        for arm in study.arms
    )
    items = "".join(
        f"<li>{html_of(with_class(item.name, lang()))}{_type(item.intervention_type)}</li>"
        for item in study.interventions
    )
    if arms:
        st.html(f'<ul lang="en">{arms}</ul>')
    if items:
        st.html(f"<p><b>{html_of(say('find.tested'))}</b></p><ul>{items}</ul>")


def _arm_type(value: str | None) -> str:
    return f" ({html_of(label('arm_type', value, lang()))})" if value else ""


def _type(value: str | None) -> str:
    return f" · {html_of(label('intervention_type', value, lang()))}" if value else ""


def _description(text: str | None) -> str:
    return f"<br>{paragraphs_of(text)}" if text else ""


def _facts(study: Study) -> str:
    rows = {
        "assigned": label("allocation", study.allocation, lang()) if study.allocation else "",
        "blinded": label("masking", study.masking, lang()) if study.masking else "",
        "placebo": say(f"trial.placebo.{'yes' if has_placebo(study) else 'no'}"),
        "people": f"{study.enrollment:,}" if study.enrollment is not None else "",
        "start": day(study.start_date),
        "end": day(study.primary_completion_date),
        "sponsor": study.sponsor or "",
        "updated": day(study.last_update_date),
        "verified": day(study.status_verified_date),
    }
    terms = "".join(
        f"<dt>{html_of(say(f'trial.facts.{name}'))}</dt><dd>{html_of(value)}</dd>"
        for name, value in rows.items()
        if value
    )
    return f'<dl class="tf-facts">{terms}</dl>'


def has_placebo(study: Study) -> bool:
    """Whether a group or a treatment of the record is a placebo."""
    names = [item.name for item in study.interventions]
    types = [arm.arm_type or "" for arm in study.arms]
    return any(PLACEBO in text.casefold() for text in (*names, *types))
