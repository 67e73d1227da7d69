"""What's new: what the last refresh brought, or what changed since a day, for everyone or for this person."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.ui import news
from trialfinder.ui.components import changed
from trialfinder.ui.components.desk_style import render_desk_style
from trialfinder.ui.data import open_data
from trialfinder.ui.shortlist import with_known_place
from trialfinder.ui.state import lang, profile_or_error, say, session
from trialfinder.ui.text import markdown_of
from trialfinder.wording.errors import render_error

DAYS = {"7": 7, "30": 30, "90": 90}
LAST, OWN_DAY = "last", "day"

today = datetime.now(UTC).date()
opened = open_data()
person, unknown_place = with_known_place(profile_or_error()[0])

render_desk_style()
st.title(say("whats_new.title"), anchor=False)
when = st.selectbox(
    say("whats_new.when.label"),
    [LAST, *DAYS, OWN_DAY],
    format_func=lambda name: say("whats_new.when.days", n=name) if name in DAYS else say(f"whats_new.when.{name}"),
    key="news_when",
)
since = (today - timedelta(days=DAYS.get(when, 30))).isoformat()
if when == LAST:
    since = LAST
elif when == OWN_DAY:
    since = st.text_input(say("whats_new.when.own"), since, key="news_day").strip()
reader = st.radio(
    say("whats_new.reader.label"),
    news.READERS,
    format_func=lambda value: say(f"whats_new.reader.{value}"),
    key="news_reader",
)
if unknown_place is not None:
    st.warning(markdown_of(render_error(unknown_place, lang())), icon="⚠️")

try:
    with st.spinner(say("whats_new.reading")):
        found = news.load_changes(opened.finder, since, reader, person, session().shortlist, lang(), today)
except TrialfinderError as error:
    st.error(say("whats_new.when.bad") if error.code == "usage" else markdown_of(render_error(error, lang())), icon="⚠️")
else:
    for notice in found.notices:
        st.info(notice)
    changed.render_changes(opened.finder, found)
    if not found.frame.empty:
        changed.render_files(found)
