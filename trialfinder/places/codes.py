"""Postal codes: which countries have one that a person typed, and where it is."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from trialfinder.places.formats import FROM_BELOW, PostalFormat, postal_formats
from trialfinder.places.gazetteer import load_columns, renumbered
from trialfinder.places.place import Notice, Place
from trialfinder.places.regions import Region, regions, short_country


@dataclass(frozen=True, slots=True)
class CodePoint:
    """A postal code of one country and its point; not exact where only its area is known."""

    typed: str
    country: Region
    latitude: float
    longitude: float
    state: Region | None
    is_exact: bool

    @property
    def label(self) -> str:
        """The code as people read it, and as it leads back here: "02115, MA, US", "SW1A 1AA, United Kingdom"."""
        state = [self.state.abbreviation] if self.state and self.country.name == "United States" else []
        return ", ".join([self.typed, *state, short_country(self.country.name)])

    def lies_in(self, region: Region) -> bool:
        """Whether it is a code of a country or state."""
        if region.kind == "state":
            return self.state is not None and self.state.state_number == region.state_number
        return self.country.country_number == region.country_number


@cache
def _columns() -> dict[str, NDArray[np.generic]]:
    """For each country `CODES` (sorted), `POINTS` (hundredths of a degree) and `STATES` (rows of the states table)."""
    return load_columns("postal")


@cache
def _states(country: str) -> NDArray[np.int16]:
    """The state of each code of a country, as rows of the table of states."""
    return renumbered(_columns()[f"{country}.states"], _columns()["state_codes"], regions().state_numbers)


def code_points(typed: str) -> list[CodePoint]:
    """The points that a code may stand for, one a country, in the order of the formats."""
    return [point for form in postal_formats() if (point := _look_up(form, typed))]


def _look_up(form: PostalFormat, typed: str) -> CodePoint | None:
    """The point of a code in one country, or of the area that its first characters name where the code is unknown."""
    stored = form.stored_code(typed)
    if stored is None:
        return None
    start, end = _rows_from(form.country, stored)
    is_exact = start < end and _columns()[f"{form.country}.codes"][start] == stored.encode()
    if is_exact:
        end = start + 1
    elif form.area == FROM_BELOW:
        start, end = max(start - 1, 0), start
    elif form.area:
        lengths = range(len(stored) - 1, form.area - 1, -1)
        areas = (_rows_from(form.country, stored[:length]) for length in lengths)
        start, end = next((area for area in areas if area[0] < area[1]), (0, 0))
    if start >= end:
        return None
    points = np.sort(_columns()[f"{form.country}.points"][:, start:end], axis=1)
    latitude, longitude = points[:, points.shape[1] // 2] / 100  # the median; numpy's own loads what nothing else needs
    number = int(_states(form.country)[start])
    state = regions().states[number] if number >= 0 else None
    return CodePoint(typed, regions().codes[form.country], float(latitude), float(longitude), state, is_exact)


def _rows_from(country: str, beginning: str) -> tuple[int, int]:
    """The first row whose code begins so, and the first behind them."""
    codes = _columns()[f"{country}.codes"]
    start, end = np.searchsorted(codes, [beginning.encode(), beginning.encode() + b"~"])
    return int(start), int(end)


def place_of_code(point: CodePoint, notices: tuple[Notice, ...] = ()) -> Place:
    """A code as a place; where only its area is known, the notice says so."""
    if not point.is_exact:
        notices = (*notices, Notice("code_area", {"code": point.typed}))
    return Place(
        name=point.label,
        kind="postal_code" if point.is_exact else "area",
        latitude=point.latitude,
        longitude=point.longitude,
        country=point.country.name,
        state=point.state.name if point.state else None,
        is_approximate=not point.is_exact,
        notices=notices,
    )
