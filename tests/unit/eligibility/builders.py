"""Records with valid defaults, for tests of the criteria reader."""

from trialfinder.eligibility.criteria import read_criteria
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import SourceField, StudySource
from trialfinder.vocab import load_vocabulary

CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"


def make_field(text, path=CRITERIA):
    return SourceField(path, text)


def make_source(criteria="Inclusion Criteria:\n\n* Metastatic breast cancer\n", **fields):
    values = {"brief_title": make_field("Demo: a study of breast cancer", "title"), **fields}
    return StudySource("NCT99999999", criteria=None if criteria is None else make_field(criteria), **values)


def make_study(criteria="Inclusion Criteria:\n\n* Metastatic breast cancer\n", **fields):
    return StudyText(make_source(criteria, **fields), load_vocabulary())


def make_criteria(text):
    return read_criteria(make_field(text))


def make_sentence(text, section="Inclusion"):
    """The last sentence of a criterion in a section."""
    return make_criteria(f"{section} Criteria:\n\n* {text}")[-1].sentences[-1]
