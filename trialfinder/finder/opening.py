"""Opening a finder: over the store of the last refresh, or over the invented demo studies."""

from pathlib import Path

from trialfinder.finder.finder import Finder
from trialfinder.store import Store, default_store_path
from trialfinder.vocab import load_vocabulary


def open_finder(store: Path | str | None = None, *, is_demo: bool = False) -> Finder:
    """A finder over the store at a path (None: the default one), or over the demo.

    Raises NoStoreError where there is no store, StoreDamaged where it cannot be used.
    """
    return Finder(
        _demo_store() if is_demo else Store.open(Path(store or default_store_path())),
        load_vocabulary(),
        is_demo=is_demo,
    )


def _demo_store() -> Store:
    from trialfinder.demo import DEMO_TIMESTAMP, demo_records  # noqa: PLC0415 - only the demo needs them

    return Store.in_memory(demo_records(), DEMO_TIMESTAMP)
