"""Our own refreshes and what each one changed: the memory that `changes` reads."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trialfinder.store.blobs import unpack

__all__ = ["ChangeKind", "Refresh", "StudyChange", "forget_changes", "load_changes", "load_refreshes"]

ChangeKind = Literal["new", "changed", "left", "back"]


@dataclass(frozen=True, slots=True)
class Refresh:
    """One refresh of ours. `data_timestamp` is the registry's; a first pull changes nothing, however much it brings."""

    refresh_id: int
    refreshed_at: str
    data_timestamp: str
    api_version: str | None
    n_studies: int
    n_new: int
    n_changed: int
    n_left: int
    n_back: int
    n_requests: int
    n_bytes: int


@dataclass(frozen=True, slots=True)
class StudyChange:
    """What a refresh found of one study. `before` and `after` are its records; None before it was new.

    `kind`: new, changed, left (gone from the search; `successor` is the number that it answers under now) or back.
    """

    refresh: Refresh
    nct_id: str
    kind: ChangeKind
    successor: str | None
    before: bytes | None
    after: bytes | None


def load_refreshes(db: sqlite3.Connection) -> tuple[Refresh, ...]:
    """All refreshes, oldest first."""
    columns = ", ".join(Refresh.__slots__)
    rows = db.execute(f"SELECT {columns} FROM refreshes ORDER BY refresh_id")  # noqa: S608 - our own names
    return tuple(Refresh(*row) for row in rows)


def load_changes(db: sqlite3.Connection, since: int = 0) -> Iterator[StudyChange]:
    """The changes of the refreshes after refresh number `since`, oldest refresh first, by NCT number."""
    refreshes = {refresh.refresh_id: refresh for refresh in load_refreshes(db)}
    rows = db.execute(
        """SELECT c.refresh_id, c.nct_id, c.kind, c.successor, c.packed_before, COALESCE(
            (SELECT later.packed_before FROM changes later WHERE later.nct_id = c.nct_id
             AND later.refresh_id > c.refresh_id AND later.packed_before IS NOT NULL ORDER BY later.refresh_id LIMIT 1),
            (SELECT packed FROM records WHERE records.nct_id = c.nct_id))
        FROM changes c WHERE c.refresh_id > ? ORDER BY c.refresh_id, c.nct_id""",
        (since,),
    )
    for refresh_id, nct_id, kind, successor, packed_before, after in rows:
        before = after if kind == "left" else packed_before  # a study that leaves keeps its record
        yield StudyChange(refreshes[refresh_id], nct_id, kind, successor, _unpacked(before), _unpacked(after))


def forget_changes(db: sqlite3.Connection, before: str) -> None:
    """Drop the refreshes before a time (ISO 8601, UTC) but the last one, and what they changed.

    The records themselves stay, of studies that left too: only the memory of how they were is let go.
    """
    last = "SELECT max(refresh_id) FROM refreshes"
    old = f"SELECT refresh_id FROM refreshes WHERE refreshed_at < ? AND refresh_id < ({last})"  # noqa: S608 - our own words
    db.execute(f"DELETE FROM changes WHERE refresh_id IN ({old})", (before,))  # noqa: S608 - our own words
    db.execute(f"DELETE FROM refreshes WHERE refresh_id IN ({old})", (before,))  # noqa: S608 - our own words


def _unpacked(packed: bytes | None) -> bytes | None:
    return None if packed is None else unpack(packed)
