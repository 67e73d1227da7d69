"""Distances as typed, as shown and as computed."""

import math

import numpy as np
import pytest

from trialfinder.errors import UsageError
from trialfinder.places import distances_km, distances_to_vectors_km, format_distance, parse_distance, unit_vectors


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("100 mi", 160.9344),
        ("100mi", 160.9344),
        ("100 miles", 160.9344),
        ("1 mile", 1.609344),
        ("160km", 160),
        ("160 KM", 160),
        ("160 kilometres", 160),
        ("12,5 km", 12.5),
        ("0.5 mi.", 0.804672),
        ("50 millas", 80.4672),
        ("80 kilómetros", 80),
    ],
)
def test_a_distance_is_read_in_miles_and_kilometres(text, km):
    assert parse_distance(text) == pytest.approx(km)


@pytest.mark.parametrize(
    "text",
    ["", "100", "mi", "-5 mi", "0 km", "100 m", "100 feet", "ten miles", "1e3 km", "1 mi 5", "99999 km"],
)
def test_what_is_no_distance_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match="100mi or 160km"):
        parse_distance(text)


@pytest.mark.parametrize(
    ("km", "unit", "shown"),
    [
        (160.9344, "mi", "100 mi"),
        (160.2, "km", "160 km"),
        (0.3, "km", "< 1 km"),
        (1.2, "mi", "< 1 mi"),
        (12345.6, "km", "12,346 km"),
    ],
)
def test_a_distance_is_shown_in_whole_units(km, unit, shown):
    assert format_distance(km, unit) == shown


def test_known_distances_are_met():
    """Boston to Cleveland, and both ways across the date line."""
    assert distances_km(42.36, -71.06, [41.50], [-81.69])[0] == pytest.approx(886, abs=3)
    assert distances_km(0, 179.5, [0, 0], [-179.5, 179.5]) == pytest.approx([111.195, 0], abs=0.01)
    assert distances_km(-17.8, 177.9, [-13.8], [-171.8])[0] == pytest.approx(1180, abs=30)


def test_poles_antipodes_and_the_same_point_are_safe():
    assert distances_km(90, 0, [-90, 90], [77, -123]) == pytest.approx([math.pi * 6371.0088, 0], abs=0.001)
    assert distances_km(10, 20, [-10], [-160])[0] == pytest.approx(math.pi * 6371.0088, abs=0.2)
    assert distances_km(42.36, -71.06, [42.36], [-71.06])[0] == 0


def test_a_missing_coordinate_has_no_distance():
    found = distances_km(1, 1, [1.0, np.nan, 1.0], [1.0, 1.0, np.nan])
    assert np.isnan(found).tolist() == [False, True, True]


def test_no_points_have_no_distances():
    assert distances_km(1, 1, [], []).shape == (0,)


def test_distances_to_vectors_known_beforehand_are_the_same():
    latitudes, longitudes = [1.0, -45.0, np.nan], [2.0, 170.0, 3.0]
    vectors = unit_vectors(latitudes, longitudes)
    np.testing.assert_array_equal(
        distances_to_vectors_km(5, 6, vectors), distances_km(5, 6, latitudes, longitudes), strict=True
    )
