"""Raw studies to tidy tables: one row a study, a site, an arm, an intervention."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import pandas as pd

from trialfinder.tables.collecting import garbage_left_alone
from trialfinder.tables.decode import NCT_ID_PATH, Decoded, Problem, Raw, decode_study
from trialfinder.tables.dictionary import dtypes_of
from trialfinder.tables.rows import arm_columns, intervention_columns, site_columns
from trialfinder.tables.study_columns import odd_values, study_columns
from trialfinder.tables.typed import frame

__all__ = ["Tables", "build_tables"]

T = TypeVar("T")
_BATCH = 2_000
_BUILDERS: Mapping[str, Callable[[list[Decoded]], Mapping[str, Sequence[Any]]]] = {
    "studies": study_columns,
    "sites": site_columns,
    "arms": arm_columns,
    "interventions": intervention_columns,
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of some studies, in the order of the records, and what of the records could not be read."""

    studies: pd.DataFrame
    sites: pd.DataFrame
    arms: pd.DataFrame
    interventions: pd.DataFrame
    problems: tuple[Problem, ...] = ()


def build_tables(records: Iterable[Raw]) -> Tables:
    """All tables of the studies. An odd record never aborts: what cannot be read is left out and listed in `problems`.

    A record without an NCT number has no row. Memory for the records is needed for a batch at a time only.
    """
    problems: list[Problem] = []
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _BUILDERS}
    with garbage_left_alone():
        for batch in _batches(_decoded(records, problems), _BATCH):
            problems.extend(odd_values(batch))
            for name, build in _BUILDERS.items():
                parts[name].append(frame(name, build(batch)))
    return Tables(**{name: _whole(name, frames) for name, frames in parts.items()}, problems=tuple(problems))


def _decoded(records: Iterable[Raw], problems: list[Problem]) -> Iterator[Decoded]:
    for raw in records:
        study = decode_study(raw, problems)
        if study is None:
            continue
        if study.nct_id is None:
            problems.append(Problem(None, NCT_ID_PATH, "no NCT number"))
            continue
        yield study


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(items, size)):
        yield batch


def _whole(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return frame(name, {column: [] for column in dtypes_of(name)})
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
