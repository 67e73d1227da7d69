"""Whether a therapy that is named was had before: the cue that governs it, and the negation that reaches it."""

import re
from dataclasses import dataclass
from typing import Literal

from trialfinder.eligibility.clauses import Clause, Span, headers_of, is_in_exclusion
from trialfinder.vocab.treatment_cues import TreatmentCueKind
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_BLOCK = re.compile(rf"\b{_FRAMES.source('turns_away')}\b")


FrameKind = Literal["prior", "failed", "naive"]
_GOVERNING: tuple[TreatmentCueKind, ...] = ("planned", "concurrent", "prior", "failed")
_AFTER: tuple[FrameKind, ...] = ("failed", "prior")


@dataclass(frozen=True)
class Frame:
    """The cue that says that a therapy was had before; `start` equals `end` where none stands in the clause itself."""

    kind: FrameKind
    start: int
    end: int


def _nearest(clause: Clause, position: int) -> tuple[TreatmentCueKind, Span] | None:
    """The cue that governs a mention: the nearest before it of those that say when the therapy was or is had."""
    options = [
        (span[1], rank, kind, span)
        for rank, kind in enumerate(_GOVERNING)
        if (span := clause.last_before(kind, position))
    ]
    if not options:
        return None
    _, _, kind, span = max(options)
    failed = clause.last_before("failed", span[0])
    if kind == "concurrent" and failed and span[0] - failed[1] <= _WHILE:
        return "failed", failed  # "progression while receiving, or within 28 days of receiving, ..."
    return kind, span


def governing(clause: Clause, position: int) -> str | None:
    """The kind of the cue that governs a position: planned, concurrent, prior or failed."""
    nearest = _nearest(clause, position)
    return nearest[0] if nearest else None


def frame_of(clause: Clause, start: int, end: int) -> Frame | None:
    """Whether a mention is treatment had before; None where it is planned, current or merely named."""
    naive = clause.first_after("naive", end)
    if naive and naive[0] - end <= 2:
        return (
            None
            if _OF_THOSE.match(clause.lower, naive[1]) and _FOR.search(clause.lower[:start])
            else Frame("naive", *naive)
        )
    before = clause.last_before("naive", start)
    if before and start - before[1] <= 60:
        return Frame("naive", *before)
    nearest = _nearest(clause, start)
    if nearest:
        return next((Frame(kind, *nearest[1]) for kind in _AFTER if kind == nearest[0]), None)
    for kind in _AFTER:
        after = clause.first_after(kind, end)
        if after and after[0] - end <= 40:
            return Frame(kind, *after)
    return _inherited(clause, start)


_OF_THOSE = re.compile(r" (?:patients|participants|subjects|women|cohorts?|groups?)\b")
_FOR = re.compile(r"\b(?:for|in|of|among) (?:the )?$")
_WHILE = 40  # characters between "progression while" and the last "receiving"
_PRIOR_TO = re.compile(r"[\W\d]*(?:prior|previous) to\b")
_PLAIN_NO = re.compile(r"(?:no|never|without)\b")


_LISTED_TIME = _FRAMES["listed_time"]
_HAS_FAILED = _FRAMES["failure_ahead"]


def _inherited(clause: Clause, start: int) -> Frame | None:
    """The frame that headers give ("Prior treatment with any of:"), or a bare ban."""
    is_listed = _LISTED_TIME.match(clause.lower, clause.start)
    if is_listed and _HAS_FAILED.search(clause.sentence.lower[: clause.start]):
        return Frame("failed", 0, 0)
    if _PRIOR_TO.match(clause.lower, clause.start) and not clause.has("dated"):
        return Frame("prior", 0, 0)
    weak = clause.last_before("weak", start)
    if weak and is_in_exclusion(clause) and not clause.has("concurrent"):
        return Frame("prior", *weak)
    negation = clause.last_before("negation", start)
    is_plain = negation is not None and _PLAIN_NO.match(clause.lower, negation[0]) is not None
    if negation and is_plain and start - negation[1] <= 25 and not clause.has("concurrent"):
        return Frame("prior", 0, 0)
    return next((found for header in reversed(headers_of(clause)) if (found := _of_header(clause, header.lower))), None)


def _of_header(clause: Clause, lower: str) -> Frame | None:
    """The frame that one header gives what stands below it."""
    spans = clause.cues.spans
    if not (spans("prior", lower) or spans("failed", lower)):
        return None
    is_now = spans("concurrent", lower) or spans("dated", lower) or spans("planned", lower)
    return None if is_now else Frame("prior", 0, 0)


def negation_of(clause: Clause, frame: Frame, start: int, end: int) -> Span | None:
    """The negation that reaches a mention, through its frame."""
    if frame.kind == "naive":
        return frame.start, frame.end
    target = min(frame.start, start) if frame.end else start
    for span in reversed(clause.spans("negation")):
        is_inside = frame.start <= span[0] < frame.end
        if is_inside or span[0] >= max(start, frame.start if frame.start > end else 0):
            continue
        between = clause.lower[span[1] : max(target, span[1])]
        if not _BLOCK.search(between):
            return span
    return None


def negation_before(clause: Clause, position: int) -> Span | None:
    """The negation that reaches what stands at a position, if any."""
    return negation_of(clause, Frame("prior", 0, 0), position, position)
