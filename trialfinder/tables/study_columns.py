"""The columns of the studies table."""

from collections.abc import Callable, Iterator
from typing import Any

from trialfinder.tables.decode import Decoded, Problem
from trialfinder.tables.rows import open_flags
from trialfinder.tables.shapes import (
    Dated,
    DesignInfo,
    Enrollment,
    ExpandedAccess,
    ExpandedAccessTypes,
    Named,
    Protocol,
    Status,
)
from trialfinder.tables.values import age_in_years, date_text, enrollment_of, joined, partial_date, study_contact
from trialfinder.vocab.registry_terms import kind_of

__all__ = ["odd_values", "study_columns"]

_NO_ACCESS, _NO_TYPES, _NO_INFO, _NO_ENROLLMENT, _NO_SPONSOR = (
    ExpandedAccess(),
    ExpandedAccessTypes(),
    DesignInfo(),
    Enrollment(),
    Named(),
)
_NOBODY = (None, None, None, None)
_STRUCTS: dict[str, Callable[[Status], Dated | None]] = {
    "start_date": lambda status: status.start_date_struct,
    "primary_completion_date": lambda status: status.primary_completion_date_struct,
    "completion_date": lambda status: status.completion_date_struct,
    "first_posted_date": lambda status: status.study_first_post_date_struct,
    "last_update_date": lambda status: status.last_update_post_date_struct,
}


def study_columns(studies: list[Decoded]) -> dict[str, list[Any]]:
    """One row a study."""
    protocols = [study.protocol for study in studies]
    return {
        "nct_id": [study.nct_id for study in studies],
        **_identification(protocols),
        **_status(protocols),
        **_dates(protocols),
        **_design(protocols),
        **_texts(protocols),
        **_eligibility(protocols),
        **_contacts_and_counts(protocols),
        "left_date": [None] * len(studies),
    }


def odd_values(studies: list[Decoded]) -> Iterator[Problem]:
    """Ages and dates that are there and cannot be read: their columns are NA."""
    for nct_id, protocol in studies:
        eligibility, status = protocol.eligibility, protocol.status
        for key, age in (("minimumAge", eligibility.minimum_age), ("maximumAge", eligibility.maximum_age)):
            if age and age_in_years(age) is None:
                yield Problem(nct_id, f"protocolSection.eligibilityModule.{key}", f"no age: {age}")
        for name, text in (
            *((name, date_text(get(status))) for name, get in _STRUCTS.items()),
            ("status_verified_date", status.status_verified_date),
        ):
            if text and partial_date(text) is None:
                yield Problem(nct_id, f"protocolSection.statusModule ({name})", f"no date: {text}")


def _identification(protocols: list[Protocol]) -> dict[str, list[Any]]:
    modules = [protocol.identification for protocol in protocols]
    return {
        "aliases": [joined(module.nct_id_aliases) for module in modules],
        "brief_title": [module.brief_title for module in modules],
        "official_title": [module.official_title for module in modules],
        "acronym": [module.acronym for module in modules],
    }


def _status(protocols: list[Protocol]) -> dict[str, list[Any]]:
    modules = [protocol.status for protocol in protocols]
    access = [module.expanded_access_info or _NO_ACCESS for module in modules]
    return {
        "overall_status": [module.overall_status for module in modules],
        "last_known_status": [module.last_known_status for module in modules],
        "why_stopped": [module.why_stopped for module in modules],
        "has_expanded_access": [info.has_expanded_access for info in access],
        "expanded_access_nct_id": [info.nct_id for info in access],
        "expanded_access_status": [info.status_for_nct_id for info in access],
    }


