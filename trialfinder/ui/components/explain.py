"""Words of the field, explained where they stand (`labels/*/glossary.toml`)."""

import streamlit as st

from trialfinder.ui.state import say


def explain(*terms: str, key: str) -> None:
    """A row of small buttons, one a word; each opens its meaning. `key` keeps the rows of a page apart."""
    with st.container(horizontal=True, gap="small", key=f"explain_{key}"):
        for term in terms:
            with st.popover(say(f"glossary.{term}.name"), type="tertiary", key=f"term_{key}_{term}"):
                st.markdown(say(f"glossary.{term}.text"))
