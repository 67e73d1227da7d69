"""How the person stands to a trial: each line with the trial's own sentence, and a way to say that it is wrong."""

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.finder.view import quote_of as words_of
from trialfinder.model import Answer
from trialfinder.ui.components.shell import go_to
from trialfinder.ui.components.trial_head import KINDS
from trialfinder.ui.state import say, session, tell
from trialfinder.ui.text import html_of, quote_of

CHIPS = {"fits": "✓", "conflicts": "✗", "ask": "?", "doctor": "🩺"}


def render_answers(view: TrialView) -> None:
    """What speaks against it, why it may fit, what to ask, what a doctor will check, what was overruled."""
    if view.assessment is None:
        _render_asked(view)
        return
    for kind in KINDS:
        _render_kind(view, kind)
    _render_overruled(view)


def _render_asked(view: TrialView) -> None:
    """For who has not said anything yet: what the trial asks, whoever reads it."""
    st.header(tell("lists.asked"), anchor="asked")
    named: dict[str, list[str]] = {}
    for said, quote in view.asked():
        named.setdefault(quote, []).append(said.rstrip(": "))
    lines = "".join(f"<li>{html_of(' · '.join(said))}{quote_of(quote)}</li>" for quote, said in named.items())
    if lines:
        st.html(f"<ul>{lines}</ul>")
    else:
        st.markdown(say("trial.asks_nothing"))
    st.markdown(say("trial.no_answers"))
    if st.button(say("trial.answer_now"), key="answer_now", type="primary"):
        session().step = 0
        go_to("find")


def _render_kind(view: TrialView, kind: str) -> None:
    answers = view.answers(kind)
    if not answers:
        return
    st.header(tell(f"headings.{kind}"), anchor=kind)
    if kind == "doctor":
        st.caption(tell("doctor.intro"))
    questions = [said for said, _ in view.questions()] if kind == "ask" else []
    before = ""
    for number, answer in enumerate(answers):
        said = questions[number] if kind == "ask" else view.sentence(answer)
        quote = words_of(answer.evidence)
        _render_line(view, answer, f"<p>{_mark(kind)} {html_of(said)}</p>", quote, is_again=quote == before)
        before = quote


def _mark(kind: str) -> str:
    return f'<span class="tf-chip tf-{kind}" aria-hidden="true">{CHIPS[kind]}</span>'


def _render_line(view: TrialView, answer: Answer, said: str, quote: str, *, is_again: bool) -> None:
    """One line, its sentence below; a sentence that stands right above is not shown again."""
    again = f'<p class="tf-small">{html_of(say("trial.same_sentence"))}</p>'
    with st.container(gap=None):
        st.html(said + (again if is_again and quote else quote_of(quote)))
        _render_objections(view, answer)


def _render_objections(view: TrialView, answer: Answer) -> None:
    """Both ways to object, small: it does not apply to me, it was read wrongly."""
    key = f"{view.study.nct_id}_{answer.variable}"
    with st.container(horizontal=True, gap="small"):
        if not answer.is_doctors and answer.answer != "fits":
            line = _line(view, answer)
            st.button(say("trial.not_me"), key=f"not_me_{key}", type="tertiary", on_click=_overrule, args=(line,))
        with st.popover(say("trial.wrong"), type="tertiary", key=f"wrong_{key}"):
            st.markdown(say("trial.wrong_help"))
            st.code(report_of(view, answer), language=None, wrap_lines=True)


def report_of(view: TrialView, answer: Answer) -> str:
    """What to send to us where a sentence was read wrongly; nothing of the person is in it."""
    evidence = answer.evidence
    lines = [view.study.nct_id, f"variable: {answer.variable}"]
    if evidence is not None:
        lines += [f"field: {evidence.field}", f"rule: {evidence.rule}", f"quote: {evidence.quote}"]
    return "\n".join(lines)


def _render_overruled(view: TrialView) -> None:
    answers = view.answers("overruled")
    if not answers:
        return
    st.header(tell("headings.overruled"), anchor=False)
    for answer in answers:
        st.html(f"<p>{html_of(view.sentence(answer))}</p>{quote_of(words_of(answer.evidence))}")
        line = _line(view, answer)
        st.button(say("trial.applies"), key=f"applies_{line}", type="tertiary", on_click=_restore, args=(line,))


def _line(view: TrialView, answer: Answer) -> str:
    return f"{view.study.nct_id} {answer.variable}"


def _overrule(line: str) -> None:
    session().overruled.add(line)


def _restore(line: str) -> None:
    session().overruled.discard(line)
