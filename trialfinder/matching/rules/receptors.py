"""Answers about receptors and biomarkers. HER2 zero, ultralow and low are all HER2-negative."""

from trialfinder.matching.known import Known
from trialfinder.matching.reply import ASK, Reply, reply, reply_to
from trialfinder.matching.terms import Term

ULTRALOW = "ultralow"
EXCLUDED = "excluded"

ASK_ULTRALOW = Reply("ask", "ultralow")


def answer_subtypes(known: Known, term: Term) -> Reply:
    """Every group that the person may belong to is admitted: fits. None is: conflicts. Some are: ask."""
    admitted = frozenset(term.members)
    if known.subtypes <= admitted:
        return reply(truth=True)
    return reply_to(term, truth=None if known.subtypes & admitted else False)


def answer_her2_low(known: Known, term: Term) -> Reply:
    """HER2-low demanded, or ruled out. "Negative" leaves open which; ultralow counts where the text names it."""
    her2 = known.profile.her2
    is_low = {"low": True, "zero": False, "positive": False}.get(her2 or "")
    if her2 is None and known.is_her2_positive:
        is_low = False
    if EXCLUDED in term.members:
        return reply_to(term, None if is_low is None else not is_low)
    if her2 == ULTRALOW:
        return reply(truth=True) if ULTRALOW in term.members else ASK_ULTRALOW
    return reply_to(term, is_low)


def answer_biomarkers_required(known: Known, term: Term) -> Reply:
    """One of the group is positive: fits. All are negative: conflicts."""
    found = [known.profile.biomarkers.get(member) for member in term.members]
    if True in found:
        return reply(truth=True)
    return reply_to(term, None if None in found else False)


def answer_biomarkers_excluded(known: Known, term: Term) -> Reply:
    """A positive result conflicts."""
    found = [known.profile.biomarkers.get(member) for member in term.members]
    if True in found:
        return reply_to(term, truth=False)
    return ASK if None in found else reply(truth=True)
