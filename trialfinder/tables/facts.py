"""Eligibility facts as a tidy table: one row a member of a demand, with its own sentence."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from trialfinder.model import Demand, EligibilityFacts, Evidence
from trialfinder.model.facts import FACT_KEYS, FlatValue
from trialfinder.tables.dictionary import dtypes_of
from trialfinder.tables.typed import frame
from trialfinder.tables.values import joined

__all__ = ["UNREAD_KEY", "build_facts"]

UNREAD_KEY = "is_read"
"""The key of the one row of a study whose text could not be read. Silence has no row."""


def build_facts(facts: Iterable[EligibilityFacts]) -> pd.DataFrame:
    """The `facts` table, in the order of the studies, of the guide's keys, of the demands and of their members.

    A demand without members has one row; its `member` is "true" or "false" where the fact is one of these, else NA (a
    limit of lines, say). A member takes the evidence that names it, else the demand's first.
    """
    rows = [row for study in facts for row in _study_rows(study)]
    return frame("facts", {name: [row[name] for row in rows] for name in dtypes_of("facts")})


def _study_rows(study: EligibilityFacts) -> Iterator[dict[str, Any]]:
    if not study.is_read:
        yield _row(study, UNREAD_KEY, 0, None, Demand((), ()))
    for key in FACT_KEYS:
        fact = study[key]
        for group, demand in enumerate(fact.demands):
            for member in demand.members or (_truth(fact.value),):
                yield _row(study, key, group, member, demand)


def _row(study: EligibilityFacts, key: str, group: int, member: str | None, demand: Demand) -> dict[str, Any]:
    evidence = _evidence(demand, member)
    return {
        "nct_id": study.nct_id,
        "key": key,
        "group": group,
        "member": member,
        "minimum": demand.minimum,
        "maximum": demand.maximum,
        "setting": demand.setting,
        "window": demand.window,
        "is_conditional": demand.is_conditional,
        "named": joined(demand.named),
        "is_read": study.is_read,
        "field": evidence and evidence.field,
        "quote": evidence and evidence.quote,
        "start": evidence and evidence.start,
        "end": evidence and evidence.end,
        "rule": evidence and evidence.rule,
    }


def _truth(value: FlatValue) -> str | None:
    return str(value).lower() if isinstance(value, bool) else None


def _evidence(demand: Demand, member: str | None) -> Evidence | None:
    named = (item for item in demand.evidence if member is not None and item.value == member)
    return next(named, demand.evidence[0] if demand.evidence else None)
