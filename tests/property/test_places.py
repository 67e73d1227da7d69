"""Laws of places and distances that hold for any input."""

import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialfinder.errors import UnknownName, UsageError
from trialfinder.places import distances_km, find_place, format_distance, parse_distance, suggest_places
from trialfinder.places.gazetteer import gazetteer
from trialfinder.places.normalise import normalise

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)
RADIUS = 6371.0088


def haversine_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance by the textbook, one pair at a time."""
    (latitude, longitude), (latitude_2, longitude_2) = (tuple(map(math.radians, point)) for point in (one, other))
    part = math.sin((latitude_2 - latitude) / 2) ** 2
    part += math.cos(latitude) * math.cos(latitude_2) * math.sin((longitude_2 - longitude) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, part)))


@given(points, st.lists(points, max_size=20))
def test_distances_equal_brute_force_haversine(origin, others):
    found = distances_km(*origin, [point[0] for point in others], [point[1] for point in others])
    assert np.allclose(found, [haversine_km(origin, point) for point in others], rtol=1e-6, atol=0.2)


@given(points, st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_short_distances_equal_brute_force_to_a_metre(origin, north, east):
    other = (max(-90.0, min(90.0, origin[0] + north)), origin[1] + east)
    assert abs(distances_km(*origin, [other[0]], [other[1]])[0] - haversine_km(origin, other)) < 0.001


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_across_the_date_line(one, other):
    there = distances_km(*one, [other[0]], [other[1]])[0]
    back = distances_km(*other, [one[0]], [one[1]])[0]
    around = distances_km(*one, [other[0]], [other[1] - 360])[0]
    assert math.isclose(there, back, abs_tol=0.2)
    assert math.isclose(there, around, abs_tol=0.2)


@given(points, st.lists(points, min_size=1, max_size=10), st.randoms())
def test_the_order_of_points_does_not_change_their_distances(origin, others, random):
    shuffled = random.sample(others, len(others))
    found = dict(zip(others, distances_km(*origin, *zip(*others, strict=True)), strict=True))
    again = dict(zip(shuffled, distances_km(*origin, *zip(*shuffled, strict=True)), strict=True))
    assert all(math.isclose(found[point], again[point], abs_tol=1e-6) for point in others)


@given(st.floats(0.01, 12000), st.sampled_from(["km", "mi"]))
def test_what_is_shown_reads_back_to_within_half_a_unit(km, unit):
    shown = format_distance(km, unit)
    if not shown.startswith("<"):
        assert abs(parse_distance(shown.replace(",", "")) - km) <= 0.81


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40))
def test_any_text_gives_a_place_or_an_error_that_a_person_can_act_on(text):
    with suppress(UnknownName):
        place = find_place(text)
        assert abs(place.latitude) <= 90
        assert abs(place.longitude) <= 180
    assert len(suggest_places(text, limit=3)) <= 3


@given(st.text(max_size=20))
def test_any_text_is_a_distance_or_refused(text):
    with suppress(UsageError):
        assert 0 < parse_distance(text) < 20_040


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 3000))
def test_case_and_spaces_do_not_change_what_is_found(number):
    name = gazetteer().name(number)
    try:
        found = find_place(name).name
    except UnknownName as error:
        found = error.choices
    try:
        again = find_place(f"  {name.lower()} ").name
    except UnknownName as error:
        again = error.choices
    assert found == again
