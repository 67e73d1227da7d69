"""Distances on the sphere, from one place to very many at once, and how they are typed and shown."""

import re
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trialfinder.errors import UsageError

Unit = Literal["km", "mi"]
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_MILE = 1.609344
_FURTHEST_KM = 20_038  # half the equator and a little: nothing is further away

_DISTANCE = re.compile(r"\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z]*)\.?\s*", re.IGNORECASE)
_KM_OF_UNIT = {
    **dict.fromkeys(
        ("km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kilometro", "kilometros"), 1.0
    ),
    **dict.fromkeys(("mi", "mile", "miles", "milla", "millas"), KM_PER_MILE),
}


def parse_distance(text: str) -> float:
    """Kilometres from "100 mi", "160km" or "100 miles"; the unit is required, because guessing it is off by 60 %."""
    match = _DISTANCE.fullmatch(text.replace("ó", "o"))
    factor = _KM_OF_UNIT.get(match["unit"].lower()) if match else None
    if match is None or factor is None:
        raise UsageError(f'"{text}" is no distance that I can read. Write for example 100mi or 160km.', text=text)
    km = float(match["number"].replace(",", ".")) * factor
    if not 0 < km <= _FURTHEST_KM:
        raise UsageError(f'"{text}" is no distance on Earth. Write for example 100mi or 160km.', text=text)
    return km


def format_distance(km: float, unit: Unit = "km") -> str:
    """A distance for people, in whole units: it is to a city's centre, and more digits would pretend to know more."""
    value = km / KM_PER_MILE if unit == "mi" else km
    return f"{value:,.0f} {unit}" if value >= 1 else f"< 1 {unit}"


def unit_vectors(latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.float64]:
    """The points on the unit sphere, one row each, to be computed once; a missing coordinate gives a row of NaN."""
    latitude = np.radians(np.asarray(latitudes, dtype=np.float64))
    longitude = np.radians(np.asarray(longitudes, dtype=np.float64))
    cosine = np.cos(latitude)
    return np.stack((cosine * np.cos(longitude), cosine * np.sin(longitude), np.sin(latitude)), axis=-1)


def distances_km(latitude: float, longitude: float, latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.float64]:
    """Great-circle kilometres from one place to many, in their order; NaN where a coordinate is missing."""
    return distances_to_vectors_km(latitude, longitude, unit_vectors(latitudes, longitudes))


def distances_to_vectors_km(latitude: float, longitude: float, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """As `distances_km`, to points whose unit vectors are known already."""
    origin = unit_vectors(latitude, longitude)
    cosine = np.clip(vectors @ origin, -1.0, 1.0)
    km: NDArray[np.float64] = EARTH_RADIUS_KM * np.arccos(cosine)
    close = cosine > _FLAT_COSINE
    if close.any():
        chord = np.linalg.norm(vectors[close] - origin, axis=-1)
        km[close] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0))
    return km


_FLAT_COSINE = 1 - 1e-6  # within 9 km the arc cosine loses digits, and the chord does not
