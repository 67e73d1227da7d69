"""Limits on lines that are said in words: standard therapy that has failed, disease not treated yet, titles."""

import re
from collections.abc import Iterator

from trialfinder.eligibility.clauses import Clause, Span, clauses_of, names_other_tumour
from trialfinder.eligibility.counted import ANY
from trialfinder.eligibility.counts import Count
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.study_text import StudyText
from trialfinder.vocab.therapies import Therapies
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

FAILED = "lines.standard_failed"
_FRAMES = load_wordings("treatment_frames")
_MAYBE_STUCK = re.compile(
    r"standard|available|approved|conventional|existing|effective|refractory|relapsed|treated|option"
)
_MAYBE_NEW = re.compile(r"untreated|na[iï]ve|diagnosed")
_MAYBE_TITLE = re.compile(
    r"line|untreated|na[iï]ve|diagnosed|refractory|resistant|relapsed|treated|standard|option|respon"
)
_ANY_TUMOUR = _FRAMES["any_tumour"]
_OF_A_KIND = re.compile(r" (?:with|using|consisting of|containing)\b")
_WAIVED = re.compile(r"\bunless\b|\bexcept\b|refus|declin|first[- ]line|also eligible")
_LATER = re.compile(r"maintenance|second|subsequent|\bafter\b|follow")
_NEAR = 40  # characters between a failure and the standard therapy that failed


def may_be_in_words(lower: str) -> bool:
    """A quick look: whether a text may say that treatment has failed or is missing."""
    return _MAYBE_NEW.search(lower) is not None or _may_be_stuck(lower)


def may_have_failed(lower: str) -> bool:
    """A quick look: whether a text may say that standard therapy has failed."""
    return _MAYBE_STUCK.search(lower) is not None and _may_be_stuck(lower)


def _may_be_stuck(lower: str) -> bool:
    may_hold = load_treatment_cues().may_hold
    return may_hold("stuck", lower) or (may_hold("standard", lower) and may_hold("failed", lower))


def limits_in_words(clause: Clause, therapies: Therapies) -> Iterator[Count]:
    """Standard therapy that has failed, disease not treated yet."""
    if _has_failed_standard(clause):
        yield Count(ANY, 1, None, clause.sentence, is_limited(clause, clause.start), FAILED)
    elif _MAYBE_NEW.search(clause.lower) and _is_untreated(clause, therapies):
        yield Count(ANY, None, 0, clause.sentence, is_limited(clause, clause.start), "lines.untreated")


def _is_untreated(clause: Clause, therapies: Therapies) -> bool:
    """Whether advanced disease has had no treatment at all, and not only none of one kind."""
    if clause.has("free") or clause.has("failed"):
        return False
    return any(not _is_of_a_kind(clause, first, therapies) for first, _ in clause.spans("untreated"))


def _is_of_a_kind(clause: Clause, first: int, therapies: Therapies) -> bool:
    """Whether "therapy naive" is said of one treatment named right before it ("endocrine therapy naive")."""
    begin = max(0, first - _NEAR)
    named = therapies.mentions(clause.sentence.body[begin:first])
    return bool(named) and first - begin - named[-1].end <= 1


def _has_failed_standard(clause: Clause) -> bool:
    """Whether standard therapy has failed or none is left, without a way round it."""
    if names_other_tumour(clause.lower, clause.cues) and not _ANY_TUMOUR.search(clause.sentence.lower):
        return False
    stuck = [span for span in clause.spans("stuck") if "curative" not in clause.lower[span[0] : span[1] + _NEAR]]
    stuck = stuck or _standard_after_failure(clause)
    if not stuck or _WAIVED.search(clause.sentence.lower, stuck[0][0]):
        return False
    whole = clause.sentence.lower if clause.is_aside else clause.lower
    return not (clause.cues.spans("unfit", whole) or clause.has("concurrent") or clause.has("early"))


def _standard_after_failure(clause: Clause) -> list[Span]:
    """Where standard therapy stands behind words for its failure."""
    standard = [span for span in clause.spans("standard") if not _OF_A_KIND.match(clause.lower, span[1])]
    return [right for right in standard if any(0 <= right[0] - left[1] <= _NEAR for left in clause.spans("failed"))]


def limits_of_titles(study: StudyText) -> Iterator[Count]:
    """What the titles say, where the criteria say nothing: first-line treatment, relapsed or refractory disease."""
    for title in study.titles:
        for clause in clauses_of(title) if _MAYBE_TITLE.search(title.lower) else ():
            if clause.has("first_line_had") or _LATER.search(clause.lower):
                continue
            if clause.has("first_line") or clause.has("untreated"):
                yield Count(ANY, None, 0, title, is_limited=False, rule="lines.title")
            elif clause.has("stuck"):
                yield Count(ANY, 1, None, title, is_limited=False, rule="lines.title")
