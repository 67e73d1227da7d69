"""Answers about the disease: which cancer and setting, whether it can be measured, brain and its linings."""

from trialfinder.matching.known import Known
from trialfinder.matching.reply import ASK, ASK_FORM, CONFLICTS, FITS, Reply, reply, reply_to
from trialfinder.matching.terms import Term

NOT_BREAST = "not_breast"
LEPTOMENINGEAL = "leptomeningeal"
EARLY, LOCALLY_ADVANCED = "early", "locally_advanced"
REQUIRED, NOT_REQUIRED, ALLOWED, EXCLUDED, STABLE_ONLY = (
    "required",
    "not_required",
    "allowed",
    "excluded",
    "stable_only",
)

ASK_BONE_ONLY = Reply("ask", "bone_only")
ASK_STATE = Reply("ask", "state")
ASK_STAGE_THREE = Reply("ask", "stage_three")
FITS_STABLE = Reply("fits", "stable")


def answer_cancer(known: Known, term: Term) -> Reply:  # noqa: ARG001 - whoever uses this program has breast cancer
    """A person with breast cancer can enter, or cannot."""
    return reply(NOT_BREAST not in term.members)


def answer_settings(known: Known, term: Term) -> Reply:
    """Early, locally advanced, metastatic: one that both name is enough. Stage III goes by early and by advanced."""
    said = known.settings
    is_admitted = bool(set(said) & set(term.members)) if said else None
    if is_admitted is False and LOCALLY_ADVANCED in known.profile.settings and EARLY in term.members:
        return ASK_STAGE_THREE
    return reply_to(term, is_admitted)


def answer_measurable(known: Known, term: Term) -> Reply | None:
    """Only bone, complete, is a question: some bone lesions can be measured, most cannot."""
    said = known.profile.measurable_disease
    if NOT_REQUIRED in term.members:
        return FITS if said is False or known.is_bone_only else None
    if said is None and known.is_bone_only:
        return ASK_BONE_ONLY
    return reply_to(term, said)


def answer_brain(known: Known, term: Term) -> Reply | None:
    """Brain metastases: demanded, taken, taken when stable, or ruled out."""
    (value,) = term.members
    if value == REQUIRED and known.brain == "none" and known.has_metastasis(LEPTOMENINGEAL):
        return reply_to(term, truth=False)
    return _BRAIN[value](known.brain, term)


def _brain_required(brain: str | None, term: Term) -> Reply:
    """Nobody without them is let in; those who are stable are asked where new or growing ones are meant."""
    if brain is None:
        return ASK
    if brain == "none":
        return CONFLICTS
    return ASK_FORM if brain != "active" and term.is_conditional else FITS


def _brain_allowed(brain: str | None, term: Term) -> Reply | None:
    """Nothing is demanded; somebody who has them is told that the trial takes them."""
    if brain in {None, "none"}:
        return None
    return ASK_FORM if brain != "stable" and term.is_conditional else FITS


def _brain_stable_only(brain: str | None, term: Term) -> Reply:
    """Stable fits, with the trial's conditions shown; active conflicts, since this is what the value means."""
    if brain is None:
        return ASK
    if brain == "present":
        return ASK_STATE
    if brain == "active":
        return CONFLICTS if not term.has_window else ASK_FORM
    return FITS_STABLE if brain == "stable" else FITS


def _brain_excluded(brain: str | None, term: Term) -> Reply:
    return reply_to(term, None if brain is None else brain == "none")


_BRAIN = {
    REQUIRED: _brain_required,
    ALLOWED: _brain_allowed,
    STABLE_ONLY: _brain_stable_only,
    EXCLUDED: _brain_excluded,
}


def answer_leptomeningeal(known: Known, term: Term) -> Reply | None:
    """Disease of the linings of brain and spinal cord."""
    has_it = known.has_metastasis(LEPTOMENINGEAL)
    if ALLOWED in term.members:
        return (ASK_FORM if term.is_conditional else FITS) if has_it else None
    if EXCLUDED in term.members:
        return reply_to(term, None if has_it is None else not has_it)
    return reply_to(term, has_it)
