"""The local store, opened for reading: one state of it, however long it stays open and whoever refreshes meanwhile."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from trialfinder.errors import StoreDamaged, UnknownName
from trialfinder.model import EligibilityFacts
from trialfinder.store.connection import MEMORY, connect_reader, connect_writer, reading_errors
from trialfinder.store.frames import load_frame
from trialfinder.store.history import Refresh, StudyChange, load_changes, load_refreshes
from trialfinder.store.meta import StoreInfo, load_info
from trialfinder.store.records import iter_records, load_aliases, load_record, load_states
from trialfinder.store.schema import check_schema
from trialfinder.store.search import find_text, load_vocabulary_counts
from trialfinder.store.state import Pull, RecordState

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Store"]


class Store:
    """The studies of the last refresh. A context manager; every error names the file and what to do."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        """Use `open` or `in_memory`."""
        self._db = db
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store at `path` as it is now; `NoStoreError` where there is none, `StoreDamaged` where it is unusable.

        Nothing is written. While it is open, a refresh does not change what it shows.
        """
        with reading_errors(path):
            db = connect_reader(path)
            try:
                check_schema(db)
                db.execute("BEGIN")
                store = cls(db, path)
                store.info()  # the first reading fixes the state
            except BaseException:
                db.close()
                raise
        return store

    @classmethod
    def in_memory(cls, records: Iterable[bytes], data_timestamp: str, *, is_demo: bool = True) -> Self:
        """A store of these records that lives as long as it is open; the same publishing, without file or network."""
        from trialfinder.store.publish import publish_into  # noqa: PLC0415 - readers do not need it
        from trialfinder.tables import index_row  # noqa: PLC0415 - readers do not need it

        bodies = {index_row(raw).nct_id: bytes(raw) for raw in records}
        index = {nct_id: index_row(raw) for nct_id, raw in bodies.items()}
        db = connect_writer(MEMORY)
        pull = Pull(
            data_timestamp=data_timestamp, refreshed_at=data_timestamp, index=index, bodies=bodies, is_demo=is_demo
        )
        publish_into(db, pull)
        return cls(db, MEMORY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def info(self) -> StoreInfo:
        """Counts, dates and versions; quick."""
        with self._errors():
            try:
                return load_info(self._db, self.path)
            except (KeyError, ValueError) as error:
                raise StoreDamaged(f"{self.path}: the store does not say what it holds.", path=self.path) from error

    def index(self) -> dict[str, RecordState]:
        """Every stored study: last update, status, and the date at which it had left (None while it is there)."""
        with self._errors():
            return load_states(self._db)

    def load_record(self, nct_id: str) -> bytes | None:
        """A study as the registry sent it, also under an older number; None where the store does not have it."""
        with self._errors():
            return load_record(self._db, self.aliases.get(nct_id, nct_id))

    def load_records(self, nct_ids: Iterable[str] | None = None) -> Iterator[bytes]:
        """These records in the order asked for; all of them, also of studies that left, where none are named."""
        with self._errors():
            yield from iter_records(self._db, nct_ids)

    def load_table(self, name: str, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """A derived table (studies, sites, arms, interventions, criteria, facts), or some columns of it."""
        with self._errors():
            return load_frame(self._db, name, columns)

    def load_facts(self, nct_id: str) -> EligibilityFacts:
        """What was read of a study; `UnknownName` where the store does not have it."""
        from trialfinder.store.facts import decode_facts  # noqa: PLC0415 - `info` must start without it

        with self._errors():
            sql = "SELECT packed FROM facts WHERE nct_id = ?"
            row = self._db.execute(sql, (self.aliases.get(nct_id, nct_id),)).fetchone()
            if row is None:
                raise UnknownName(f"{nct_id} is not in the store.", nct_id=nct_id)
            return decode_facts(row[0])

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Older NCT numbers, and the study that each one leads to now."""
        with self._errors():
            return load_aliases(self._db)

    def search_text(self, words: str) -> dict[str, float]:
        """The studies that hold all the words (or longer ones beginning so), with a rank: the lower, the better."""
        with self._errors():
            return find_text(self._db, words)

    def text_vocabulary(self) -> dict[str, int]:
        """Every word that can be found, folded, and in how many studies it stands: for correcting typos."""
        with self._errors():
            return load_vocabulary_counts(self._db)

    def refreshes(self) -> tuple[Refresh, ...]:
        """Our own refreshes, oldest first."""
        with self._errors():
            return load_refreshes(self._db)

    def changes(self, since: int = 0) -> Iterator[StudyChange]:
        """What the refreshes after number `since` changed, oldest first; a first pull changes nothing."""
        with self._errors():
            yield from load_changes(self._db, since)

    def _errors(self) -> AbstractContextManager[None]:
        return reading_errors(self.path)
