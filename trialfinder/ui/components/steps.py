"""The guided questions, one step at a time; each may be skipped, and the count says what they bring."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from trialfinder.ui.components import step_cancer, step_health, step_place, step_treatments
from trialfinder.ui.components.keep import render_load, render_save
from trialfinder.ui.components.problems import render_problems
from trialfinder.ui.components.searching import Answered, answer
from trialfinder.ui.state import has_answers, say, say_n, session

STEPS: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "type": step_cancer.render_type,
        "spread": step_cancer.render_spread,
        "treatments": step_treatments.render,
        "tests": step_health.render_tests,
        "health": step_health.render_health,
        "place": step_place.render,
    }
)


def render_steps(number: int) -> None:
    """One step, the way to the others, and how many trials may fit so far."""
    names = list(STEPS)
    name = names[number]
    if number == 0:
        st.markdown(say("find.intro"))
    st.header(say(f"profile.steps.{name}"), anchor=False)
    st.caption(f"{say('find.step', n=number + 1, of=len(names))} · {say('profile.all_optional')}")
    STEPS[name]()
    given = answer()
    render_problems(given)
    with st.container(key="bar"):
        render_count(given)
        _render_ways(number, len(names))
    if number == 0 and not has_answers():
        with st.expander(say("find.saved_file"), icon="📂"):
            render_load("steps")
    render_save("steps")


def render_count(given: Answered) -> None:
    """How many trials may fit what was said so far."""
    n = given.found.n_may_fit
    st.markdown(f"**{say_n('find.count', n)}** {say_n('find.count_of', len(given.found))}")


def _render_ways(number: int, n_steps: int) -> None:
    with st.container(horizontal=True, gap="small", key="ways"):
        if number > 0:
            st.button(say("find.back"), on_click=go_to_step, args=(number - 1,), key="back")
        if number + 1 < n_steps:
            st.button(say("find.next"), on_click=go_to_step, args=(number + 1,), key="next", type="primary")
        look: Literal["primary", "secondary"] = "primary" if number + 1 == n_steps else "secondary"
        st.button(say("find.show_trials"), on_click=go_to_step, args=(None,), key="show", type=look)


def go_to_step(number: int | None) -> None:
    """Show a step, or the results (None)."""
    session().step = number
    session().moves += 1
    for which in ("page", "conflicts_page"):
        session().looks.pop(which, None)
