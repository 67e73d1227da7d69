"""The page "about"."""

import streamlit as st

from trialfinder.ui.state import say

st.title(say("about.title"))
