"""Answers about the person: age, sex, menopause, general health. Menopause is asked of women only."""

from trialfinder.matching.known import Known
from trialfinder.matching.reply import ASK, Reply, reply, reply_to
from trialfinder.matching.terms import Term

DOCTORS = Reply("ask", "doctor")


def answer_age(known: Known, term: Term) -> Reply:
    """Both limits are within; somebody of 70 and some months is still 70."""
    age = known.profile.age
    if age is None:
        return ASK
    is_old_enough = term.minimum is None or age >= term.minimum
    is_young_enough = term.maximum is None or int(age) <= term.maximum
    return reply(is_old_enough and is_young_enough)


def answer_sex(known: Known, term: Term) -> Reply:
    """The registry's own field: a trial for one sex."""
    return reply(None if known.sex is None else known.sex in term.members)


def answer_men(known: Known, term: Term) -> Reply:
    """A text that takes women only. Where men are admitted no term is made."""
    return reply_to(term, None if known.sex is None else known.sex == "female")


def answer_menopause(known: Known, term: Term) -> Reply | None:
    """Women before or after menopause only."""
    if known.sex == "male":
        return None
    state = known.profile.menopause
    return reply_to(term, None if state is None else state in term.members)


def answer_ecog(known: Known, term: Term) -> Reply:
    """How able a person is to go about the day, at worst."""
    ecog = known.profile.ecog
    return reply_to(term, None if ecog is None or term.maximum is None else ecog <= term.maximum)


def answer_life_expectancy(known: Known, term: Term) -> Reply:  # noqa: ARG001 - nobody is asked how long they will live
    """Never asked of a person: the doctor will check."""
    return DOCTORS
