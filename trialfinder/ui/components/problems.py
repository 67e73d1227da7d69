"""What could not be used as it was said, and how names were taken."""

import streamlit as st

from trialfinder.ui.components.searching import Answered
from trialfinder.ui.state import lang
from trialfinder.ui.text import markdown_of
from trialfinder.wording.errors import render_error


def render_problems(given: Answered) -> None:
    """Each problem as a warning, each corrected name as a note."""
    for problem in given.problems:
        st.warning(markdown_of(render_error(problem, lang())), icon="⚠️")
    for message in given.messages:
        st.info(markdown_of(message.say(lang())))
