"""The page "my_list"."""

import streamlit as st

from trialfinder.ui.state import say

st.title(say("my_list.title"))
