"""Limits to some patients: a cohort, a receptor group, a condition ("if HER2-positive")."""

import re

from trialfinder.eligibility.clauses import Clause, Span
from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.sections import cohort_of
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_HEAD = 80  # characters at the head of a sentence in which a cohort speaks for the whole
_OPENS = re.compile(r"(?:^[\W\d]*|[,;:(]\s*(?:and,? )?|\band,? |\bor,? )$")
_ASKED_OF = re.compile(r"\b(?:required|mandatory|needed|necessary)\W*$")
_ONLY_SOME = _FRAMES["only_some"]


def is_limited(clause: Clause, start: int) -> bool:
    """Whether what is said at a place of a clause holds only for some patients."""
    return _is_of_a_cohort(clause) or _is_of_a_group(clause, start)


def _is_of_a_cohort(clause: Clause) -> bool:
    sentence = clause.sentence
    criterion = sentence.criterion if isinstance(sentence, Sentence) else None
    if criterion and (criterion.cohort or cohort_of(criterion.body[:_HEAD])):
        return True
    if _ONLY_SOME.search(sentence.lower, clause.start, clause.end + 60):
        return True
    return bool(cohort_of(sentence.body[:_HEAD]) or cohort_of(sentence.body[clause.start : clause.end][-60:]))


def _is_of_a_group(clause: Clause, start: int) -> bool:
    head = clause.cues.spans("subgroup", clause.sentence.lower[:150])
    if clause.last_before("subgroup", start) or any(span[0] < 14 for span in head):
        return True
    condition = clause.last_before("condition", start)
    if condition is not None and _reaches(clause, condition, start):
        return True
    asked = (span for span in clause.spans("condition") if span[0] >= start)
    if any(_ASKED_OF.search(clause.lower[clause.start : span[0]]) for span in asked):
        return True
    later = (span for span in clause.spans("if_group") if span[0] >= start)
    return any(not _OPENS.search(clause.lower[clause.start : span[0]]) for span in later)


def _reaches(clause: Clause, condition: Span, start: int) -> bool:
    """Whether a condition before a therapy is about it, and does not trail after another ("X if ..., and Y")."""
    is_trailing = not _OPENS.search(clause.lower[clause.start : condition[0]]) and clause.lower.startswith(
        "if", condition[0]
    )
    is_fitness = any(span[0] == condition[0] for span in clause.spans("if_fit"))
    goes_on = r",? (?:and|or|but)\b" if is_fitness else r", (?:and|or|but)\b"
    return not (is_trailing and re.search(goes_on, clause.lower[condition[1] : start]))
