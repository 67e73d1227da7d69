"""What a trial is and what would be done: summary, how people are assigned, groups, treatments."""

import re

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.model import Study
from trialfinder.ui.components.cards import with_class
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.shell import day
from trialfinder.ui.state import lang, say, say_n, tell
from trialfinder.ui.text import html_of, paragraphs_of
from trialfinder.vocab.registry_terms import label

PLACEBO = "placebo"
SHORT = 700  # characters that are read without scrolling on a phone
_SENTENCE_END = re.compile(r"[.!?](?=\s)")


def render_about(view: TrialView) -> None:
    """Summary and design in short; the rest folded."""
    study = view.study
    st.header(say("trial.about"), anchor=False)
    summary, rest = shortened(study.brief_summary or "")
    if summary:
        st.html(f'<div lang="en"><p>{paragraphs_of(summary)}{" …" if rest else ""}</p></div>')
        st.caption(tell("cautions.record_text"))
    st.html(_design(study))
    explain("randomised", "placebo", "phase", key="trial")
    if study.arms or study.interventions:
        with st.expander(say("trial.groups"), icon="👥"):
            _render_groups(study)
    longer = "\n\n".join(text for text in (rest, study.detailed_description) if text)
    if longer:
        with st.expander(say("trial.details"), icon="📖"):
            st.html(f'<div lang="en"><p>{paragraphs_of(longer)}</p></div>')


def shortened(text: str) -> tuple[str, str]:
    """The first sentences of a text, and the rest of it; a short text stays whole."""
    if len(text) <= SHORT:
        return text, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, SHORT)]
    cut = ends[-1] if ends else text.rfind(" ", 0, SHORT) + 1 or SHORT
    return text[:cut].rstrip(), text[cut:].lstrip()


def _design(study: Study) -> str:
    """How people are assigned, placebo, how many: the things that are asked first."""
    said = [
        label("allocation", study.allocation, lang()) if study.allocation else "",
        say(f"trial.placebo.{'yes' if has_placebo(study) else 'no'}"),
        say_n("trial.people", study.enrollment) if study.enrollment is not None else "",
    ]
    items = "".join(f'<li class="tf-chip tf-doctor">{html_of(text)}</li>' for text in said if text)
    return f'<ul class="tf-chips">{items}</ul>'


def _render_groups(study: Study) -> None:
    """The groups of participants and what each gets; what is studied."""
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


def has_placebo(study: Study) -> bool:
    """Whether a group or a treatment of the record is a placebo."""
    names = [item.name for item in study.interventions]
    types = [arm.arm_type or "" for arm in study.arms]
    return any(PLACEBO in text.casefold() for text in (*names, *types))


def render_record(view: TrialView) -> None:
    """What else the record says of the trial as a whole."""
    study = view.study
    rows = {
        "blinded": label("masking", study.masking, lang()) if study.masking else "",
        "start": day(study.start_date),
        "end": day(study.primary_completion_date),
        "sponsor": study.sponsor or "",
        "updated": day(study.last_update_date),
        "verified": day(study.status_verified_date),
        "number": study.nct_id,
    }
    terms = "".join(
        f"<dt>{html_of(say(f'trial.facts.{name}'))}</dt><dd>{html_of(value)}</dd>"
        for name, value in rows.items()
        if value
    )
    st.header(say("trial.record"), anchor=False)
    st.html(f'<dl class="tf-facts">{terms}</dl>')
