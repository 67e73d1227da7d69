"""The words of the program as frozen dataclasses. Standard library only."""

from trialfinder.model.answers import Answer, AnswerKind, Assessment, Verdict
from trialfinder.model.facts import Demand, EligibilityFacts, Evidence, Fact, UnreadSentence
from trialfinder.model.profile import PatientProfile, TherapyHistory
from trialfinder.model.source import SourceField, StudySource
from trialfinder.model.study import Arm, Contact, Intervention, Site, Study

__all__ = [
    "Answer",
    "AnswerKind",
    "Arm",
    "Assessment",
    "Contact",
    "Demand",
    "EligibilityFacts",
    "Evidence",
    "Fact",
    "Intervention",
    "PatientProfile",
    "Site",
    "SourceField",
    "Study",
    "StudySource",
    "TherapyHistory",
    "UnreadSentence",
    "Verdict",
]