def _dates(protocols: list[Protocol]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, get in _STRUCTS.items():
        structs = [get(protocol.status) for protocol in protocols]
        found |= _date_columns(name, [date_text(struct) for struct in structs])
        found[f"{name}_type"] = [struct and struct.type for struct in structs]
    return found | _date_columns(
        "status_verified_date", [protocol.status.status_verified_date for protocol in protocols]
    )


def _date_columns(name: str, texts: list[str | None]) -> dict[str, list[Any]]:
    dates = [partial_date(text) for text in texts]
    return {
        name: [item and item.date for item in dates],
        f"{name}_precision": [item and item.precision for item in dates],
    }


def _design(protocols: list[Protocol]) -> dict[str, list[Any]]:
    modules = [protocol.design for protocol in protocols]
    infos = [module.design_info or _NO_INFO for module in modules]
    types = [module.expanded_access_types or _NO_TYPES for module in modules]
    return {
        "study_type": [module.study_type for module in modules],
        "kind": [kind_of(module.study_type, info.primary_purpose) for module, info in zip(modules, infos, strict=True)],
        "phases": [joined(module.phases) for module in modules],
        "primary_purpose": [info.primary_purpose for info in infos],
        "allocation": [info.allocation for info in infos],
        "intervention_model": [info.intervention_model for info in infos],
        "observational_model": [info.observational_model for info in infos],
        "time_perspective": [info.time_perspective for info in infos],
        "masking": [info.masking_info and info.masking_info.masking for info in infos],
        "is_patient_registry": [module.patient_registry for module in modules],
        "enrollment": [enrollment_of(module) for module in modules],
        "enrollment_type": [(module.enrollment_info or _NO_ENROLLMENT).type for module in modules],
        "is_access_individual": [item.individual for item in types],
        "is_access_intermediate": [item.intermediate for item in types],
        "is_access_treatment": [item.treatment for item in types],
    }


def _texts(protocols: list[Protocol]) -> dict[str, list[Any]]:
    sponsors = [protocol.sponsors.lead_sponsor or _NO_SPONSOR for protocol in protocols]
    return {
        "brief_summary": [protocol.description.brief_summary for protocol in protocols],
        "detailed_description": [protocol.description.detailed_description for protocol in protocols],
        "conditions": [joined(protocol.conditions.conditions) for protocol in protocols],
        "keywords": [joined(protocol.conditions.keywords) for protocol in protocols],
        "sponsor": [sponsor.name for sponsor in sponsors],
        "sponsor_class": [sponsor.sponsor_class for sponsor in sponsors],
        "collaborators": [
            joined(item.name or "" for item in protocol.sponsors.collaborators or ()) for protocol in protocols
        ],
    }


def _eligibility(protocols: list[Protocol]) -> dict[str, list[Any]]:
    modules = [protocol.eligibility for protocol in protocols]
    return {
        "sex": [module.sex for module in modules],
        "minimum_age": [module.minimum_age for module in modules],
        "minimum_age_years": [age_in_years(module.minimum_age) for module in modules],
        "maximum_age": [module.maximum_age for module in modules],
        "maximum_age_years": [age_in_years(module.maximum_age) for module in modules],
        "age_groups": [joined(module.std_ages) for module in modules],
        "has_healthy_volunteers": [module.healthy_volunteers for module in modules],
        "study_population": [module.study_population for module in modules],
        "eligibility_text": [module.eligibility_criteria for module in modules],
    }


def _contacts_and_counts(protocols: list[Protocol]) -> dict[str, list[Any]]:
    people = [study_contact(protocol) or _NOBODY for protocol in protocols]
    return {
        "contact_level": [person[0] for person in people],
        "contact_name": [person[1] for person in people],
        "contact_phone": [person[2] for person in people],
        "contact_email": [person[3] for person in people],
        "n_sites": [len(protocol.places.locations or ()) for protocol in protocols],
        "n_open_sites": [_n_open(protocol) for protocol in protocols],
        "n_arms": [len(protocol.treatments.arm_groups or ()) for protocol in protocols],
    }


def _n_open(protocol: Protocol) -> int:
    of_study = protocol.status.overall_status
    return sum(open_flags(site.status or of_study for site in protocol.places.locations or ()))
