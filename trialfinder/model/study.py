"""One study as people look at it: the registry's words, typed. Absent is None, a list is empty."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ContactLevel = Literal["site", "central", "sponsor"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. `level` says whether it is the site's, the study's central contact or the sponsor."""

    level: ContactLevel
    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One place of a study. `status` is the site's own, or its study's where the site has none (`is_status_own` False).

    `latitude` and `longitude` are those of the city's centre, in degrees. `distance_km` is None until a place is given.
    """

    facility: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str | None
    status: str | None
    is_status_own: bool
    latitude: float | None
    longitude: float | None
    contacts: tuple[Contact, ...] = ()
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One group of participants and what is done to them."""

    label: str
    arm_type: str | None
    description: str | None
    intervention_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """One thing that is studied. `intervention_type` is the registry's (DRUG, PROCEDURE, ...)."""

    name: str
    intervention_type: str | None
    description: str | None
    other_names: tuple[str, ...] = ()
    arm_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """One registry study. `eligibility_text` is verbatim; dates keep their day as 1 where only the month is known."""

    nct_id: str
    brief_title: str
    official_title: str | None
    overall_status: str | None
    last_known_status: str | None
    study_type: str | None
    kind: str
    phases: tuple[str, ...]
    primary_purpose: str | None
    allocation: str | None
    masking: str | None
    brief_summary: str | None
    detailed_description: str | None
    conditions: tuple[str, ...]
    keywords: tuple[str, ...]
    sponsor: str | None
    enrollment: int | None
    start_date: date | None
    primary_completion_date: date | None
    last_update_date: date | None
    status_verified_date: date | None
    why_stopped: str | None
    sex: str | None
    minimum_age_years: float | None
    maximum_age_years: float | None
    eligibility_text: str | None
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    sites: tuple[Site, ...] = ()
    contacts: tuple[Contact, ...] = ()
    left_date: date | None = None
