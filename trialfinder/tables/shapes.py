"""The API's record as typed shapes: every JSON key that we read, each possibly absent."""

import msgspec

__all__ = ["ArmGroup", "Contact", "Dated", "Eligibility", "InterventionItem", "Location", "Protocol", "Record", "Shape"]


class Shape(msgspec.Struct, gc=False, rename="camel"):
    """A JSON object of the API; keys that we do not read are passed over."""


class Identification(Shape):
    """`identificationModule`."""

    nct_id: str | None = None
    nct_id_aliases: list[str] | None = None
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None


class Dated(Shape):
    """A date of day, month or year precision, and whether it is ACTUAL or ESTIMATED."""

    date: str | None = None
    type: str | None = None


class ExpandedAccess(Shape):
    """Whether the treatment can be had outside the trial, and under which number."""

    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None


class Status(Shape):
    """`statusModule`."""

    overall_status: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    status_verified_date: str | None = None
    expanded_access_info: ExpandedAccess | None = None
    start_date_struct: Dated | None = None
    primary_completion_date_struct: Dated | None = None
    completion_date_struct: Dated | None = None
    study_first_post_date_struct: Dated | None = None
    last_update_post_date_struct: Dated | None = None


class Named(Shape, rename={"sponsor_class": "class"}):
    """A sponsor or collaborator."""

    name: str | None = None
    sponsor_class: str | None = None


class Sponsors(Shape):
    """`sponsorCollaboratorsModule`."""

    lead_sponsor: Named | None = None
    collaborators: list[Named] | None = None


class Description(Shape):
    """`descriptionModule`."""

    brief_summary: str | None = None
    detailed_description: str | None = None


class Conditions(Shape):
    """`conditionsModule`."""

    conditions: list[str] | None = None
    keywords: list[str] | None = None


class Masking(Shape):
    """Who does not know which arm a participant is in."""

    masking: str | None = None


class DesignInfo(Shape):
    """How the study is built."""

    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking_info: Masking | None = None


class ExpandedAccessTypes(Shape):
    """For whom an expanded access is meant."""

    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class Enrollment(Shape):
    """How many people take part, or are to."""

    count: int | None = None
    type: str | None = None


class Design(Shape):
    """`designModule`."""

    study_type: str | None = None
    expanded_access_types: ExpandedAccessTypes | None = None
    patient_registry: bool | None = None
    phases: list[str] | None = None
    design_info: DesignInfo | None = None
    enrollment_info: Enrollment | None = None


class ArmGroup(Shape):
    """One of `armGroups`."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: list[str] | None = None


class InterventionItem(Shape):
    """One of `interventions`."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: list[str] | None = None
    other_names: list[str] | None = None


class ArmsInterventions(Shape):
    """`armsInterventionsModule`."""

    arm_groups: list[ArmGroup] | None = None
    interventions: list[InterventionItem] | None = None


class Eligibility(Shape):
    """`eligibilityModule`."""

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: list[str] | None = None
    study_population: str | None = None


class Contact(Shape):
    """A person or desk to call or write to."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Point(Shape):
    """The centre of the site's city, in degrees."""

    lat: float | None = None
    lon: float | None = None


class Location(Shape):
    """One of `locations`."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: list[Contact] | None = None
    geo_point: Point | None = None


class ContactsLocations(Shape):
    """`contactsLocationsModule`."""

    central_contacts: list[Contact] | None = None
    locations: list[Location] | None = None


class Protocol(Shape):
    """`protocolSection`. The properties give an empty module where the record has none."""

    identification_module: Identification | None = None
    status_module: Status | None = None
    sponsor_collaborators_module: Sponsors | None = None
    description_module: Description | None = None
    conditions_module: Conditions | None = None
    design_module: Design | None = None
    arms_interventions_module: ArmsInterventions | None = None
    eligibility_module: Eligibility | None = None
    contacts_locations_module: ContactsLocations | None = None

    @property
    def identification(self) -> Identification:
        """Number and titles."""
        return self.identification_module or _NO_IDENTIFICATION

    @property
    def status(self) -> Status:
        """Recruitment status and dates."""
        return self.status_module or _NO_STATUS

    @property
    def sponsors(self) -> Sponsors:
        """Who pays and answers for it."""
        return self.sponsor_collaborators_module or _NO_SPONSORS

    @property
    def description(self) -> Description:
        """Summary and description."""
        return self.description_module or _NO_DESCRIPTION

    @property
    def conditions(self) -> Conditions:
        """Conditions and keywords."""
        return self.conditions_module or _NO_CONDITIONS

    @property
    def design(self) -> Design:
        """Type, phases, purpose."""
        return self.design_module or _NO_DESIGN

    @property
    def treatments(self) -> ArmsInterventions:
        """Arms and interventions."""
        return self.arms_interventions_module or _NO_TREATMENTS

    @property
    def eligibility(self) -> Eligibility:
        """Age, sex and the criteria's text."""
        return self.eligibility_module or _NO_ELIGIBILITY

    @property
    def places(self) -> ContactsLocations:
        """Sites and central contacts."""
        return self.contacts_locations_module or _NO_PLACES


_NO_IDENTIFICATION, _NO_STATUS, _NO_SPONSORS = Identification(), Status(), Sponsors()
_NO_DESCRIPTION, _NO_CONDITIONS, _NO_DESIGN = Description(), Conditions(), Design()
_NO_TREATMENTS, _NO_ELIGIBILITY, _NO_PLACES = ArmsInterventions(), Eligibility(), ContactsLocations()


class Record(Shape):
    """A study as the API gives it, or a bare line of an NCT number and its criteria."""

    protocol_section: Protocol | None = None
    nct_id: str | None = None
    eligibility_criteria: str | None = None
