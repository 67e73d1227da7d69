"""The rows of the `criteria` table, without pandas: what reads a text makes them from the same parts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from trialfinder.eligibility.criteria import Criterion
from trialfinder.tables.values import joined

__all__ = ["CriterionRow", "criterion_rows"]

_MARK = re.compile(r"\s*(?:[*•·▪‣◦●○■□►➢✓§+-]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,4})[.)]\s+)*")


class CriterionRow(NamedTuple):
    """One bullet or line, with its section, cohort and place in the text; the columns of the table but the study's."""

    position: int
    section: str
    cohort: str | None
    header: str | None
    text: str
    start: int
    end: int


def criterion_rows(criteria: Sequence[Criterion]) -> list[CriterionRow]:
    """The rows of one study, in the order of its text."""
    words = {id(criterion): _words(criterion) for criterion in criteria}
    said = [criterion for criterion in criteria if words[id(criterion)]]
    return [_row(position, criterion, words) for position, criterion in enumerate(said)]


def _row(position: int, criterion: Criterion, words: dict[int, str]) -> CriterionRow:
    place = criterion.evidence(len(_mark(criterion)), None, None, "")
    header = joined(words[id(header)] for header in criterion.headers)
    text, kind = words[id(criterion)], criterion.section.kind
    return CriterionRow(position, kind, criterion.cohort, header, text, place.start, place.end)


def _mark(criterion: Criterion) -> str:
    """The bullet or number before the words."""
    found = _MARK.match(criterion.body)
    return found[0] if found else ""


def _words(criterion: Criterion) -> str:
    """The criterion without its bullet."""
    return criterion.body[len(_mark(criterion)) :].strip()
