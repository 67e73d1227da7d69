"""What could not be used as it was said, and how names were taken."""

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.ui.components.searching import Answered
from trialfinder.ui.components.step_treatments import HAD, KEY, NEVER, therapy_name
from trialfinder.ui.components.summary import SAID, said_in_words
from trialfinder.ui.state import lang, say, tell
from trialfinder.ui.text import markdown_of
from trialfinder.wording.errors import render_error


def render_problems(given: Answered) -> None:
    """Each problem as a warning, each corrected name as a note."""
    for problem in given.problems:
        st.warning(markdown_of(_sentence(problem)), icon="⚠️")
    for message in given.messages:
        st.info(markdown_of(message.say(lang())))


def _sentence(problem: TrialfinderError) -> str:
    """The error in the visitor's words: the names of the page, not those of a profile file."""
    parts = {part: _in_words(str(problem.details[part])) for part in ("first", "second") if part in problem.details}
    if not parts:
        return render_error(problem, lang())
    return tell("errors.profile.contradiction", **parts)


def _in_words(detail: str) -> str:
    """A detail such as "prior_therapies: taxane had" as the page names it."""
    keys, _, value = detail.partition(": ")
    name, _, answer = value.partition(" ")
    if keys == KEY:
        return f"{say(f'profile.said.{NEVER if answer == NEVER else HAD}')}: {therapy_name(name)}"
    known = [say(f"profile.said.{key}") for key in keys.split(", ") if key in SAID]
    shown = [line.partition(": ")[2] for line in said_in_words() if line.partition(": ")[0] in known]
    return f"{', '.join(known) or keys}: {', '.join(dict.fromkeys(shown)) or value}"
