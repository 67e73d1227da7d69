"""Trial: what it is, how the person stands to it with its own sentences, where it is, whom to call."""

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.ui.components.keep import render_save
from trialfinder.ui.components.shell import go_to
from trialfinder.ui.components.trial_about import render_about, render_record
from trialfinder.ui.components.trial_answers import render_answers
from trialfinder.ui.components.trial_criteria import render_criteria
from trialfinder.ui.components.trial_head import load_view, render_head, render_missing
from trialfinder.ui.components.trial_sites import render_sites
from trialfinder.ui.state import say

if st.button(say("trial.back"), key="to_find", type="tertiary"):
    go_to("find")
try:
    view = load_view()
except TrialfinderError as error:
    render_missing(error)
else:
    if view is None:
        render_missing(None)
    else:
        render_head(view)
        render_about(view)
        render_answers(view)
        render_sites(view)
        render_criteria(view)
        render_record(view)
        render_save("trial")
