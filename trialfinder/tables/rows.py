"""The columns of sites, arms and interventions: one pass a column, because sites go into the hundred thousands."""

from typing import Any

from trialfinder.tables.decode import Decoded
from trialfinder.tables.shapes import ArmGroup, InterventionItem, Location
from trialfinder.tables.values import Person, country_of, joined, point_of, reachable, study_contact
from trialfinder.vocab.registry_terms import open_statuses

__all__ = ["arm_columns", "intervention_columns", "is_open_site", "site_columns"]

Columns = dict[str, list[Any]]
_NOBODY = (None, None, None, None)


def site_columns(studies: list[Decoded]) -> Columns:
    """One row a site; status and contact fall back to the study's, and say so."""
    listed = [(study, study.protocol.places.locations or ()) for study in studies]
    sites = [site for _, locations in listed for site in locations]
    fallback = [study.protocol.status.overall_status for study, locations in listed for _ in locations]
    effective = [site.status or other for site, other in zip(sites, fallback, strict=True)]
    return {
        "nct_id": [study.nct_id for study, locations in listed for _ in locations],
        "position": [position for _, locations in listed for position in range(len(locations))],
        "facility": [site.facility for site in sites],
        "city": [site.city for site in sites],
        "state": [site.state for site in sites],
        "postal_code": [site.zip for site in sites],
        "status": [site.status for site in sites],
        "effective_status": effective,
        "is_status_own": [bool(site.status) for site in sites],
        "is_open": [status in open_statuses() for status in effective],
        **_countries(sites),
        **_points(sites),
        **_contacts(listed),
    }


def _countries(sites: list[Location]) -> Columns:
    found = [country_of(site.country) for site in sites]
    return {"country": [name for name, _ in found], "country_code": [code for _, code in found]}


def _points(sites: list[Location]) -> Columns:
    points = [point_of(site) for site in sites]
    return {"latitude": [point and point[0] for point in points], "longitude": [point and point[1] for point in points]}


def _contacts(listed: list[tuple[Decoded, Any]]) -> Columns:
    people: list[Person | tuple[None, ...]] = []
    for study, locations in listed:
        other = study_contact(study.protocol) or _NOBODY
        people.extend((site.contacts and reachable(site.contacts, "site")) or other for site in locations)
    names = ("contact_level", "contact_name", "contact_phone", "contact_email")
    return {name: [person[position] for person in people] for position, name in enumerate(names)}


def is_open_site(site: Location, overall_status: str | None) -> bool:
    """Whether people can join at the site now or soon."""
    return (site.status or overall_status) in open_statuses()


def arm_columns(studies: list[Decoded]) -> Columns:
    """One row an arm."""
    listed = [(study, study.protocol.treatments.arm_groups or ()) for study in studies]
    arms: list[ArmGroup] = [arm for _, groups in listed for arm in groups]
    return {
        "nct_id": [study.nct_id for study, groups in listed for _ in groups],
        "position": [position for _, groups in listed for position in range(len(groups))],
        "label": [arm.label for arm in arms],
        "arm_type": [arm.type for arm in arms],
        "description": [arm.description for arm in arms],
        "intervention_names": [joined(arm.intervention_names) for arm in arms],
    }


def intervention_columns(studies: list[Decoded]) -> Columns:
    """One row an intervention."""
    listed = [(study, study.protocol.treatments.interventions or ()) for study in studies]
    things: list[InterventionItem] = [thing for _, items in listed for thing in items]
    return {
        "nct_id": [study.nct_id for study, items in listed for _ in items],
        "position": [position for _, items in listed for position in range(len(items))],
        "intervention_type": [thing.type for thing in things],
        "name": [thing.name for thing in things],
        "description": [thing.description for thing in things],
        "other_names": [joined(thing.other_names) for thing in things],
        "arm_labels": [joined(thing.arm_group_labels) for thing in things],
    }
