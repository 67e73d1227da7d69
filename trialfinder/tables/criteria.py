"""Eligibility criteria as a tidy table: one row a bullet or line, with its section, cohort and place in the text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from trialfinder.eligibility.criteria import Criterion, read_criteria
from trialfinder.model import StudySource
from trialfinder.tables.dictionary import dtypes_of
from trialfinder.tables.typed import frame
from trialfinder.tables.values import joined

__all__ = ["build_criteria"]

_MARK = re.compile(r"\s*(?:[*•·▪‣◦●○■□►➢✓§+-]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,4})[.)]\s+)*")


def build_criteria(sources: Iterable[StudySource]) -> pd.DataFrame:
    """The `criteria` table, in the order of the studies and of their texts. A study without a text has no row."""
    rows = [row for source in sources for row in _rows(source)]
    return frame("criteria", {name: [row[name] for row in rows] for name in dtypes_of("criteria")})


def _rows(source: StudySource) -> Iterator[dict[str, Any]]:
    read = read_criteria(source.criteria) if source.criteria else ()
    said = [(criterion, text) for criterion in read if (text := _words(criterion))]
    for position, (criterion, text) in enumerate(said):
        place = criterion.evidence(len(_mark(criterion)), None, None, "")
        yield {
            "nct_id": source.nct_id,
            "position": position,
            "section": criterion.section.kind,
            "cohort": criterion.cohort,
            "header": joined(_words(header) for header in criterion.headers),
            "text": text,
            "start": place.start,
            "end": place.end,
        }


def _mark(criterion: Criterion) -> str:
    """The bullet or number before the words."""
    found = _MARK.match(criterion.body)
    return found[0] if found else ""


def _words(criterion: Criterion) -> str:
    """The criterion without its bullet."""
    return criterion.body[len(_mark(criterion)) :].strip()
