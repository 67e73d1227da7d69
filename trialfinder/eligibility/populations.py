"""Criteria that are not for people with breast cancer: below a heading for other patients or for healthy people.

"Melanoma patients" and "Healthy volunteers:" head criteria that say nothing of a patient with breast cancer.
Deliberately kept: everything below a heading that stands alone in a flat text, because nothing shows where it ends,
unless the patients with breast cancer have a heading of their own; the headings themselves, which name a tumour.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from trialfinder.eligibility.criteria import Criterion
from trialfinder.vocab.literals import may_hold
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

_LABEL = re.compile(r"[\W_]*(\w[^\n:]{0,30}?) (?:in|ex)clusion\b")
_LONGEST = 90  # letters of a line that is a heading, with its indent
_HINTS = ("patient", "participant", "subject", "volunteer", "control", "healthy", "cohort", "group", ":")


def without_others(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The criteria, less those below a heading for people without breast cancer."""
    sections = [list(items) for _, items in groupby(criteria, key=lambda item: item.section.start)]
    out = {id(item) for section in sections for item in _of_others(section)}
    out |= {id(item) for section in _parts_of_others(sections) for item in section}
    return tuple(item for item in criteria if id(item) not in out) or criteria


def _parts_of_others(sections: Sequence[Sequence[Criterion]]) -> Iterator[Sequence[Criterion]]:
    """The sections of a part ("Part A inclusion criteria") that opens with other tumours, where another does not."""
    labelled = [(_label(section[0]), section) for section in sections]
    opened = {label: _opens_with_others(section[0]) for label, section in labelled if label and _lets_in(section[0])}
    if len(opened) < 2 or all(opened.values()):
        return
    yield from (section for label, section in labelled if opened.get(label))


def _label(first: Criterion) -> str:
    """What stands in a section's heading before "inclusion" or "exclusion"."""
    found = _LABEL.match(first.text.lower[first.section.start : first.section.body_start])
    return found[1] if found else ""


def _lets_in(first: Criterion) -> bool:
    return first.section.kind == "inclusion"


def _opens_with_others(first: Criterion) -> bool:
    """Whether a section begins with another tumour, and with neither breast cancer nor tumours in general."""
    cues = load_treatment_cues()
    is_other = bool(cues.spans("other_tumour", first.lower)) and not cues.spans("breast", first.lower)
    return is_other and not load_wordings("populations").has("any_tumour", first.lower)


def _of_others(section: Sequence[Criterion]) -> Iterator[Criterion]:
    """The criteria of one section that stand below such a heading, in a flat text up to the next heading."""
    first = section[0]
    if _is_of_others(first.text.lower[first.section.start : first.section.body_start]):
        yield from section
        return
    heading: Criterion | None = None
    is_divided = any(_heads("ours", item.lower) for item in section)
    for item in section:
        if _is_of_others(item.lower):
            heading = item
        elif heading and heading in item.headers:
            yield item
        elif heading and (not _is_flat(heading, item) or _heads("ours", item.lower)):
            heading = None
        elif heading and (is_divided or _heads("healthy", heading.lower)):
            yield item


def _is_flat(heading: Criterion, item: Criterion) -> bool:
    """Whether neither stands behind a bullet, so that the lines do not tell where a list ends."""
    return all(line.body.lstrip(" ")[:1].isalpha() for line in (heading, item))


def _heads(who: str, lower: str) -> bool:
    """Whether a line is a heading for a kind of people."""
    is_short = len(lower) <= _LONGEST and may_hold(_HINTS, lower)
    return is_short and load_wordings("populations").has(who, lower)


def _is_of_others(lower: str) -> bool:
    """Whether a line heads the criteria of people with another tumour, or of healthy people."""
    return (_heads("others", lower) or _heads("healthy", lower)) and not _heads("ours", lower)
