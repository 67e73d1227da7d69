"""Terms: what a study asks, without its sentence, so that studies which ask the same share one answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact
from trialfinder.model.facts import FACT_KEYS, SET_KEYS, SINGLE_KEYS, Setting

ADMITTING_KEYS = ("settings", "subtypes", "menopause")
"""Sets that list who is admitted: all their members together are one term."""

JUDGED_TOGETHER = frozenset({*ADMITTING_KEYS, *SINGLE_KEYS})
NUMBER_LIMITS: Mapping[str, str] = MappingProxyType({"ecog_max": "maximum", "life_expectancy_min_months": "minimum"})

STRUCTURED_KEYS = ("age", "sex")
TERM_KEYS = (*FACT_KEYS, *STRUCTURED_KEYS)
REGISTRY_SEXES: Mapping[str, str] = MappingProxyType({"FEMALE": "female", "MALE": "male"})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked, comparable and hashable.

    `members` and `named` are sorted; `has_window` says that a time limit goes with it; the rest is as in `Demand`.
    """

    key: str
    members: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    setting: Setting = "any"
    has_window: bool = False
    is_conditional: bool = False
    named: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The name that outputs use: the key, and for sets of demands the members behind a colon."""
        if self.key in SET_KEYS and self.key not in ADMITTING_KEYS:
            return f"{self.key}:{','.join(self.members)}"
        return self.key

    @property
    def is_about_sex(self) -> bool:
        """Whether the text only says which sex is taken: no men, or men only (no menopausal state at all)."""
        return self.key == "men" or (self.key == "menopause" and not self.members)


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term as one study asks it: with its sentences and the time limit in the record's words."""

    term: Term
    evidence: tuple[Evidence, ...] = ()
    window: str | None = None


def normal_term(term: Term) -> Term | None:
    """The term in the one form that the rules know; None where it asks nothing ("men welcome").

    A number stands in `minimum` or `maximum` and not among the members; `men` can only be a trial for women.
    """
    if term.key == "men":
        return None if "true" in term.members else replace(term, members=("false",))
    if term.key not in NUMBER_LIMITS:
        return term
    limits = (float(member) for member in term.members)
    number = next((limit for limit in (term.minimum, term.maximum, *limits) if limit is not None), None)
    return None if number is None else replace(term, members=(), **_limit(term.key, number))


def _limit(key: str, number: float) -> dict[str, Any]:
    limits: dict[str, float | None] = {"minimum": None, "maximum": None}
    return limits | {NUMBER_LIMITS[key]: number}


def terms_of(facts: EligibilityFacts) -> Iterator[AskedTerm]:
    """Everything that the text of one study asks, in the order of the guide's keys."""
    for key in FACT_KEYS:
        fact = facts[key]
        for together in _judged_together(fact):
            term = normal_term(_term_of(fact, together))
            if term is not None:
                evidence = tuple(item for demand in together for item in demand.evidence)
                window = next((demand.window for demand in together if demand.window), None)
                yield AskedTerm(term, evidence, window)


def _term_of(fact: Fact, demands: tuple[Demand, ...]) -> Term:
    members = {member for demand in demands for member in demand.members}
    if fact.key in SINGLE_KEYS:
        members.add(str(fact.value).lower())
    return Term(
        key=fact.key,
        members=tuple(sorted(members)),
        minimum=demands[0].minimum,
        maximum=demands[0].maximum,
        setting=demands[0].setting,
        has_window=any(demand.window is not None for demand in demands),
        is_conditional=all(demand.is_conditional for demand in demands),
        named=tuple(sorted({drug for demand in demands for drug in demand.named})),
    )


def _judged_together(fact: Fact) -> Iterator[tuple[Demand, ...]]:
    """A single value, or a set that lists who is admitted, is one thing asked; else each demand is one."""
    if fact.is_silent:
        return
    if fact.key in JUDGED_TOGETHER:
        yield fact.demands
    else:
        yield from ((demand,) for demand in fact.demands)


def age_term(minimum_years: float | None, maximum_years: float | None) -> Term | None:
    """The term of the registry's age limits; None where there is no limit."""
    if minimum_years is None and maximum_years is None:
        return None
    return Term("age", minimum=minimum_years, maximum=maximum_years)


def sex_term(registry_sex: str | None) -> Term | None:
    """The term of the registry's sex field; None where it admits all or says nothing that we know."""
    admitted = REGISTRY_SEXES.get(registry_sex or "")
    return Term("sex", members=(admitted,)) if admitted else None
