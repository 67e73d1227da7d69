"""Terms: what a study asks, without its sentence, so that studies which ask the same share one answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact
from trialfinder.model.facts import FACT_KEYS, SET_KEYS, Setting

ADMITTING_KEYS = ("settings", "subtypes", "menopause")
"""Sets that list who is admitted: all their members together are one term."""

STRUCTURED_KEYS = ("age", "sex")
TERM_KEYS = (*FACT_KEYS, *STRUCTURED_KEYS)
REGISTRY_SEXES: Mapping[str, str] = MappingProxyType({"FEMALE": "female", "MALE": "male"})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked, comparable and hashable.

    `members` are sorted; `has_window` says that a time limit goes with it; the rest is as in `Demand`.
    """

    key: str
    members: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    setting: Setting = "any"
    has_window: bool = False
    is_conditional: bool = False

    @property
    def variable(self) -> str:
        """The name that outputs use: the key, and for sets of demands the members behind a colon."""
        if self.key in SET_KEYS and self.key not in ADMITTING_KEYS:
            return f"{self.key}:{','.join(self.members)}"
        return self.key


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term as one study asks it: with its sentences and the time limit in the record's words."""

    term: Term
    evidence: tuple[Evidence, ...] = ()
    window: str | None = None


def term_of(key: str, demands: Iterable[Demand]) -> Term:
    """The term of the demands of one key that are judged together."""
    found = tuple(demands)
    return Term(
        key=key,
        members=tuple(sorted({member for demand in found for member in demand.members})),
        minimum=found[0].minimum,
        maximum=found[0].maximum,
        setting=found[0].setting,
        has_window=any(demand.window is not None for demand in found),
        is_conditional=all(demand.is_conditional for demand in found),
    )


def terms_of(facts: EligibilityFacts) -> Iterator[AskedTerm]:
    """Everything that the text of one study asks, in the order of the guide's keys."""
    for key in FACT_KEYS:
        fact = facts[key]
        for together in _judged_together(fact):
            evidence = tuple(item for demand in together for item in demand.evidence)
            window = next((demand.window for demand in together if demand.window), None)
            yield AskedTerm(term_of(key, together), evidence, window)


def _judged_together(fact: Fact) -> Iterator[tuple[Demand, ...]]:
    if fact.is_silent:
        return
    if fact.key in ADMITTING_KEYS:
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
