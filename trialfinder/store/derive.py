"""From raw records to the derived tables. The same records give the same tables, whatever way they came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trialfinder.store.facts import decode_facts
from trialfinder.store.reading import read_all
from trialfinder.store.state import KnownFacts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Derived", "Earlier", "Progress", "derive"]

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

    `left` says when a study had gone, for every one that has.
    """
    from trialfinder.tables import build_criteria, build_facts, build_source, build_tables  # noqa: PLC0415 - heavy

    tables = build_tables(_counted(nct_ids, load, progress))
    sources = [build_source(load(nct_id)) for nct_id in nct_ids]
    facts = read_all(sources, earlier.facts, lambda done, total: progress("criteria", done, total))
    built = {
        "studies": tables.studies,
        "sites": tables.sites,
        "arms": tables.arms,
        "interventions": tables.interventions,
        "criteria": build_criteria(sources),
        "facts": build_facts(decode_facts(facts[nct_id].packed) for nct_id in nct_ids),
    }
    frames = {name: _merged(earlier.frames.get(name), frame, nct_ids) for name, frame in built.items()}
    frames["studies"] = _with_left_dates(frames["studies"], left)
    return Derived(frames, facts, tables.problems)


def _merged(old: "pd.DataFrame | None", new: "pd.DataFrame", nct_ids: Sequence[str]) -> "pd.DataFrame":
    """The rows of the studies derived now, and the old rows of the others; a study's rows keep their order."""
    import pandas as pd  # noqa: PLC0415 - heavy

    if old is None:
        return new
    kept = old[~old["nct_id"].isin(nct_ids)]
    whole = pd.concat([frame for frame in (kept, new) if len(frame)] or [new], ignore_index=True)
    return whole.sort_values("nct_id", kind="stable", ignore_index=True)


def _with_left_dates(studies: "pd.DataFrame", left: Mapping[str, str]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - heavy

    days = studies["nct_id"].map(pd.Series(left, dtype="str"))
    return studies.assign(left_date=pd.to_datetime(days).astype("datetime64[us]"))


def _counted(nct_ids: Sequence[str], load: Callable[[str], bytes], progress: Progress) -> Iterator[bytes]:
    for done, nct_id in enumerate(nct_ids, 1):
        yield load(nct_id)
        progress("tables", done, len(nct_ids))
