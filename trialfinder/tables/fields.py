"""What we ask the registry for: the `fields` parameter, never the results sections."""

__all__ = ["FIELDS", "INDEX_FIELDS"]

INDEX_FIELDS = ("NCTId", "LastUpdatePostDate", "OverallStatus")
"""The three fields of the index walk: they say what is new, changed or gone."""

FIELDS = (
    "protocolSection.identificationModule.nctId",
    "protocolSection.identificationModule.nctIdAliases",
    "protocolSection.identificationModule.briefTitle",
    "protocolSection.identificationModule.officialTitle",
    "protocolSection.identificationModule.acronym",
    "protocolSection.statusModule.overallStatus",
    "protocolSection.statusModule.lastKnownStatus",
    "protocolSection.statusModule.whyStopped",
    "protocolSection.statusModule.statusVerifiedDate",
    "protocolSection.statusModule.expandedAccessInfo",
    "protocolSection.statusModule.startDateStruct",
    "protocolSection.statusModule.primaryCompletionDateStruct",
    "protocolSection.statusModule.completionDateStruct",
    "protocolSection.statusModule.studyFirstPostDateStruct",
    "protocolSection.statusModule.lastUpdatePostDateStruct",
    "protocolSection.sponsorCollaboratorsModule.leadSponsor",
    "protocolSection.sponsorCollaboratorsModule.collaborators",
    "protocolSection.descriptionModule",
    "protocolSection.conditionsModule",
    "protocolSection.designModule.studyType",
    "protocolSection.designModule.expandedAccessTypes",
    "protocolSection.designModule.patientRegistry",
    "protocolSection.designModule.phases",
    "protocolSection.designModule.designInfo",
    "protocolSection.designModule.enrollmentInfo",
    "protocolSection.armsInterventionsModule",
    "protocolSection.eligibilityModule",
    "protocolSection.contactsLocationsModule.centralContacts",
    "protocolSection.contactsLocationsModule.locations",
)
"""The record of a study as far as we use it, as the API's paths; a branch brings all its leaves."""
