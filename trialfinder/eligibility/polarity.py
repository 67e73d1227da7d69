"""Whether a clause demands a therapy, bars it or admits it, from permission, negation, headers and section."""

import re
from typing import Literal

from trialfinder.eligibility.clauses import Clause, headers_of, is_in_exclusion
from trialfinder.eligibility.frames import Frame, negation_of
from trialfinder.vocab.treatment_cues import TreatmentCueKind
from trialfinder.vocab.wordings import load_wordings

Polarity = Literal["demanded", "barred", "admitted"]

_FRAMES = load_wordings("treatment_frames")
_FLIPS = re.compile(rf"^(?!{_FRAMES.source('duty')})(?:.*\b)?{_FRAMES.source('denial')}\b")
_OR_HAD = re.compile(
    r"\bor (?:are |is |were |currently |previously |had |have |has |been )*"
    r"(?:receiv|treated|progress|pre-?treated|exposed)"
)
_UNFINISHED = re.compile(r"(?:has|have|had) not (?:yet )?(?:completed|finished)")
_ALLOWED_END = re.compile(r"\b(?:is|are|was|were) (?:also |both )?(?:allowed|permitted|acceptable|permissible)\W*$")
_OWN_VERB = re.compile(r"\b(?:must|should|ha[sd]|have|received|treated|progress\w+|fail\w+)\b")
_CAP_REACH = 60  # characters between "no more than two" and what is counted
NEAR = 45  # characters between "with or without" and what it makes optional


def _header_negation(clause: Clause) -> str | None:
    """The words with which a header denies what stands below it."""
    for header in reversed(headers_of(clause)):
        spans = clause.cues.spans("negation", header.lower) or clause.cues.spans("out", header.lower)
        if spans:
            return header.lower[spans[0][0] : spans[0][1]]
        if "none of" in header.lower:
            return "none"
    return None


def header_has(clause: Clause, kind: TreatmentCueKind) -> bool:
    """Whether a header above a clause holds a cue of a kind."""
    return any(clause.cues.spans(kind, header.lower) for header in headers_of(clause))


def polarity_of(clause: Clause, frame: Frame, start: int, end: int) -> Polarity | None:
    """Demanded, barred or admitted; None where the words may mean either."""
    if clause.has("out"):
        return "barred"
    if clause.has("free"):
        return "admitted"
    optional = clause.last_before("with_or_without", start)
    if optional and start - optional[1] <= NEAR:
        return "admitted"
    negation = negation_of(clause, frame, start, end)
    words = clause.lower[negation[0] : negation[1] + 12] if negation else ""
    if is_in_exclusion(clause):
        return _polarity_under_exclusion(clause, words)
    return _polarity_under_inclusion(clause, frame, words, start)


def _polarity_under_inclusion(clause: Clause, frame: Frame, words: str, start: int) -> Polarity:
    is_open = frame.kind == "naive" and _OR_HAD.search(clause.lower, frame.end) is not None
    if is_open or _UNFINISHED.match(words) or (clause.has("eligible") and frame.kind == "prior"):
        return "admitted"
    if words or (not clause.is_aside and _header_negation(clause)):
        return "barred"
    if _ALLOWED_END.search(clause.sentence.lower) and not _OWN_VERB.search(clause.lower):
        return "admitted"
    return "admitted" if _is_capped(clause, start) or header_has(clause, "free") else "demanded"


def _is_capped(clause: Clause, start: int) -> bool:
    """Whether a therapy stands behind "no more than 2": a limit, and no demand."""
    cap = clause.last_before("cap", start)
    return cap is not None and start - cap[1] <= _CAP_REACH and "," not in clause.lower[cap[1] : start]


def _polarity_under_exclusion(clause: Clause, words: str) -> Polarity | None:
    """Not having had it is demanded by "has not received"; "no prior" may be either, and says nothing."""
    if clause.has("eligible"):
        return "admitted"
    words = words or ("" if clause.is_aside else _header_negation(clause) or "")
    if _FLIPS.search(words):
        return "admitted" if clause.has("of_some") else "demanded"
    is_denied = words.startswith("no") and not _header_negation(clause)
    return None if is_denied else "barred"
