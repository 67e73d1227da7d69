"""Where a person is, and how far a site is from there: postal codes, cities, states and countries to points."""

from trialfinder.places.distance import (
    distances_km,
    distances_to_vectors_km,
    format_distance,
    parse_distance,
    unit_vectors,
)
from trialfinder.places.find import find_place
from trialfinder.places.place import Notice, Place
from trialfinder.places.regions import Region, canonical_state, find_country, find_state, state_names
from trialfinder.places.suggest import suggest_places

__all__ = [
    "Notice",
    "Place",
    "Region",
    "canonical_state",
    "distances_km",
    "distances_to_vectors_km",
    "find_country",
    "find_place",
    "find_state",
    "format_distance",
    "parse_distance",
    "state_names",
    "suggest_places",
    "unit_vectors",
]
