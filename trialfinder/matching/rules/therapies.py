"""Answers about earlier treatments: groups that are demanded, classes that are ruled out."""

from trialfinder.matching.known import Known
from trialfinder.matching.reply import ASK, ASK_FORM, CONFLICTS, FITS, Reply, reply_to
from trialfinder.matching.terms import Term
from trialfinder.matching.therapy_history import Past

ASK_SETTING = Reply("ask", "setting")


def answer_required(known: Known, term: Term) -> Reply:
    """Had one of the group: fits. Never had any: conflicts, also where a time limit goes with it. Else ask."""
    had = [past.during(term.setting) for past in _pasts(known, term)]
    if True in had:
        return FITS
    if None not in had:
        return ASK_FORM if term.is_conditional else CONFLICTS
    return _open(known, term)


def answer_excluded(known: Known, term: Term) -> Reply:
    """Had: conflicts. Never: fits. A ban for one setting, and the person's setting is unknown: ask."""
    had = [past.during(term.setting) for past in _pasts(known, term)]
    if True in had:
        return reply_to(term, truth=False)
    return FITS if None not in had else _open(known, term)


def _pasts(known: Known, term: Term) -> list[Past]:
    """The person's past with what is meant: the drugs that the text names, else their class."""
    return [known.past(name) for name in known.words.meant(term.members, term.named)]


def _open(known: Known, term: Term) -> Reply:
    return ASK_SETTING if any(past.ever for past in _pasts(known, term)) else ASK
