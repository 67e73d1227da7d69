"""From raw records to the derived tables. The same records give the same tables, whatever way they came."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trialfinder.store.facts import decode_facts
from trialfinder.store.reading import Reading
from trialfinder.store.state import KnownFacts
from trialfinder.tables.collecting import garbage_left_alone

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Derived", "Earlier", "Progress", "derive"]

BATCH = 4_000
"""Studies that are derived at a time: bounds the memory, and costs nothing."""

Progress = Callable[[str, int, int], None]
Frames = Mapping[str, "pd.DataFrame"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was derived before and may be kept: the tables, if this very program made them, and what was read."""

    frames: Frames = field(default_factory=dict)
    facts: Mapping[str, KnownFacts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived tables; the facts of the studies derived now, by NCT number; what was odd in their records."""

    frames: Frames
    facts: Mapping[str, KnownFacts]
    problems: tuple[object, ...] = ()


def derive(
    nct_ids: Sequence[str], load: Callable[[str], bytes], earlier: Earlier, left: Mapping[str, str], progress: Progress
) -> Derived:
    """Derive the tables of these studies (sorted), and keep the rows of all others from before.

    `left` says when a study had gone, for every one that has. Some thousand studies at a time are in memory.
    """
    count = _Counter(progress, len(nct_ids))
    with Reading(len(nct_ids)) as reading:
        batches = [nct_ids[start : start + BATCH] for start in range(0, len(nct_ids), BATCH)] or [()]
        with garbage_left_alone():
            parts = [_built(batch, load, earlier, reading, count) for batch in batches]
    frames = {
        name: _merged(earlier.frames.get(name), [part.frames[name] for part in parts], nct_ids)
        for name in parts[0].frames
    }
    frames["studies"] = _with_left_dates(frames["studies"], left)
    facts = {nct_id: known for part in parts for nct_id, known in part.facts.items()}
    return Derived(frames, facts, tuple(problem for part in parts for problem in part.problems))


def _built(
    nct_ids: Sequence[str], load: Callable[[str], bytes], earlier: Earlier, reading: Reading, count: "_Counter"
) -> Derived:
    from trialfinder.tables import build_facts, build_source, build_tables, criteria_frame  # noqa: PLC0415 - heavy

    records = [load(nct_id) for nct_id in nct_ids]
    sources = [build_source(raw) for raw in records]
    pending = reading.submit(sources, earlier.facts)
    tables = build_tables(count.over("tables", records))
    facts, rows = pending.collect(lambda: count.one("criteria"))
    frames = {
        "studies": tables.studies,
        "sites": tables.sites,
        "arms": tables.arms,
        "interventions": tables.interventions,
        "criteria": criteria_frame(rows),
        "facts": build_facts(decode_facts(facts[nct_id].packed) for nct_id in nct_ids),
    }
    return Derived(frames, facts, tables.problems)


class _Counter:
    """Counts what is done of each stage."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done: dict[str, int] = {}

    def one(self, stage: str) -> None:
        self._done[stage] = self._done.get(stage, 0) + 1
        self._progress(stage, self._done[stage], self._total)

    def over(self, stage: str, records: Iterable[bytes]) -> Iterator[bytes]:
        for raw in records:
            yield raw
            self.one(stage)


def _merged(old: "pd.DataFrame | None", new: "Sequence[pd.DataFrame]", nct_ids: Sequence[str]) -> "pd.DataFrame":
    """The rows of the studies derived now, and the old rows of the others; a study's rows keep their order."""
    import pandas as pd  # noqa: PLC0415 - heavy

    if old is None and len(new) == 1:
        return new[0]
    kept = [] if old is None else [old[~old["nct_id"].isin(nct_ids)]]
    whole = pd.concat([frame for frame in (*kept, *new) if len(frame)] or [new[0]], ignore_index=True)
    return whole.sort_values("nct_id", kind="stable", ignore_index=True)


def _with_left_dates(studies: "pd.DataFrame", left: Mapping[str, str]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - heavy

    days = studies["nct_id"].map(pd.Series(left, dtype="str"))
    return studies.assign(left_date=pd.to_datetime(days).astype("datetime64[us]"))
