"""The page "find"."""

import streamlit as st

from trialfinder.ui.state import say

st.title(say("find.title"))
