"""One person against one study, with every sentence: what `show` and `assess` print."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from trialfinder.matching.known import Known
from trialfinder.matching.overruling import overruled_variables, taken_apart
from trialfinder.matching.reply import Reply
from trialfinder.matching.rules import DOCTORS_KEYS, answer
from trialfinder.matching.rules.conditions import ASK_UNSAID
from trialfinder.matching.terms import AskedTerm, Term, age_term, sex_term, terms_of
from trialfinder.matching.words import Words
from trialfinder.model import Answer, AnswerKind, Assessment, EligibilityFacts, Evidence

_ORDER: Mapping[AnswerKind, int] = {"conflicts": 0, "ask": 1, "fits": 2}


def assess_study(
    known: Known,
    facts: EligibilityFacts,
    *,
    minimum_age_years: float | None = None,
    maximum_age_years: float | None = None,
    sex: str | None = None,
    age_evidence: Iterable[Evidence] = (),
    sex_evidence: Iterable[Evidence] = (),
) -> Assessment:
    """All answers for one study, conflicts first, each with the record's words and the sentence that says it.

    Ages in years, None is no limit; `sex` is the registry's FEMALE, MALE or ALL.
    """
    structured = _structured(minimum_age_years, maximum_age_years, sex, tuple(age_evidence), tuple(sex_evidence))
    asked = tuple(drop_doubled(chain(structured, terms_of(facts))))
    overruled = overruled_variables(known.profile).get(facts.nct_id, frozenset())
    answers = sorted(_worst_of_each(_answers(known, asked, overruled)), key=lambda item: _ORDER[item.answer])
    n_conflicts = _count(answers, "conflicts")
    return Assessment(
        nct_id=facts.nct_id,
        verdict="conflict" if n_conflicts else "may_fit",
        n_fits=_count(answers, "fits"),
        n_conflicts=n_conflicts,
        n_ask=_count(answers, "ask"),
        answers=tuple(answers),
    )


def _structured(
    minimum: float | None,
    maximum: float | None,
    sex: str | None,
    age_evidence: tuple[Evidence, ...],
    sex_evidence: tuple[Evidence, ...],
) -> Iterator[AskedTerm]:
    age = age_term(minimum, maximum)
    if age is not None:
        yield AskedTerm(age, age_evidence)
    admitted = sex_term(sex)
    if admitted is not None:
        yield AskedTerm(admitted, sex_evidence)


def drop_doubled(asked: Iterable[AskedTerm]) -> Iterator[AskedTerm]:
    """Leave out what the text says of sex where the registry's own field says it already."""
    found = tuple(asked)
    has_sex = any(item.term.key == "sex" for item in found)
    return (item for item in found if not (has_sex and item.term.is_about_sex))


def _answers(known: Known, asked: Iterable[AskedTerm], overruled: frozenset[str]) -> Iterator[Answer]:
    unsaid: list[AskedTerm] = []
    for item in asked:
        given = answer(known, item.term)
        if given == ASK_UNSAID:
            unsaid.append(item)
        elif given is not None:
            yield _answer(item, given, overruled, known.words)
    if unsaid:
        yield _answer(_together(unsaid), ASK_UNSAID, overruled, known.words)


def _worst_of_each(answers: Iterable[Answer]) -> Iterable[Answer]:
    """Where several demands concern one variable, each must be met: the worst answer holds."""
    worst: dict[str, Answer] = {}
    for item in answers:
        before = worst.setdefault(item.variable, item)
        if _ORDER[item.answer] < _ORDER[before.answer]:
            worst[item.variable] = item
    return worst.values()


def _together(unsaid: list[AskedTerm]) -> AskedTerm:
    members = tuple(sorted({member for item in unsaid for member in item.term.members}))
    evidence = tuple(words for item in unsaid for words in item.evidence)
    return AskedTerm(Term(unsaid[0].term.key, members), evidence)


def _answer(item: AskedTerm, given: Reply, overruled: frozenset[str], words: Words) -> Answer:
    term = item.term
    return Answer(
        variable=term.variable,
        answer=given.answer,
        evidence=item.evidence[0] if item.evidence else None,
        sentence=given.sentence(term.key),
        parts=parts_of(item, words),
        is_overruled=taken_apart(term.variable) <= overruled,
        is_doctors=term.key in DOCTORS_KEYS,
    )


def parts_of(item: AskedTerm, words: Words) -> Mapping[str, object]:
    """What fills the sentence: ids and numbers, named in the reader's language when it is rendered."""
    term = item.term
    return {
        "key": term.key,
        "members": words.meant(term.members, term.named) if term.named else term.members,
        "minimum": term.minimum,
        "maximum": term.maximum,
        "setting": term.setting,
        "window": item.window,
    }


def _count(answers: Iterable[Answer], kind: AnswerKind) -> int:
    return sum(item.answer == kind and not item.is_overruled and not item.is_doctors for item in answers)
