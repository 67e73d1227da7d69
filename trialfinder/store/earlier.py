"""What an earlier refresh derived, as far as the program of today would derive the same."""

import sqlite3
from collections.abc import Iterable

from trialfinder.errors import StoreDamaged
from trialfinder.store.derive import Earlier
from trialfinder.store.frames import load_frame
from trialfinder.store.records import load_known_facts
from trialfinder.store.versions import tables_version

__all__ = ["TABLE_NAMES", "is_derived_by_us", "load_earlier"]

TABLE_NAMES = ("studies", "sites", "arms", "interventions", "criteria", "facts")


def is_derived_by_us(db: sqlite3.Connection) -> bool:
    """Whether the program of today made the tables of this store; another one may have made others."""
    row = db.execute("SELECT value FROM meta WHERE key = 'tables_version'").fetchone()
    return bool(row == (tables_version(),))


def load_earlier(db: sqlite3.Connection, nct_ids: Iterable[str]) -> Earlier:
    """The derived tables, and what was read of these studies."""
    facts = load_known_facts(db, nct_ids)
    try:
        return Earlier({name: load_frame(db, name) for name in TABLE_NAMES}, facts)
    except StoreDamaged:
        return Earlier(facts=facts)  # then all tables are derived anew
