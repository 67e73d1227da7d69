"""The page "trial"."""

import streamlit as st

from trialfinder.ui.state import say

st.title(say("trial.title"))
