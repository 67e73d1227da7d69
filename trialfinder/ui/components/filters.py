"""Filters and the order of the results."""

import pandas as pd
import streamlit as st

from trialfinder.finder.search import TRAITS
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.fields import ask_few, ask_from_list, ask_many, ask_text, ask_truth
from trialfinder.ui.components.step_place import country_name, render_reach
from trialfinder.ui.data import open_data
from trialfinder.ui.state import lang, say, session
from trialfinder.ui.words import names_under
from trialfinder.vocab.registry_terms import KINDS, label, statuses, values_of

SORTS = ("best", "near", "new")


def render_filters(*, has_place: bool) -> None:
    """Everything that narrows the results; closed at first, with the number of filters that are set."""
    filters = session().filters
    n_set = sum(bool(value) for value in filters.values())
    title = say("find.filters") + (f" ({n_set})" if n_set else "")
    with st.expander(title, icon="🎚️", key="filters"):
        render_sort(has_place=has_place)
        render_reach()
        ask_few(filters, "kinds", say("find.filter.kinds"), KINDS, lambda value: label("kind", value, lang()))
        therapies = names_under("find.therapies", lang())
        ask_from_list(
            filters, "therapy", say("find.filter.therapy"), therapies, lambda value: say(f"find.therapies.{value}"),
            nothing=say("find.filter.any"),
        )  # fmt: skip
        ask_text(filters, "drug", say("find.filter.drug"), placeholder=say("find.filter.drug_example"))
        ask_text(filters, "text", say("find.filter.text"), placeholder=say("find.filter.text_example"))
        ask_few(filters, "phases", say("find.filter.phases"), _phases(), lambda value: label("phase", value, lang()))
        ask_few(filters, "traits", say("find.filter.traits"), TRAITS, lambda value: say(f"find.traits.{value}"))
        ask_many(
            filters, "countries", say("profile.countries"), open_data().countries, country_name,
            placeholder=say("profile.countries_example"),
        )  # fmt: skip
        ask_many(
            filters, "statuses", say("find.filter.statuses"), statuses(), lambda value: label("status", value, lang())
        )
        ask_truth(filters, "is_all", say("find.filter.is_all"))
        if n_set:
            st.button(say("find.filter.clear"), on_click=filters.clear, key="clear_filters")
        explain("phase", "randomised", "placebo", "supportive_care", "local_treatment", "radiation", key="filters")


def _phases() -> tuple[str, ...]:
    return tuple(value for value in values_of("phase") if value != "NA")


def render_sort(*, has_place: bool) -> None:
    """In which order; by distance only where there is a place."""
    options = [name for name in SORTS if has_place or name != "near"]
    looks = session().looks
    if looks.get("sort") not in options:
        looks.pop("sort", None)
    ask_from_list(
        looks, "sort", say("find.sort"), options[1:], lambda name: say(f"find.sorts.{name}"),
        nothing=say("find.sorts.best"),
    )  # fmt: skip


def sorted_rows(frame: pd.DataFrame) -> "pd.Index[int]":
    """The positions of the rows of a found frame in the chosen order; among equals the better fit stays first."""
    plain = frame.reset_index(drop=True)
    match session().looks.get("sort"):
        case "near" if "distance_km" in plain:
            return plain["distance_km"].sort_values(kind="stable", na_position="last").index
        case "new":
            return plain["last_update_date"].sort_values(kind="stable", ascending=False, na_position="last").index
        case _:
            return plain.index
