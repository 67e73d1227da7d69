"""Eligibility criteria as a tidy table: one row a bullet or line, with its section, cohort and place in the text."""

from collections.abc import Iterable, Sequence

import pandas as pd

from trialfinder.eligibility.criteria import read_criteria
from trialfinder.model import StudySource
from trialfinder.tables.criterion_rows import CriterionRow, criterion_rows
from trialfinder.tables.typed import frame

__all__ = ["build_criteria", "criteria_frame"]


def build_criteria(sources: Iterable[StudySource]) -> pd.DataFrame:
    """The `criteria` table, in the order of the studies and of their texts. A study without a text has no row."""
    read = ((source.nct_id, read_criteria(source.criteria) if source.criteria else ()) for source in sources)
    return criteria_frame((nct_id, criterion_rows(criteria)) for nct_id, criteria in read)


def criteria_frame(studies: Iterable[tuple[str, Sequence[CriterionRow]]]) -> pd.DataFrame:
    """The same from rows that were made before, each study's with its NCT number."""
    rows = [(nct_id, *row) for nct_id, rows in studies for row in rows]
    names = ("nct_id", *CriterionRow._fields)
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return frame("criteria", dict(zip(names, columns, strict=True)))
