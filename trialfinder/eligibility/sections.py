"""Inclusion, exclusion, cohorts: which part of the criteria a line stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trialfinder.eligibility.text import NormalText
from trialfinder.vocab.literals import may_hold
from trialfinder.vocab.wordings import load_wordings

SectionKind = Literal["inclusion", "exclusion", "unlabelled"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the criteria under one heading; `start` and `end` are normalised offsets, heading included.

    `body_start` is where the text after the heading begins. `cohort` is the heading's cohort, arm, part or phase.
    """

    kind: SectionKind
    cohort: str | None
    start: int
    end: int
    body_start: int


_HEADINGS = load_wordings("headings")
_LINE = re.compile(r"[^\n]+")
_HINTS = _HEADINGS.literals("hint")
_LEAD = re.compile(r"[\s*#•·>_-]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|\(?[a-zA-Z][.)]\s+)?[\s*#_-]*")
_ONE_NAME = r"(?:non-?\s?inclusion|exclusions?|ineligibility|inclusions?|eligibility)(?:\s+criteri(?:a|on|um))?"
_NAME = re.compile(rf"\b{_ONE_NAME}(?:\s*(?:/|and|&|or)\s*{_ONE_NAME})?(?!\w)", re.IGNORECASE)
_LAST_MARKS = " \t*_.-"
_OUT = re.compile(rf"\b{_HEADINGS.source('out')}\b", re.IGNORECASE)
_IN = re.compile(rf"\b{_HEADINGS.source('in')}\b", re.IGNORECASE)
_VERBS = re.compile(rf"\b{_HEADINGS.source('verb')}\b", re.IGNORECASE)
_PDQ = re.compile(rf"^\s*{_HEADINGS.source('pdq')}\s*:", re.IGNORECASE)
_COHORT = re.compile(rf"\b{_HEADINGS.source('cohort')}", re.IGNORECASE)
_COHORT_HINTS = ("cohort", "arm", "part", "phase", "group", "strat", "stud", "stage", "expansion", "escalation")
# A subject of its own makes a sentence a criterion with a list, not the heading of a section.
_OWN_SUBJECT = re.compile(
    rf"\b{_HEADINGS.source('own_subject')}\b(?! (?:any|one|all|either|the following|each|to (?:meet|fulfil|satisfy)))",
    re.IGNORECASE,
)


def cohort_of(heading: str) -> str | None:
    """The cohort, arm, part or phase that a heading names."""
    match = _COHORT.search(heading) if may_hold(_COHORT_HINTS, heading.lower()) else None
    return match[0].strip() if match else None


def _kind_of_name(name: str) -> SectionKind:
    lower = name.lower()
    has_out = "exclusion" in lower or "ineligib" in lower or "non" in lower
    without = lower.replace("ineligib", "").replace("non-inclusion", "").replace("non inclusion", "")
    has_in = "inclusion" in without.replace("noninclusion", "") or "eligib" in without
    if has_in and has_out:
        return "exclusion" if "eligib" in lower and "inclusion" not in without else "unlabelled"
    return "exclusion" if has_out else "inclusion"


def _named_heading(line: str) -> tuple[SectionKind, str, int] | None:
    """A heading of few words around "inclusion", "exclusion", "eligibility", up to its colon or the line's end."""
    begin = _LEAD.match(line)
    name = _NAME.search(line)
    if name is None or begin is None:
        return None
    before = line[begin.end() : name.start()]
    colon = line.find(":", name.end())
    after = line[name.end() : colon if colon >= 0 else len(line)].strip(_LAST_MARKS)
    if len(before.split()) > 7 or len(after.split()) > 12 or ":" in before or _VERBS.search(before):
        return None
    if colon < 0 and (_VERBS.search(after) or ("criteri" not in name[0].lower() and (before.strip() or after))):
        return None
    return _kind_of_name(name[0]), line, colon + 1 if colon >= 0 else len(line)


def _sentence_heading(line: str) -> tuple[SectionKind, str, int] | None:
    """A sentence that announces a list: "patients will be excluded if:"."""
    if len(line) > 200 or not line.rstrip(_LAST_MARKS).endswith(":") or _OWN_SUBJECT.search(line):
        return None
    if _OUT.search(line):
        return "exclusion", line, len(line)
    return ("inclusion", line, len(line)) if _IN.search(line) else None


def _heading(line: str) -> tuple[SectionKind, str, int] | None:
    """The kind of section that a line opens, its words, and where the heading ends in the line."""
    pdq = _PDQ.match(line)
    if pdq:
        return "inclusion", pdq[0], pdq.end()
    return _named_heading(line) or _sentence_heading(line)


# "Inclusion criteria: ... Exclusion criteria: ..." in one line.
_BEGINS = r"(?:(?<=[.;)] )|(?<=[a-z] )|(?<=[- ][*-] ))(?:Key |Main )?"
_INLINE = re.compile(rf"{_BEGINS}(?:Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:[Cc]riteria|CRITERIA) ?:")


_ONE_OF = re.compile(r"\b(?:at least (?:one|1)|one or more|1 or more) (?:\(1\) )?of\b", re.IGNORECASE)


def _openings(text: NormalText) -> Iterator[tuple[SectionKind, str | None, int, int]]:
    last: SectionKind = "unlabelled"
    for match in _LINE.finditer(text.text):
        if not may_hold(_HINTS, text.lower[match.start() : match.end()]):
            continue
        found = _heading(match[0][:240])
        past = match.start()
        if found:
            kind, words, end = found
            if kind == last == "inclusion" and _ONE_OF.search(words[:end]):
                continue  # alternatives within the section
            last = kind
            past += end
            yield kind, cohort_of(words[:end]), match.start(), past
        for inline in _INLINE.finditer(text.text, past, match.end()):
            last = _kind_of_name(inline[0])
            yield last, None, inline.start(), inline.end()


def split_sections(text: NormalText) -> tuple[Section, ...]:
    """The sections in order; together they cover every character."""
    openings = list(_openings(text))
    if not openings or openings[0][2] > 0:
        openings.insert(0, ("unlabelled", None, 0, 0))
    ends = [*(opening[2] for opening in openings[1:]), len(text.text)]
    return tuple(
        Section(kind, cohort, start, end, body_start)
        for (kind, cohort, start, body_start), end in zip(openings, ends, strict=True)
    )
