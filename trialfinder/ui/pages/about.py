"""About the data: how old, how much, how read and how well, what it cannot do, privacy, refresh, support."""

import streamlit as st

from trialfinder.ui.components import about_parts as parts
from trialfinder.ui.components.desk_style import render_desk_style
from trialfinder.ui.components.refresh_panel import render_refresh
from trialfinder.ui.data import open_data
from trialfinder.ui.overview import load_accuracy, load_support
from trialfinder.ui.state import say

render_desk_style()
st.title(say("about.title"), anchor=False)
parts.render_age(open_data())
st.header(say("about.refresh.title"), anchor=False)
render_refresh()
st.header(say("about.source.title"), anchor=False)
st.markdown(say("about.source.text", url=parts.REGISTRY))
st.header(say("about.reading.title"), anchor=False)
parts.render_reading(load_accuracy())
st.header(say("about.limits.title"), anchor=False)
st.markdown(say("about.limits.text"))
st.header(say("about.offline.title"), anchor=False)
st.markdown(say("about.offline.text"))
st.header(say("about.privacy.title"), anchor=False)
parts.render_privacy()
st.header(say("about.support.title"), anchor=False)
parts.render_support(load_support())
