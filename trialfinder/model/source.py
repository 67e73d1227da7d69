"""A study's record as the criteria reader sees it: named texts, without the API's keys."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceField:
    """One string of the record, verbatim, and where it stands (`...officialTitle`, `...conditions[2]`)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class StudySource:
    """What the reader may read of one study. A text that the record lacks is None, a list is empty.

    `arms` and `interventions` hold labels, names and descriptions, in the record's order. `sex` is the
    registry's ALL, FEMALE or MALE. `healthy_volunteers` is the registry's true or false as text ("true").
    """

    nct_id: str
    criteria: SourceField | None = None
    brief_title: SourceField | None = None
    official_title: SourceField | None = None
    brief_summary: SourceField | None = None
    detailed_description: SourceField | None = None
    conditions: tuple[SourceField, ...] = ()
    keywords: tuple[SourceField, ...] = ()
    arms: tuple[SourceField, ...] = ()
    interventions: tuple[SourceField, ...] = ()
    sex: SourceField | None = None
    minimum_age: SourceField | None = None
    maximum_age: SourceField | None = None
    healthy_volunteers: SourceField | None = None
    study_population: SourceField | None = None
    study_type: SourceField | None = None
    primary_purpose: SourceField | None = None
    phases: tuple[SourceField, ...] = ()
