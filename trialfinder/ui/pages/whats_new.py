"""The page "whats_new"."""

import streamlit as st

from trialfinder.ui.state import say

st.title(say("whats_new.title"))
