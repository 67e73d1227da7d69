"""A row of a spec table as a study's record, and its value in the form of a fact."""

from trialfinder.model import SourceField, StudySource
from trialfinder.model.facts import RANGE_KEYS, SET_KEYS

COLUMNS = {
    "section",
    "text",
    "key",
    "value",
    "nothing",
    "why",
    "headers",
    "title",
    "conditions",
    "summary",
    "sex",
    "study_type",
    "xfail",
}
HEADINGS = {"inclusion": "Inclusion Criteria:\n\n", "exclusion": "Exclusion Criteria:\n\n", "unlabelled": ""}


def case_criteria(row):
    """The criteria text of a row: its section's heading, the headers above it, each a level deeper, and the text."""
    headers = row.get("headers", [])
    lines = [f"{'  ' * depth}* {header}\n" for depth, header in enumerate(headers)]
    text = row["text"]
    indent = "  " * len(headers)
    is_list = "\n" in text or text.lstrip().startswith("*") or row.get("section", "inclusion") == "unlabelled"
    return HEADINGS[row.get("section", "inclusion")] + "".join(lines) + (text if is_list else f"{indent}* {text}")


def case_study(row):
    """The record of a row: about breast cancer, unless the row's title or conditions say otherwise."""
    base = "protocolSection."
    conditions = row.get("conditions", ["Breast Cancer"])
    return StudySource(
        "NCT99999999",
        criteria=SourceField(base + "eligibilityModule.eligibilityCriteria", case_criteria(row)),
        brief_title=SourceField(base + "identificationModule.briefTitle", row.get("title", "Demo: a study")),
        brief_summary=_field(base + "descriptionModule.briefSummary", row.get("summary")),
        conditions=tuple(
            SourceField(f"{base}conditionsModule.conditions[{number}]", name) for number, name in enumerate(conditions)
        ),
        sex=_field(base + "eligibilityModule.sex", row.get("sex")),
        study_type=_field(base + "designModule.studyType", row.get("study_type")),
    )


def _field(path, text):
    return None if text is None else SourceField(path, text)


def flat_value(key, value):
    """The value of a row as a fact holds it: sets sorted in the fact's own order, an open limit None."""
    if key in RANGE_KEYS:
        return tuple(None if limit == "none" else float(limit) for limit in value)
    if key in SET_KEYS:
        return tuple(value)
    return value
