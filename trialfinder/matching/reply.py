"""The three answers, and how a rule gives one."""

from typing import NamedTuple

from trialfinder.matching.terms import Term
from trialfinder.model import AnswerKind


class Reply(NamedTuple):
    """An answer; `reason` names the sentence where the plain one ("prior_excluded.ask") would not say enough."""

    answer: AnswerKind
    reason: str = ""

    def sentence(self, key: str) -> str:
        """The code of the sentence in `wording/`."""
        return f"answers.{key}.{self.answer}" + (f"_{self.reason}" if self.reason else "")


FITS = Reply("fits")
CONFLICTS = Reply("conflicts")
ASK = Reply("ask")
ASK_FORM = Reply("ask", "form")
"""The trial means some forms only, or lets some people in: what would be a conflict is a question."""


def reply(truth: bool | None) -> Reply:
    """True fits, False conflicts, unknown is asked."""
    if truth is None:
        return ASK
    return FITS if truth else CONFLICTS


def reply_to(term: Term, truth: bool | None) -> Reply:
    """As `reply`, but what only some forms, or a time limit, rule out is a question and no conflict."""
    if truth is False and (term.is_conditional or term.has_window):
        return ASK_FORM
    return reply(truth)
