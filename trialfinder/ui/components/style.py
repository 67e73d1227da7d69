"""The app's look beyond the theme, and the page's language."""

from functools import cache
from importlib import resources

import streamlit as st

from trialfinder.wording import Language

_START = """
{
const main = document.querySelector('[data-testid="stMain"]');
const title = document.querySelector('h1');
if (main) main.scrollTo(0, 0);
if (title) { title.tabIndex = -1; title.focus({preventScroll: true}); title.style.outline = 'none'; }
}
"""


def render_style(language: Language) -> None:
    """Spacing for phones, targets that a thumb meets, and the language that a screen reader reads in."""
    st.html(f"<style>{_css()}</style>")
    st.html(f"<script>document.documentElement.lang='{language}'</script>", unsafe_allow_javascript=True)


def render_start(moves: int) -> None:
    """Begin at the top of the page after a step or a turn of the page: the last button stood far below.

    `moves` tells one move from the next, so that a filter's rerun does not scroll.
    """
    st.html(f"<script>/* {moves} */{_START if moves else ''}</script>", unsafe_allow_javascript=True)


@cache
def _css() -> str:
    return resources.files("trialfinder.ui").joinpath("style.css").read_text(encoding="utf-8")
