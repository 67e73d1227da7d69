"""Answers about other illnesses, and pregnancy, which is asked of women before menopause only."""

from trialfinder.matching.known import Known
from trialfinder.matching.reply import FITS, Reply, reply_to
from trialfinder.matching.terms import Term

PREGNANCY = "pregnancy"

ASK_UNSAID = Reply("ask", "unsaid")
"""Nothing was said of it: all of a study's unsaid conditions together are one question."""


def answer_condition(known: Known, term: Term) -> Reply | None:
    """Yes conflicts where the ban is unconditional, no fits, the unsaid is asked together with other unsaid ones."""
    (condition,) = term.members
    has_it = known.profile.conditions.get(condition)
    if has_it is None and condition == PREGNANCY and known.cannot_be_pregnant:
        return None
    if has_it is None:
        return ASK_UNSAID
    return reply_to(term, truth=False) if has_it else FITS
