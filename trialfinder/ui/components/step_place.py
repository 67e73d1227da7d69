"""Where the person is, and how far they can go."""

import streamlit as st

from trialfinder.errors import TrialfinderError, UnknownName
from trialfinder.finder.plain_words import notice_message
from trialfinder.places import find_place
from trialfinder.ui.components.fields import ask_from_list, ask_many, ask_text
from trialfinder.ui.data import open_data
from trialfinder.ui.state import forget_widgets, lang, say, session
from trialfinder.ui.text import markdown_of
from trialfinder.vocab.registry_terms import country_label
from trialfinder.wording.errors import render_error

DISTANCES = ("25 mi", "50 mi", "100 mi", "200 mi", "500 mi")


def render() -> None:
    """The questions of this step."""
    answers = session().answers
    ask_text(answers, "place", say("profile.place"), placeholder=say("profile.place_example"))
    if answers.get("place"):
        _render_taken(answers["place"])
        ask_from_list(
            answers,
            "travel",
            say("profile.travel"),
            DISTANCES,
            lambda value: say(f"profile.distances.{value.split()[0]}"),
            nothing=say("profile.any_distance"),
        )
    ask_many(
        session().filters, "countries", say("profile.countries"), countries_with_sites(), country_name,
    )  # fmt: skip


def countries_with_sites() -> list[str]:
    """The countries of all sites, as the registry writes them."""
    names = open_data().finder.sites.frame["country"].dropna().unique()
    return sorted(map(str, names))


def country_name(name: str) -> str:
    """A country in the visitor's language."""
    return country_label(name, lang())


def _render_taken(typed: str) -> None:
    """How the typed place was understood; what it may mean where it could mean several."""
    try:
        place = find_place(typed)
    except UnknownName as error:
        st.warning(render_error(error, lang()))
        for choice in error.choices:
            st.button(markdown_of(choice), key=f"place_{choice}", on_click=_take, args=(choice,))
    except TrialfinderError as error:
        st.warning(render_error(error, lang()))
    else:
        said = [notice_message(notice).say(lang()) for notice in place.notices]
        st.caption(markdown_of(" ".join([f"📍 {place.name}.", *said])))


def _take(choice: str) -> None:
    session().answers["place"] = choice
    forget_widgets()
