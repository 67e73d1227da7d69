"""Keeping what was said: the whole session as one file on the person's own device, and back from it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.ui.saved import FILE_NAME, LARGEST, UnreadableSave, dump_session, read_saved
from trialfinder.ui.state import has_answers, lang, restore, say, say_n, session
from trialfinder.ui.text import markdown_of
from trialfinder.wording.errors import render_error

_N_USED, _JUST_USED = "n_files_used", "file_just_used"


def render_save(key: str) -> None:
    """A button that saves details, list, notes and overrulings; nothing where there is nothing to save yet."""
    mine = session()
    if not (has_answers() or mine.shortlist or mine.filters):
        return
    st.download_button(
        say("my_list.save.button"),
        dump_session(mine),
        file_name=FILE_NAME,
        mime="application/toml",
        key=f"save_{key}",
        on_click="ignore",
        icon="💾",
    )
    st.caption(say("my_list.save.why"))


def render_load(key: str) -> None:
    """A place to give a saved file back; it is used only after the person has seen what is in it."""
    name = f"load_{key}_{session().looks.get(_N_USED, 0)}"  # a used file makes place for the next
    file = st.file_uploader(say("my_list.load.label"), type=["toml"], key=name, max_upload_size=1)
    if file is None:
        return
    try:
        saved = read_saved(file.getvalue()[: LARGEST + 1])
    except TrialfinderError as error:
        why = "" if isinstance(error, UnreadableSave) else markdown_of(render_error(error, lang()))
        st.error(f"{say('my_list.load.bad')} {why}".strip(), icon="⚠️")
        return
    st.info(say_n("my_list.load.holds", len(saved["shortlist"])), icon="📂")
    st.button(say("my_list.load.use"), on_click=_use, args=[saved], type="primary", key=f"use_{key}")


def render_used() -> None:
    """Once after a file was taken over: that it was."""
    if session().looks.pop(_JUST_USED, False):
        st.success(say_n("my_list.load.used", len(session().shortlist)), icon="📂")


def _use(saved: Mapping[str, Any]) -> None:
    """Take the file over; the page Find goes on with the trials where there is something to go by."""
    restore(saved)
    mine = session()
    mine.looks = {_N_USED: mine.looks.get(_N_USED, 0) + 1, _JUST_USED: True}
    mine.step = None if mine.answers or mine.filters else 0
