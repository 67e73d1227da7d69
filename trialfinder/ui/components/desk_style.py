"""The look of the pages My list, What's new and About the data."""

import streamlit as st

_CSS = """
<style>
.tf-title {font-size: 1.15rem; line-height: 1.35; margin: 0; padding: 0; overflow-wrap: anywhere;}
.tf-about {margin: .25rem 0 0; overflow-wrap: anywhere;}
.tf-scroll {overflow-x: auto; max-width: 100%;}
.tf-scroll:focus-visible {outline: 3px solid #8a1c2b; outline-offset: 2px;}
.tf-table {border-collapse: collapse; width: 100%;}
.tf-table th, .tf-table td {border: 1px solid #cfc6c0; padding: .5rem; text-align: left; vertical-align: top;}
.tf-compare {min-width: 34rem;}
.tf-compare th[scope=row] {width: 8rem;}
.tf-table ul {margin: 0; padding-left: 1.1rem;}
.tf-diff {border-left: 3px solid #b9a7a0; padding-left: .75rem; overflow-wrap: anywhere;}
.tf-diff del {color: #7a1424; background: #fdecee;}
.tf-diff ins {color: #0b5a2b; background: #e7f6ec; text-decoration: underline;}
.tf-heard {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
</style>
"""


def render_desk_style() -> None:
    """The rules for lists, tables and changed texts."""
    st.html(_CSS)
