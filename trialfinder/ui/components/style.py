"""The app's look beyond the theme, and the page's language."""

import streamlit as st

from trialfinder.wording import Language

_CSS = """
<style>
.block-container {padding-top: 3.2rem; padding-bottom: 3rem;}
@media (max-width: 640px) {.block-container {padding-left: .9rem; padding-right: .9rem; padding-top: 2.6rem;}}
.stButton button, .stDownloadButton button, .stLinkButton a, .stPopover button {min-height: 2.75rem;}
[data-testid="stPageLink-NavLink"] {min-height: 2.75rem; padding: .25rem .5rem;}
</style>
"""


def render_style(language: Language) -> None:
    """Spacing for phones, targets that a thumb meets, and the language that a screen reader reads in."""
    st.html(_CSS)
    st.html(f"<script>document.documentElement.lang='{language}'</script>", unsafe_allow_javascript=True)
