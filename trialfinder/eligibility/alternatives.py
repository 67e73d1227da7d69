"""Which cohort a criterion speaks for, and which list of alternatives it is a member of."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from trialfinder.eligibility.criteria import Criterion, Passage, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.vocab.receptors import ReceptorWords

BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LABEL = re.compile(r"\b(cohort|part|group|stratum|phase) ([a-f]|[1-9]|i{1,3})[ab]?(?![a-z0-9])")
_SEVERAL = re.compile(r"\b(?:cohort|part|group|phase)s (?:[a-f]|[1-9]|i{1,3})\b")
_BULLET = re.compile(r" *(?:[*•·-]|\(?\d{1,2}[.)]|\(?[a-z][.)]) ")
_NEAR, _SHORT = 160, 60  # characters
_REACHES = re.compile(r"^[^.;]{0,60}(?:\b(?:if|with|who|whose|when|for)\b|:)")


def rules_out(words: ReceptorWords, lower: str, start: int, end: int) -> bool:
    """Whether the sentence says of what stands at `start:end` that it rules out ("are not eligible", "excluding")."""
    if words.cue("rules_out_before").search(lower[:start]):
        return True
    plain = BRACKETS.sub(lambda bracket: " " * len(bracket[0]), lower)
    match = words.cue("rules_out").search(plain)
    if match is None:
        return False
    if match.start() >= end:
        return ";" not in lower[end : match.start()]
    return _REACHES.match(lower[match.end() : start]) is not None


def is_limited(words: ReceptorWords, after: str) -> bool:
    """Whether the words after something ruled out bar it in part only ("unless", "who have not had ...")."""
    plain = BRACKETS.sub("", after)
    match = words.cue("rules_out").search(plain)
    if match:
        head, tail = plain[: match.start()], plain[match.end() :]
        return bool(words.cue("limit").search(head) or words.cue("waiver").search(tail))
    return words.cue("limit").search(plain.split(", or ")[0]) is not None


class Alternatives:
    """The cohorts and lists of one study's criteria."""

    def __init__(self, study: StudyText, words: ReceptorWords) -> None:
        """Keep both; headings are looked for when first asked."""
        self._study, self._words = study, words

    @cached_property
    def _flat(self) -> Mapping[int, Criterion]:
        return _flat_headings(self._study, self._words)

    def cohort_of(self, criterion: Criterion, sentence: Sentence | None = None) -> str | None:
        """The cohort, part or phase that a sentence or criterion names itself, or that stands above; None for all."""
        flat = self._flat.get(id(criterion))
        passages = (sentence, criterion, *reversed(criterion.headers), flat)
        for passage in filter(None, passages):
            match = _cohort_at_start(passage, self._words)
            if match:
                return match[0].strip()
        last = self._words.cue("cohort_after").search((sentence or criterion).lower)
        if last:
            return last[0].strip("()[]. ")
        cohort = criterion.cohort
        return None if cohort and self._words.cue("all_parts").match(cohort.lower()) else cohort

    def list_of(self, criterion: Criterion) -> int | None:
        """Where the list of alternatives ("one of these:") begins that a criterion is a member of; None for none."""
        for header in reversed(criterion.headers):
            if self._words.cue("alternatives").search(header.lower) or _cohort_at_start(header, self._words):
                return header.start
        return None

    def has_silent_part(self, said: Collection[str | None]) -> bool:
        """Whether the inclusion criteria know a part of the same kind ("part A") beside those that are said."""
        named = {label for cohort in said if cohort for label in _labels(cohort)}
        kinds = {kind for kind, _ in named}
        inside = (item for item in self._study.criteria if not item.is_exclusion and self._names_breast_cancer(item))
        known = {label for criterion in inside for label in _labels(criterion.lower) if label[0] in kinds}
        return bool(named) and (bool(known - named) or self._has_silent_heading(said))

    def _has_silent_heading(self, said: Collection[str | None]) -> bool:
        """Whether a heading puts people of several parts together ("second line (parts 1 and 2):") and is not said."""
        cohorts = {item.cohort for item in self._study.criteria if item.cohort and not item.is_exclusion}
        return any(_SEVERAL.search(cohort.lower()) and cohort not in said for cohort in cohorts)

    def is_other_part(self, cohort: str | None, said: Iterable[str | None]) -> bool:
        """Whether a cohort is another one than those that are said."""
        named = [name for name in said if name]
        if cohort is None or not named:
            return False
        own, labels = set(_labels(cohort)), {label for name in named for label in _labels(name)}
        return not own & labels if own and labels else cohort not in named

    def _names_breast_cancer(self, criterion: Criterion) -> bool:
        """Whether a criterion names a tumour that may be one of the breast."""
        lower = criterion.lower
        if self._words.cue("breast").search(lower):
            return True
        is_other = self._words.cue("other_tumour").search(lower) is not None
        return not is_other and self._words.cue("named_tumour").search(lower) is not None


def _cohort_at_start(passage: Passage, words: ReceptorWords) -> re.Match[str] | None:
    """The cohort, part or phase with which a text begins."""
    cohort = words.cue("cohort")
    return cohort.match(passage.lower) if cohort.may_hold(passage.lower) else None


def _labels(lower: str) -> Iterator[tuple[str, str]]:
    """The parts that a text names, by kind and letter or number ("phase II" is phase 2)."""
    for kind, name in _LABEL.findall(lower.lower()):
        yield kind, str(len(name)) if name.startswith("i") else name


def names_several_parts(lower: str) -> bool:
    """Whether a sentence speaks of more than one part of the study ("in phase I ..., in phase II ...")."""
    return len(set(_labels(lower))) > 1


def is_member(criterion: Criterion, list_start: int, last_start: int) -> bool:
    """Whether a criterion surely belongs to the list whose header begins there and whose last known member there.

    A line without bullet or indent after the last one that is known may already be the next criterion, unless it is
    short and close by.
    """
    if not criterion.headers or criterion.headers[-1].start != list_start:
        return False
    is_near = criterion.start <= last_start + _NEAR and len(criterion.body) < _SHORT
    is_marked = _BULLET.match(criterion.body) is not None or _indent(criterion) > _indent(criterion.headers[-1])
    return criterion.start <= last_start or is_near or is_marked


def _indent(criterion: Criterion) -> int:
    return len(criterion.body) - len(criterion.body.lstrip(" "))


def _flat_headings(study: StudyText, words: ReceptorWords) -> Mapping[int, Criterion]:
    """For a criterion that follows a cohort's heading on the same level, that heading."""
    found: dict[int, Criterion] = {}
    heading: Criterion | None = None
    for criterion in study.criteria:
        if heading and (criterion.section != heading.section or criterion.headers[-1:] == (heading,)):
            heading = None
        match = _cohort_at_start(criterion, words)
        if criterion.is_header or (match and _is_heading(criterion, match.end(), words)):
            heading = criterion if match else None
        elif heading:
            found[id(criterion)] = heading
    return found


def _is_heading(criterion: Criterion, end: int, words: ReceptorWords) -> bool:
    """Whether a line that names a cohort holds little more, or only its tumour ("Part B: breast cancer")."""
    rest = criterion.lower[end:].strip()
    if len(rest) <= end:
        return True
    names_tumour = words.cue("named_tumour").search(rest) is not None
    return names_tumour and len(rest) < _SHORT and not words.may_name(criterion.body, criterion.lower)
