"""My list: the trials that the person chose, side by side, with notes, to print and to take away."""

import streamlit as st

from trialfinder.export.json_file import records
from trialfinder.ui.components import compare, keep, listed, shell, take_away
from trialfinder.ui.components.desk_style import render_desk_style
from trialfinder.ui.data import open_data
from trialfinder.ui.shortlist import build_listing, load_view, with_known_place
from trialfinder.ui.state import lang, profile_or_error, say, say_n, session
from trialfinder.wording.errors import render_error

finder = open_data().finder
chosen = list(session().shortlist)
said, _, wrong = profile_or_error()
person, unknown_place = with_known_place(said)

render_desk_style()
st.title(say("my_list.title"), anchor=False)
for error in (wrong, unknown_place):
    if error is not None:
        st.warning(render_error(error, lang()), icon="⚠️")

if not chosen:
    st.markdown(say("my_list.empty"))
    st.page_link(shell.page("find"), label=say("my_list.to_find"), icon=shell.ICONS["find"])
else:
    listing = build_listing(finder, chosen, person, say("my_list.title"), lang())
    rows = records(listing.studies)
    views = [view for row in rows if (view := load_view(finder, str(row["nct_id"]), person, lang()))]
    st.markdown(f"{say_n('my_list.n', len(chosen))} {say('my_list.note_help')}")
    for row in rows:
        listed.render_listed(row)
    for nct_id in chosen:
        if nct_id not in {str(row["nct_id"]) for row in rows}:
            listed.render_missing(nct_id)
    if views:
        st.header(say("my_list.take.title"), anchor=False)
        take_away.render_take_away(listing, views)
    if len(views) > 1:
        st.header(say("my_list.compare.title"), anchor=False)
        compare.render_compare(views)

st.header(say("my_list.keep"), anchor=False)
keep.render_save("list")
keep.render_load("list")
