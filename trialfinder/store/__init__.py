"""The local store: one SQLite file with the raw records, what was derived from them, and what each refresh changed."""

from trialfinder.store.history import Refresh, StudyChange
from trialfinder.store.meta import StoreInfo
from trialfinder.store.settings import default_store_path, is_read_only
from trialfinder.store.store import Store

__all__ = ["Refresh", "Store", "StoreInfo", "StudyChange", "default_store_path", "is_read_only"]
