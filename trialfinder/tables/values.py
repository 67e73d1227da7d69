"""Single values of a record: ages, dates, lists and contacts, read without guessing. Absent is None."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from trialfinder.model.study import ContactLevel
from trialfinder.tables.shapes import Contact, Dated, Design, Location, Protocol
from trialfinder.vocab.registry_terms import country

__all__ = [
    "PartialDate",
    "Person",
    "age_in_years",
    "country_of",
    "date_text",
    "enrollment_of",
    "joined",
    "partial_date",
    "phone_of",
    "point_of",
    "reachable",
    "study_contact",
]

Precision = Literal["day", "month", "year"]

_UNKNOWN_ENROLLMENT = 99_999_999
"""What the registry writes where nobody knows how many will take part."""

_AGE = re.compile(r"(\d+(?:\.\d+)?) (Year|Month|Week|Day|Hour|Minute)s?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_DAYS_IN_YEAR = 365.25
_YEARS = {
    "year": 1.0,
    "month": 1 / 12,
    "week": 7 / _DAYS_IN_YEAR,
    "day": 1 / _DAYS_IN_YEAR,
    "hour": 1 / _DAYS_IN_YEAR / 24,
    "minute": 1 / _DAYS_IN_YEAR / 24 / 60,
}
_PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


class Person(NamedTuple):
    """Whom to call, and whether it is the site's own contact, the study's central one or the sponsor."""

    level: ContactLevel
    name: str | None
    phone: str | None
    email: str | None


class PartialDate(NamedTuple):
    """A date whose day, or day and month, are 1 where the record does not name them."""

    date: date
    precision: Precision


@lru_cache(maxsize=1024)
def age_in_years(text: str | None) -> float | None:
    """Years from any unit: 18.0 for "18 Years", 0.5 for "6 Months"; None for what is no age."""
    match = _AGE.fullmatch(text.strip()) if text else None
    return float(match[1]) * _YEARS[match[2].lower()] if match else None


@lru_cache(maxsize=65536)
def partial_date(text: str | None) -> PartialDate | None:
    """A date with its precision: 1 March 2025 and "month" for "2025-03"; None for what is no date."""
    if not text or not _DATE.fullmatch(text):
        return None
    try:
        return PartialDate(date.fromisoformat((text + "-01-01")[:10]), _PRECISION[len(text)])
    except ValueError:
        return None


def date_text(struct: Dated | None) -> str | None:
    """The date of a structure with its type."""
    return struct.date if struct else None


def joined(values: Iterable[str] | None) -> str | None:
    """A list in one cell, "PHASE1|PHASE2"; None where there is nothing in it. A bar within a value becomes a slash."""
    return "|".join(value.replace("|", "/") for value in values or () if value) or None


def enrollment_of(design: Design) -> int | None:
    """How many take part or are to; None also where the registry writes that nobody knows, and for what is no count."""
    count = design.enrollment_info.count if design.enrollment_info else None
    return count if count is not None and 0 <= count < _UNKNOWN_ENROLLMENT else None


def point_of(site: Location) -> tuple[float, float] | None:
    """Latitude and longitude; None where one is missing, out of range, or both are 0."""
    point = site.geo_point
    if point is None or point.lat is None or point.lon is None or (point.lat == 0 and point.lon == 0):
        return None
    return (point.lat, point.lon) if abs(point.lat) <= 90 and abs(point.lon) <= 180 else None


@lru_cache(maxsize=4096)
def country_of(name: str | None) -> tuple[str | None, str | None]:
    """The country under the one name that we use and its ISO code; an unknown name stays, without a code."""
    found = country(name) if name else None
    return (found.en, found.code) if found else (name or None, None)


def reachable(contacts: Iterable[Contact] | None, level: ContactLevel) -> Person | None:
    """The first contact that can be called or written to."""
    for contact in contacts or ():
        if contact.phone or contact.email:
            return Person(level, contact.name or None, phone_of(contact), contact.email or None)
    return None


def study_contact(protocol: Protocol) -> Person | None:
    """Whom to call of a whole study: its central contact, else its sponsor by name."""
    sponsor = protocol.sponsors.lead_sponsor
    central = reachable(protocol.places.central_contacts, "central")
    return central or (Person("sponsor", sponsor.name, None, None) if sponsor and sponsor.name else None)


def phone_of(contact: Contact) -> str | None:
    """The phone number with its extension."""
    if contact.phone and contact.phone_ext:
        return f"{contact.phone} ext. {contact.phone_ext}"
    return contact.phone or None
