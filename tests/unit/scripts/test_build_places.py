"""Our own names of cities reach the table without the packages that it was built from."""

import numpy as np

from scripts import build_places
from trialfinder.places.gazetteer import load_columns


def test_the_shipped_table_has_todays_aliases():
    """After an edit of city_aliases.csv: `make places`."""
    shipped = load_columns("cities")
    again = build_places.with_own_aliases(shipped)
    assert list(again) == list(shipped)
    assert np.array_equal(again["names"], shipped["names"])


def test_an_alias_comes_to_the_largest_city_of_its_name_and_goes_again(monkeypatch):
    """Nothing else changes; a name that GeoNames knew as a lesser one becomes a full one."""
    shipped = load_columns("cities")
    own = build_places.own_aliases()
    with_one_more = {**own, ("US", "cleveland"): [*own.get(("US", "cleveland"), []), "forest city by the lake"]}
    monkeypatch.setattr(build_places, "own_aliases", lambda: with_one_more)
    more = build_places.with_own_aliases(shipped)
    changed = [(old, new) for old, new in zip(_lines(shipped), _lines(more), strict=True) if old != new]
    assert [new for _, new in changed] == [changed[0][0].replace("\t\x1f", "\tforest city by the lake\t\x1f")]
    monkeypatch.setattr(build_places, "own_aliases", lambda: own)
    assert np.array_equal(build_places.with_own_aliases(more)["names"], shipped["names"])


def _lines(columns):
    return columns["names"].tobytes().decode().split("\n")
