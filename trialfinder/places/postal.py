"""The postal code in what a person typed: which words it is, and which country's.

Five digits alone are read as a US ZIP code where there is one, and the notice says so. Other codes that several
countries have are asked back, unless a city, state or country beside them decides. A number that disagrees with the
place beside it is taken for a house number if it is short, and asked about if it is a whole code.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from trialfinder.errors import UnknownName
from trialfinder.places.candidates import Candidate, Groups, candidates, label_of
from trialfinder.places.codes import CodePoint, code_points, place_of_code
from trialfinder.places.distance import distances_km
from trialfinder.places.gazetteer import gazetteer
from trialfinder.places.place import Notice, Place
from trialfinder.places.readings import readings

NEAR_KM = 60  # a code and the city beside it belong together
MOST_CHOICES = 8
_US_POST = {"United States", "Puerto Rico", "U.S. Virgin Islands", "Guam"}
_FIVE_DIGITS = re.compile(r"\d{5}")
_HOUSE_NUMBER = re.compile(r"\d{1,4}")
_ONLY_DIGITS = re.compile(r"[\d ]+")


def find_code(text: str, limit: Groups) -> Place | None:
    """The place of the postal code in a text; None if there is none; raises UnknownName where several may be meant."""
    clash: tuple[CodePoint, Candidate] | None = None
    for typed, rest in _codes_in(text):
        points = [p for p in code_points(typed) if all(any(p.lies_in(r) for r in group) for group in limit)]
        beside = _meanings(rest)
        agreeing = [point for point in points if any(_agree(point, c) for c in beside)]
        if not rest and not limit and _ONLY_DIGITS.fullmatch(typed):
            points = [point for point in points if point.is_exact or _is_zip(typed, point)]
        if points and (agreeing or not rest or (not beside and _stands_alone(typed, text))):
            return _choose(typed, agreeing or points, is_alone=not rest and not limit)
        if points and beside and not clash and not _HOUSE_NUMBER.fullmatch(typed):
            clash = points[0], beside[0]
    if clash:
        choices = (clash[0].label, label_of(clash[1]))
        message = f'"{text}" names two places that are far apart: {choices[0]} or {choices[1]}?'
        raise UnknownName(message, choices, what="place", text=text, reason="clash")
    return None


def _codes_in(text: str) -> Iterator[tuple[str, str]]:
    """Every two neighbouring words with a digit, then every one, the last first, each with the words around it."""
    words = text.replace(",", " , ").upper().split()
    for length in (2, 1):
        for start in range(len(words) - length, -1, -1):
            typed = words[start : start + length]
            if "," not in typed and any(char.isdigit() for word in typed for char in word):
                yield " ".join(typed), " ".join([*words[:start], *words[start + length :]]).strip(" ,")


def _meanings(rest: str) -> list[Candidate]:
    """What the words around a code may mean, by the first reading that means anything."""
    for reading in readings(rest) if rest else ():
        if found := candidates(reading.name, reading.groups):
            return found
    return []


def _agree(point: CodePoint, beside: Candidate) -> bool:
    """Whether a code lies in the region, or near the city, that stands beside it."""
    if beside.region:
        return point.lies_in(beside.region)
    places = gazetteer()
    city = places.latitude[[beside.city]], places.longitude[[beside.city]]
    return bool(np.all(distances_km(point.latitude, point.longitude, *city) < NEAR_KM))


def _stands_alone(typed: str, text: str) -> bool:
    """Whether a code beside a street is one for certain: it has letters or a dash, or closes the text."""
    return not _ONLY_DIGITS.fullmatch(typed) or (len(typed) > 4 and text.upper().strip(" ,.").endswith(typed))


def _is_zip(typed: str, point: CodePoint) -> bool:
    """Whether it is five digits and of the US postal service."""
    return bool(_FIVE_DIGITS.fullmatch(typed)) and point.country.name in _US_POST


def _choose(typed: str, points: Sequence[CodePoint], *, is_alone: bool) -> Place:
    """The one country's code that is meant, or the error that asks."""
    exact = [point for point in points if point.is_exact]
    first = next((point for point in exact if _is_zip(typed, point)), points[0])
    is_zip = _is_zip(typed, first)
    kept = [first, *(p for p in exact if p is not first)] if is_zip and is_alone else exact or points
    if len(kept) == 1:
        is_told = is_alone and not is_zip and _ONLY_DIGITS.fullmatch(typed)
        told = (Notice("code_read_as", {"code": typed, "country": kept[0].country.name}),) if is_told else ()
        return place_of_code(kept[0], told)
    if is_zip and first.is_exact:
        others = "; ".join(point.country.name for point in kept[1:4])
        return place_of_code(first, (Notice("five_digits_read_as_us", {"code": typed, "others": others}),))
    choices = tuple(point.label for point in kept[:MOST_CHOICES])
    message = f'"{typed}" is a postal code of several countries: {" or ".join(choices)}?'
    raise UnknownName(message, choices, what="place", text=typed, reason="several")
