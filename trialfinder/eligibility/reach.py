"""For whom a criterion holds: everybody who enters, or one phase, part, cohort or arm of the study."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.vocab.wordings import Wordings, load_wordings

_HEADING = 160  # letters of a line that can name a part
_found: WeakKeyDictionary[StudyText, dict[int, str]] = WeakKeyDictionary()


def part_of(study: StudyText, sentence: Sentence) -> str | None:
    """The part of the study for which alone a sentence holds, in the record's words; None for everybody."""
    words = load_wordings("reach")
    start = sentence.lower[:_HEADING]
    own = words["label"].search(start) if _can_name_a_part(start, words) else None
    if own and not words.has("everybody", own[0]):
        return _name(own[0], words)
    if sentence.criterion is None:
        return None
    parts = _found.get(study)
    if parts is None:
        parts = _parts(study.criteria, words)
        parts = _found[study] = {} if _is_whole_study(study, parts, words) else parts
    return parts.get(sentence.criterion.start)


def holds_for_all(study: StudyText, sentences: Iterable[Sentence]) -> bool:
    """Whether what these sentences say alike holds for everybody: said of all, or of each of several parts."""
    parts = set()
    for sentence in sentences:
        part = part_of(study, sentence)
        if part is None:
            return True
        parts.add(part)
    return len(parts) > 1


def _can_name_a_part(lower: str, words: Wordings) -> bool:
    return any(literal in lower for literal in words.literals("touch"))


def _name(words_of_part: str, words: Wordings) -> str:
    match = words["part"].search(words_of_part)
    return match[0] if match else words_of_part.strip()


def _parts(criteria: Iterable[Criterion], words: Wordings) -> dict[int, str]:
    """For each criterion's start its part: by its headers, its section's heading, or the last heading line."""
    parts: dict[int, str] = {}
    named: dict[str, str | None] = {}  # what a heading says, once read
    line: tuple[int, str] | None = None  # start of the section, part
    for criterion in criteria:
        lower = criterion.lower[:_HEADING]
        if _can_name_a_part(lower, words) and words.has("part_heading", lower):
            line = None if words.has("everybody", lower) else (criterion.section.start, _name(lower, words))
        elif line and (criterion.section.start != line[0] or words.has("next_heading", lower)):
            line = None
        part = _heading_part(criterion, named, words) or (line[1] if line else None)
        if part:
            parts[criterion.start] = part
    return parts


def _is_whole_study(study: StudyText, parts: dict[int, str], words: Wordings) -> bool:
    """Whether the criteria begin with the heading of a part and name no other: those who enter enter by it."""
    names = set(parts.values())
    if len(names) != 1 or study.criteria[0].start not in parts:
        return False
    first = study.criteria[0]
    named = {match[0] for match in words["part"].finditer(first.text.lower)}
    return named <= names and "only" not in first.text.lower[first.section.start : first.end]


def _heading_part(criterion: Criterion, named: dict[str, str | None], words: Wordings) -> str | None:
    """The part of the nearest heading that names one; nothing where that heading names them all."""
    for heading in (*(header.lower[:_HEADING] for header in reversed(criterion.headers)), _section_heading(criterion)):
        if heading not in named:
            named[heading] = _read_heading(heading, words)
        part = named[heading]
        if part is not None:
            return part or None
    return None


def _read_heading(heading: str, words: Wordings) -> str | None:
    """The part that a heading names; an empty text for all of them; None where it names none."""
    if not (_can_name_a_part(heading, words) and words.has("heading", heading)):
        return None
    return "" if words.has("everybody", heading) else _name(heading, words)


def _section_heading(criterion: Criterion) -> str:
    """The heading of its section, where it is a line of its own and not one of the criteria."""
    section = criterion.section
    heading = criterion.text.lower[section.start : section.body_start]
    return heading if load_wordings("reach").has("criteria", heading) else ""
