"""The full eligibility text, with the sentences that the answers rest on highlighted."""

import html
import re
from collections.abc import Sequence

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.model import Evidence
from trialfinder.ui.components.trial_head import KINDS
from trialfinder.ui.state import say, tell
from trialfinder.ui.text import html_of

CRITERIA = "eligibilityCriteria"
STRONGEST_LAST = ("doctor", "read", "fits", "ask", "conflicts")
_ESCAPED = re.compile(r"\\([^\w\s])")


def render_criteria(view: TrialView) -> None:
    """The text as it stands in the record, folded."""
    text = view.study.eligibility_text
    st.header(tell("headings.criteria"), anchor="criteria")
    if not text:
        st.markdown(say("trial.no_criteria"))
        return
    st.caption(tell("cautions.read_by_program"))
    marks = marks_of(view)
    if kinds := [kind for kind in KINDS if kind in {kind for _, kind in marks}]:
        st.html(_legend(kinds))
    with st.expander(say("trial.show_criteria"), icon="📜"):
        st.html(f'<div class="tf-criteria" lang="en">{highlighted(text, marks)}</div>')


def marks_of(view: TrialView) -> list[tuple[Evidence, str]]:
    """The record's sentences behind the answers with their kind; all that was read where there are no answers."""
    found = [(item, "read") for fact in view.facts.facts.values() for item in fact.evidence]
    if view.assessment is not None:
        kinds = ("doctor", "fits", "ask", "conflicts")
        found = [(a.evidence, kind) for kind in kinds for a in view.answers(kind) if a.evidence is not None]
    return [(item, kind) for item, kind in found if item.field.endswith(CRITERIA)]


def highlighted(text: str, marks: list[tuple[Evidence, str]]) -> str:
    """The text as HTML with the marked spans in `<mark>`; where spans overlap, the stronger kind shows."""
    kinds: list[str] = [""] * len(text)
    for evidence, kind in sorted(marks, key=lambda mark: STRONGEST_LAST.index(mark[1])):
        kinds[evidence.start : evidence.end] = [kind] * (evidence.end - evidence.start)
    out, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or kinds[end] != kinds[start]:
            out.append(_piece(text[start:end], kinds[start]))
            start = end
    return "".join(out)


def _piece(text: str, kind: str) -> str:
    shown = html.escape(_ESCAPED.sub(r"\1", text))
    return f'<mark class="tf-{kind}">{shown}</mark>' if kind else shown


def _legend(kinds: Sequence[str]) -> str:
    items = "".join(f'<li class="tf-chip tf-{kind}">{html_of(tell(f"headings.{kind}"))}</li>' for kind in kinds)
    return f'<ul class="tf-chips">{items}</ul>'
