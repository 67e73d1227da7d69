"""The app's look beyond the theme, and the page's language."""

from functools import cache
from importlib import resources

import streamlit as st

from trialfinder.wording import Language


def render_style(language: Language) -> None:
    """Spacing for phones, targets that a thumb meets, and the language that a screen reader reads in."""
    st.html(f"<style>{_css()}</style>")
    st.html(f"<script>document.documentElement.lang='{language}'</script>", unsafe_allow_javascript=True)


@cache
def _css() -> str:
    return resources.files("trialfinder.ui").joinpath("style.css").read_text(encoding="utf-8")
