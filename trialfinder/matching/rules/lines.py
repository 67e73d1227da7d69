"""Answers about numbers of treatment lines. What is known may be a span: "at least one"."""

from math import inf

from trialfinder.matching.known import Known
from trialfinder.matching.reply import Reply, reply_to
from trialfinder.matching.terms import Term

ASK_SETTING = Reply("ask", "setting")


def answer_lines(known: Known, term: Term) -> Reply:
    """Wholly within the limits: fits. Wholly outside: conflicts. A limit on treatment of early disease is asked."""
    if term.setting == "early":
        return ASK_SETTING
    least, most = known.lines[term.key]
    early_least, early_most = _early_lines(known, term)
    minimum = 0 if term.minimum is None else term.minimum
    maximum = inf if term.maximum is None else term.maximum
    if minimum <= least and most + early_least <= maximum:
        return reply_to(term, truth=True)
    is_outside = most + early_most < minimum or least > maximum
    return reply_to(term, truth=False if is_outside else None)


def _early_lines(known: Known, term: Term) -> tuple[float, float]:
    """Lines for early disease: they may count where the limit names no setting, which only the trial team can say."""
    if term.setting == "metastatic":
        return 0, 0
    had_early = known.had_early(term.key)
    return (1 if had_early else 0), (0 if had_early is False else inf)
