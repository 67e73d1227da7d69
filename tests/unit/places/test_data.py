"""Every row of the place data, and its size."""

import re
from collections import Counter

import numpy as np
import pytest

from trialfinder.places.codes import code_points
from trialfinder.places.formats import DATA, data_rows, postal_formats
from trialfinder.places.gazetteer import gazetteer, load_columns
from trialfinder.places.normalise import normalise
from trialfinder.places.regions import regions

CSV = ["city_aliases", "country_aliases", "postal_formats", "state_aliases", "states"]


@pytest.mark.parametrize("name", CSV)
def test_no_cell_has_stray_space_and_no_row_stands_twice(name):
    rows = [tuple(row.values()) for row in data_rows(f"{name}.csv")]
    assert all(cell == cell.strip() for row in rows for cell in row)
    assert max(Counter(rows).values()) == 1


@pytest.mark.parametrize("name", ["country_aliases", "states"])
def test_rows_are_sorted(name):
    """A new row has one place in its file."""
    keys = [tuple(row.values())[:2] for row in data_rows(f"{name}.csv")]
    assert keys == sorted(keys)


def test_codes_of_countries_and_states_are_unique():
    assert len(regions().state_numbers) == len(data_rows("states.csv"))
    assert len({country.name for country in regions().countries}) == len(regions().countries)


def test_a_state_name_belongs_to_one_state_of_its_country():
    named = Counter((state.country, normalise(state.name)) for state in regions().states)
    assert [name for name, count in named.items() if count > 1] == []


def test_an_alias_of_a_country_means_one_country_and_is_not_its_name():
    rows = [(normalise(row["alias"]), regions().codes[row["code"]]) for row in data_rows("country_aliases.csv")]
    assert [key for key, country in rows if key == normalise(country.name)] == []
    assert all(count == 1 for count in Counter(key for key, _ in rows).values())


def test_an_alias_of_a_state_means_one_state_of_its_country():
    named = Counter((row["country"], normalise(row["alias"])) for row in data_rows("state_aliases.csv"))
    assert [name for name, count in named.items() if count > 1] == []


@pytest.mark.parametrize("row", data_rows("city_aliases.csv"), ids=lambda row: row["alias"])
def test_an_alias_of_a_city_leads_to_a_city_of_that_country(row):
    places, country = gazetteer(), regions().codes[row["country"]].country_number
    bearers = [n for n in places.strong(normalise(row["alias"])) if places.country[n] == country]
    assert normalise(row["city"]) in {places.key(n) for n in bearers}


@pytest.mark.parametrize("form", postal_formats(), ids=lambda form: form.country)
def test_the_example_of_a_postal_format_is_found_in_its_country(form):
    example = next(row["example"] for row in data_rows("postal_formats.csv") if row["country"] == form.country)
    assert regions().codes[form.country] in [point.country for point in code_points(example)]


def test_postal_codes_cover_many_countries_beyond_the_first_three():
    assert len({form.country for form in postal_formats()} - {"US", "CA", "GB"}) >= 15


def test_postal_codes_are_sorted_unique_and_on_earth():
    columns = load_columns("postal")
    for form in postal_formats():
        codes, (latitudes, longitudes) = columns[f"{form.country}.codes"], columns[f"{form.country}.points"]
        assert len(codes) == len(latitudes) > 0
        assert np.all(codes[:-1] < codes[1:])
        assert np.abs(latitudes).max() <= 9000
        assert np.abs(longitudes).max() <= 18000


def test_every_city_has_a_name_a_key_a_country_and_a_point():
    places = gazetteer()
    assert len(places.lines) == len(places.population) == len(places.latitude)
    assert all(re.match(r"[^\t]+\t[^\t]+\t", line) for line in places.lines)
    assert (places.country >= 0).all()
    assert np.all(places.population[:-1] >= places.population[1:])


def test_a_city_stands_under_its_own_comparable_name():
    places = gazetteer()
    assert [n for n in range(0, len(places.lines), 97) if places.key(n) != normalise(places.name(n))] == []


def test_the_data_stay_small():
    assert sum(entry.stat().st_size for entry in DATA.iterdir() if entry.is_file()) < 4_000_000
