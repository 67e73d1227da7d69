"""The columns of sites, arms and interventions: one pass a column, because sites go into the hundred thousands."""

from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any, TypeVar

from trialfinder.tables.decode import Decoded
from trialfinder.tables.values import Person, country_of, joined, point_of, reachable, study_contact
from trialfinder.vocab.registry_terms import open_statuses

__all__ = ["arm_columns", "intervention_columns", "open_flags", "site_columns"]

T = TypeVar("T")
Columns = dict[str, Sequence[Any]]
_NOBODY = (None, None, None, None)
_NOWHERE = (None, None)


def site_columns(studies: list[Decoded]) -> Columns:
    """One row a site; status and contact fall back to the study's, and say so."""
    listed = [study.protocol.places.locations or () for study in studies]
    sites = list(chain.from_iterable(listed))
    own = [site.status for site in sites]
    of_study = _repeated((study.protocol.status.overall_status for study in studies), listed)
    effective = [status or other for status, other in zip(own, of_study, strict=True)]
    countries = {name: country_of(name) for name in {site.country for site in sites}}
    latitude, longitude = _turned([point_of(site) or _NOWHERE for site in sites], 2)
    return {
        **_keys(studies, listed),
        "facility": [site.facility for site in sites],
        "city": [site.city for site in sites],
        "state": [site.state for site in sites],
        "postal_code": [site.zip for site in sites],
        "country": [countries[site.country][0] for site in sites],
        "country_code": [countries[site.country][1] for site in sites],
        "status": own,
        "effective_status": effective,
        "is_status_own": list(map(bool, own)),
        "is_open": open_flags(effective),
        "latitude": latitude,
        "longitude": longitude,
        **_contacts(studies),
    }


def open_flags(statuses: Iterable[str | None]) -> list[bool]:
    """For each status whether people can join now or soon."""
    opened = open_statuses()
    return [status in opened for status in statuses]


def _contacts(studies: list[Decoded]) -> Columns:
    people: list[Person | tuple[None, ...]] = []
    for study in studies:
        sites = study.protocol.places.locations or ()
        other = study_contact(study.protocol) or _NOBODY
        people.extend((site.contacts and reachable(site.contacts, "site")) or other for site in sites)
    names = ("contact_level", "contact_name", "contact_phone", "contact_email")
    return dict(zip(names, _turned(people, len(names)), strict=True))


def arm_columns(studies: list[Decoded]) -> Columns:
    """One row an arm."""
    listed = [study.protocol.treatments.arm_groups or () for study in studies]
    arms = list(chain.from_iterable(listed))
    return {
        **_keys(studies, listed),
        "label": [arm.label for arm in arms],
        "arm_type": [arm.type for arm in arms],
        "description": [arm.description for arm in arms],
        "intervention_names": [joined(arm.intervention_names) for arm in arms],
    }


def intervention_columns(studies: list[Decoded]) -> Columns:
    """One row an intervention."""
    listed = [study.protocol.treatments.interventions or () for study in studies]
    things = list(chain.from_iterable(listed))
    return {
        **_keys(studies, listed),
        "intervention_type": [thing.type for thing in things],
        "name": [thing.name for thing in things],
        "description": [thing.description for thing in things],
        "other_names": [joined(thing.other_names) for thing in things],
        "arm_labels": [joined(thing.arm_group_labels) for thing in things],
    }


def _keys(studies: list[Decoded], listed: Sequence[Sequence[Any]]) -> Columns:
    """The study's number and the place in its list, for every row."""
    positions = list(chain.from_iterable(range(len(items)) for items in listed))
    return {"nct_id": _repeated((study.nct_id for study in studies), listed), "position": positions}


def _repeated(values: Iterable[T], listed: Sequence[Sequence[Any]]) -> list[T]:
    """A value of each study, once for each item of its list."""
    return list(chain.from_iterable(map(repeat, values, map(len, listed))))


def _turned(rows: list[Any], width: int) -> list[list[Any]]:
    """Rows to columns."""
    return [[row[position] for row in rows] for position in range(width)]
