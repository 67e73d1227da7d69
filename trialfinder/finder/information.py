"""How much there is, how old it is and where it lies; answers without the heavy imports."""

import platform
from importlib import metadata
from pathlib import Path

from trialfinder import __version__
from trialfinder.errors import StoreDamaged


def describe(store: Path | None, *, is_demo: bool) -> dict[str, object]:
    """The facts of `trialfinder info`: studies, sites, data_timestamp, refreshed_at, is_demo, store, versions.

    Where there is no store, or a damaged one, the counts are 0 or None and `problem` says why.
    """
    from trialfinder.store import Store, default_store_path  # noqa: PLC0415 - sqlite only when asked

    versions = {"trialfinder": __version__, "python": platform.python_version(), "pandas": metadata.version("pandas")}
    if is_demo:
        return _of_demo() | {"store": None, "versions": versions}
    path = store or default_store_path()
    empty: dict[str, object] = {
        "studies": 0,
        "sites": 0,
        "data_timestamp": None,
        "refreshed_at": None,
        "is_demo": False,
    }
    if not path.exists():
        return empty | {"store": None, "versions": versions}
    try:
        with Store.open(path) as opened:
            info = opened.info()
    except StoreDamaged as error:
        return empty | {"store": str(path), "versions": versions, "problem": error.message}
    return empty | {
        "studies": info.n_studies,
        "sites": info.n_sites,
        "data_timestamp": info.data_timestamp,
        "refreshed_at": info.refreshed_at,
        "store": str(path),
        "versions": versions,
    }


def _of_demo() -> dict[str, object]:
    from trialfinder.demo import DEMO_TIMESTAMP, demo_records  # noqa: PLC0415
    from trialfinder.tables import build_study  # noqa: PLC0415

    studies = [build_study(raw) for raw in demo_records()]
    return {
        "studies": len(studies),
        "sites": sum(len(study.sites) for study in studies),
        "data_timestamp": DEMO_TIMESTAMP,
        "refreshed_at": None,
        "is_demo": True,
    }
