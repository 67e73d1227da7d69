"""One study as people look at it, with all its sites, arms, interventions and contacts."""

from collections.abc import Iterable
from datetime import date

from trialfinder.model import Arm, Contact, Intervention, Site, Study
from trialfinder.model.study import ContactLevel
from trialfinder.tables import shapes
from trialfinder.tables.decode import Raw, decode_one
from trialfinder.tables.values import (
    age_in_years,
    country_of,
    date_text,
    enrollment_of,
    partial_date,
    phone_of,
    point_of,
)
from trialfinder.vocab.registry_terms import kind_of

__all__ = ["build_study"]


def build_study(raw: Raw) -> Study:
    """One study, as far as its record can be read. Raises `UnexpectedRecord` where it has no NCT number."""
    return _study(*decode_one(raw))


def _study(nct_id: str, protocol: shapes.Protocol) -> Study:
    titles, status, design, eligibility = (
        protocol.identification,
        protocol.status,
        protocol.design,
        protocol.eligibility,
    )
    info = design.design_info or shapes.DesignInfo()
    sponsor = protocol.sponsors.lead_sponsor
    return Study(
        nct_id=nct_id,
        brief_title=titles.brief_title or titles.official_title or nct_id,
        official_title=titles.official_title or None,
        overall_status=status.overall_status or None,
        last_known_status=status.last_known_status or None,
        study_type=design.study_type or None,
        kind=kind_of(design.study_type, info.primary_purpose),
        phases=_texts(design.phases),
        primary_purpose=info.primary_purpose or None,
        allocation=info.allocation or None,
        masking=(info.masking_info.masking or None) if info.masking_info else None,
        brief_summary=protocol.description.brief_summary or None,
        detailed_description=protocol.description.detailed_description or None,
        conditions=_texts(protocol.conditions.conditions),
        keywords=_texts(protocol.conditions.keywords),
        sponsor=(sponsor.name or None) if sponsor else None,
        enrollment=enrollment_of(design),
        start_date=_day(date_text(status.start_date_struct)),
        primary_completion_date=_day(date_text(status.primary_completion_date_struct)),
        last_update_date=_day(date_text(status.last_update_post_date_struct)),
        status_verified_date=_day(status.status_verified_date),
        why_stopped=status.why_stopped or None,
        sex=eligibility.sex or None,
        minimum_age_years=age_in_years(eligibility.minimum_age),
        maximum_age_years=age_in_years(eligibility.maximum_age),
        eligibility_text=eligibility.eligibility_criteria or None,
        arms=tuple(_arm(arm) for arm in protocol.treatments.arm_groups or ()),
        interventions=tuple(_intervention(thing) for thing in protocol.treatments.interventions or ()),
        sites=tuple(_site(site, status.overall_status) for site in protocol.places.locations or ()),
        contacts=_study_contacts(protocol),
    )


def _day(text: str | None) -> date | None:
    found = partial_date(text)
    return found.date if found else None


def _texts(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(value for value in values or () if value)


def _arm(arm: shapes.ArmGroup) -> Arm:
    return Arm(arm.label or "", arm.type or None, arm.description or None, _texts(arm.intervention_names))


def _intervention(thing: shapes.InterventionItem) -> Intervention:
    return Intervention(
        name=thing.name or "",
        intervention_type=thing.type or None,
        description=thing.description or None,
        other_names=_texts(thing.other_names),
        arm_labels=_texts(thing.arm_group_labels),
    )


def _site(site: shapes.Location, overall_status: str | None) -> Site:
    point = point_of(site)
    return Site(
        facility=site.facility or None,
        city=site.city or None,
        state=site.state or None,
        postal_code=site.zip or None,
        country=country_of(site.country)[0],
        status=site.status or overall_status or None,
        is_status_own=bool(site.status),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        contacts=_contacts(site.contacts, "site"),
    )


def _contacts(contacts: Iterable[shapes.Contact] | None, level: ContactLevel) -> tuple[Contact, ...]:
    return tuple(
        Contact(level, item.name or None, item.role or None, phone_of(item), item.email or None)
        for item in contacts or ()
    )


def _study_contacts(protocol: shapes.Protocol) -> tuple[Contact, ...]:
    """The central contacts, then the sponsor by name."""
    sponsor = protocol.sponsors.lead_sponsor
    last = (Contact("sponsor", name=sponsor.name),) if sponsor and sponsor.name else ()
    return _contacts(protocol.places.central_contacts, "central") + last
