"""For whom a criterion holds: everybody who enters, or one phase, part, cohort or arm of the study."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.vocab.wordings import load_wordings

_found: WeakKeyDictionary[StudyText, dict[int, str]] = WeakKeyDictionary()


def part_of(study: StudyText, sentence: Sentence) -> str | None:
    """The part of the study for which alone a sentence holds, in the record's words; None for everybody."""
    words = load_wordings("reach")
    own = words["label"].search(sentence.lower[:160])
    if own and not words.has("everybody", own[0]):
        return _name(own[0])
    criterion = sentence.criterion
    if criterion is None:
        return None
    parts = _found.get(study)
    if parts is None:
        parts = _found[study] = _parts(study.criteria)
    return parts.get(criterion.start)


def _name(words_of_part: str) -> str:
    match = load_wordings("reach")["part"].search(words_of_part)
    return match[0] if match else words_of_part.strip()


def _parts(criteria: Iterable[Criterion]) -> dict[int, str]:
    """For each criterion's start its part: by its headers, its section's heading, or the last heading line."""
    words = load_wordings("reach")
    parts: dict[int, str] = {}
    line: tuple[int, str] | None = None  # start of the section, part
    for criterion in criteria:
        lower = criterion.lower[:160]
        if words.has("part_heading", lower):
            line = None if words.has("everybody", lower) else (criterion.section.start, _name(lower))
        elif line and (criterion.section.start != line[0] or words.has("next_heading", lower)):
            line = None
        part = _heading_part(criterion) or (line[1] if line else None)
        if part:
            parts[criterion.start] = part
    return parts


def _heading_part(criterion: Criterion) -> str | None:
    words = load_wordings("reach")
    headings = [header.lower[:160] for header in criterion.headers]
    headings.insert(0, _section_heading(criterion))
    for heading in reversed(headings):
        if words.has("heading", heading):
            return None if words.has("everybody", heading) else _name(heading)
    return None


def _section_heading(criterion: Criterion) -> str:
    """The heading of its section, where it is a line of its own and not one of the criteria."""
    section = criterion.section
    heading = criterion.text.lower[section.start : section.body_start]
    return heading if load_wordings("reach").has("criteria", heading) else ""


def holds_for_all(study: StudyText, sentences: Iterable[Sentence]) -> bool:
    """Whether what these sentences say alike holds for everybody: said of all, or of each of several parts."""
    parts = [part_of(study, sentence) for sentence in sentences]
    return None in parts or len(set(parts)) > 1
