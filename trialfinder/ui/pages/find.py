"""Find: guided questions that may be skipped, then the trials that may fit."""

import streamlit as st

from trialfinder.ui.components.results import render_results
from trialfinder.ui.components.steps import render_steps
from trialfinder.ui.components.style import render_start
from trialfinder.ui.state import say, session

step = session().step
if step is None:
    render_results()
else:
    st.title(say("find.title"), anchor=False)
    render_start(session().moves)
    render_steps(step)
