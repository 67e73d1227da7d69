"""What a refresh brings, and how it differs from what is stored. Pure."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # opening a store must not wait for the decoder
    from trialfinder.tables import IndexRow

__all__ = ["Difference", "KnownFacts", "PackedBodies", "Pull", "RecordState", "difference"]


class RecordState(NamedTuple):
    """A stored study as the index knows it; `left_date` None while it is in the search."""

    last_update_date: str | None
    overall_status: str | None
    left_date: str | None


class KnownFacts(NamedTuple):
    """What was read of one study, packed: valid for this text and this reader."""

    source_hash: bytes
    reader_version: str
    packed: bytes


class PackedBodies(Mapping[str, bytes]):
    """Records that lie packed already, as the store packs them."""

    @abstractmethod
    def packed(self, nct_id: str) -> bytes:
        """The record as `blobs.pack` made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """One whole answer of the registry: its index, and the records that differ from the store's.

    `index` holds every study of the search; `bodies` at least those that are new or changed. Times are ISO 8601, UTC.
    """

    data_timestamp: str
    refreshed_at: str
    index: Mapping[str, "IndexRow"]
    bodies: Mapping[str, bytes]
    api_version: str | None = None
    is_demo: bool = False
    n_requests: int = 0
    n_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """The registry's index against the store: NCT numbers, sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    left: tuple[str, ...]
    back: tuple[str, ...]

    @property
    def due(self) -> tuple[str, ...]:
        """The studies whose records must be fetched."""
        return tuple(sorted((*self.new, *self.changed, *self.back)))

    def __bool__(self) -> bool:
        return bool(self.due or self.left)


def difference(states: Mapping[str, RecordState], index: Mapping[str, "IndexRow"]) -> Difference:
    """What is new, changed (another date or status), gone from the search, and back in it."""
    active = {nct_id for nct_id, state in states.items() if state.left_date is None}
    changed = (nct_id for nct_id in active & index.keys() if states[nct_id][:2] != index[nct_id][1:])
    return Difference(
        new=_sorted(index.keys() - states.keys()),
        changed=_sorted(changed),
        left=_sorted(active - index.keys()),
        back=_sorted((states.keys() - active) & index.keys()),
    )


def _sorted(nct_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(nct_ids))
