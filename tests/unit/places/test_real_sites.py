"""Against the real records: every country is known, and most towns lie where the registry puts them."""

import gzip
import json

import pytest

from trialfinder.errors import UnknownName
from trialfinder.places import distances_km, find_country, find_place


@pytest.fixture(scope="module")
def sites(shared):
    """Every site of the real records, as the registry writes it."""
    with gzip.open(shared / "registry" / "studies.jsonl.gz", "rt", encoding="utf-8") as lines:
        studies = [json.loads(line)["protocolSection"] for line in lines]
    return [site for study in studies for site in study.get("contactsLocationsModule", {}).get("locations", [])]


def test_every_country_of_the_records_is_known_without_a_notice(sites):
    named = sorted({site["country"] for site in sites if site.get("country")})
    assert [name for name in named if find_country(name).notice] == []


def distance_to_registry(site):
    """How far our point of a site's town lies from the registry's, in km; None where we ask back or do not know it."""
    try:
        place = find_place(", ".join(site[key] for key in ("city", "state", "country") if key in site))
    except UnknownName:
        return None
    point = site["geoPoint"]
    return distances_km(place.latitude, place.longitude, [point["lat"]], [point["lon"]])[0]


def test_nine_of_ten_us_towns_lie_within_25_km_of_where_the_registry_puts_them(sites):
    towns = {
        (site["city"], site.get("state")): site
        for site in sites
        if site.get("country") == "United States" and "geoPoint" in site and "city" in site
    }
    some = [towns[key] for key in sorted(towns, key=str)[::5]]
    distances = [km for site in some if (km := distance_to_registry(site)) is not None]
    assert len(distances) > 0.9 * len(some)
    assert sum(km < 25 for km in distances) > 0.97 * len(distances)
