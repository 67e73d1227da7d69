"""The look of lists, tables and changed texts on the pages My list, What's new and About the data."""

from functools import cache
from importlib import resources

import streamlit as st


def render_desk_style() -> None:
    """Put the rules of `desk.css` on the page."""
    st.html(f"<style>{_css()}</style>")


@cache
def _css() -> str:
    return resources.files("trialfinder.ui").joinpath("desk.css").read_text(encoding="utf-8")
