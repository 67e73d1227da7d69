"""Open sites on a map that asks nobody outside, and always the same as a list."""

import numpy as np
import pandas as pd
import streamlit as st

from trialfinder.finder import Found
from trialfinder.finder.plain_words import distance_words, none_if_na
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.state import lang, say, say_n, session
from trialfinder.ui.text import html_of

CITY = ["city", "state", "country"]
FEW_CITIES, MORE_CITIES = 12, 50
_STATIC = "app/static"


def render_map(found: Found) -> None:
    """The cities with open sites of the trials that may fit."""
    folded = st.expander(say("find.map"), icon="🗺️", on_change="rerun", key="map")
    with folded:
        if not folded.open:
            return
        cities = cities_of(found)
        if cities.empty:
            st.markdown(say("find.no_open_site"))
            return
        _render_deck(cities.dropna(subset=["latitude", "longitude"]), found)
        _render_list(cities)


def cities_of(found: Found) -> pd.DataFrame:
    """One row a city: how many trials that may fit have an open site there, its point, its distance; nearest first."""
    sites = found.corpus.sites
    fits = found.study_rows[(found.frame["verdict"] == "may_fit").to_numpy()]
    picked = np.flatnonzero(sites.is_open & np.isin(sites.study_rows, fits))
    frame = sites.frame.iloc[picked]
    km = np.full(len(picked), np.nan) if found.distances is None else found.distances[picked]
    rows = frame[[*CITY, "nct_id", "latitude", "longitude"]].assign(distance_km=km)
    cities = rows.groupby(CITY, dropna=False, sort=False).agg(
        n_trials=("nct_id", "nunique"),
        latitude=("latitude", "first"),
        longitude=("longitude", "first"),
        distance_km=("distance_km", "min"),
    )
    order = ["distance_km", "n_trials"]
    return cities.reset_index().sort_values(order, ascending=[True, False], na_position="last", kind="stable")


def _render_deck(cities: pd.DataFrame, found: Found) -> None:
    import pydeck as pdk  # noqa: PLC0415 - only the open map needs it

    points = pd.DataFrame(
        {
            "longitude": cities["longitude"].astype(float),
            "latitude": cities["latitude"].astype(float),
            "radius": np.sqrt(cities["n_trials"].to_numpy(float)) * 3 + 3,
        }
    )
    lines = {"stroked": True, "filled": True, "get_fill_color": [250, 248, 244], "get_line_color": [150, 150, 150]}
    layers = [
        pdk.Layer("GeoJsonLayer", f"{_STATIC}/{name}.geojson", line_width_min_pixels=1, **lines)
        for name in ("countries", "us_states")
    ]
    layers.append(
        pdk.Layer(
            "ScatterplotLayer", points, get_position=["longitude", "latitude"], get_radius="radius",
            radius_units="'pixels'", get_fill_color=[138, 28, 43, 200],
        )
    )  # fmt: skip
    place = found.place
    view = pdk.ViewState(latitude=38, longitude=-40, zoom=0.6)
    if place is not None:
        view = pdk.ViewState(latitude=place.latitude, longitude=place.longitude, zoom=3.5)
    deck = pdk.Deck(layers=layers, initial_view_state=view, map_style=f"{_STATIC}/map_style.json", tooltip=False)
    st.pydeck_chart(deck, height=360, alt=say("find.map_alt"))


def _render_list(cities: pd.DataFrame) -> None:
    n_shown = session().looks.get("cities", FEW_CITIES)
    rows = [_line(row) for row in cities.head(n_shown).to_dict("records")]
    st.html(f'<ul class="tf-sites">{"".join(rows)}</ul>')
    more = min(MORE_CITIES, len(cities) - len(rows))
    if more > 0:
        st.button(say_n("find.map_more", more), key="more_cities", on_click=_show_more, args=(n_shown + MORE_CITIES,))


def _show_more(n: int) -> None:
    session().looks["cities"] = n


def _line(row: dict[object, object]) -> str:
    parts = [none_if_na(row["city"]), none_if_na(row["state"]), country_name(none_if_na(row["country"]) or "")]
    place = ", ".join(part for part in parts if part)
    far = distance_words(none_if_na(row["distance_km"]), lang())
    n_trials = say_n("find.trials", int(str(row["n_trials"])))
    return f"<li><b>{html_of(place)}</b> · {html_of(' · '.join(part for part in (far, n_trials) if part))}</li>"
