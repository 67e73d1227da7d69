"""The app's look beyond the theme, and the page's language."""

import json
from functools import cache
from importlib import resources

import streamlit as st

from trialfinder.ui.words import label, names_under
from trialfinder.wording import LANGUAGES, Language

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
    script = f"document.documentElement.lang='{language}';{_widget_words(language)}"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def render_start(moves: int) -> None:
    """Begin at the top of the page after a step or a turn of the page: the last button stood far below.

    `moves` tells one move from the next, so that a filter's rerun does not scroll.
    """
    st.html(f"<script>/* {moves} */{_START if moves else ''}</script>", unsafe_allow_javascript=True)


@cache
def _css() -> str:
    return _file("style.css")


@cache
def _widget_words(language: Language) -> str:
    """The script that says the widgets' own words in a language; back to English too, once they were in another."""
    words: dict[str, dict[str, str]] = {}
    for kind in ("exact", "begin"):
        code = f"common.widgets.{kind}"
        words[kind] = {
            label(f"{code}.{name}", other): label(f"{code}.{name}", language)
            for name in names_under(code, language)
            for other in LANGUAGES
            if other != language
        }
    return _file("widget_words.js").replace("WORDS;", f"{json.dumps(words)};", 1)


def _file(name: str) -> str:
    return resources.files("trialfinder.ui").joinpath(name).read_text(encoding="utf-8")
