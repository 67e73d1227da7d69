"""A refresh that is killed at a named point: python -m tests.registry.killed STORE API_URL POINT."""

import os
import signal
import sys
from pathlib import Path

from trialfinder.finder.refresh import refresh
from trialfinder.registry.settings import RegistrySettings
from trialfinder.store import publish

STAGES = ("index", "studies", "tables", "criteria", "publish")
WITHIN = ("_write_refresh", "_write_records", "write_frame", "write_search", "write_meta")
POINTS = (*STAGES, *WITHIN)


def main(store: str, url: str, point: str) -> None:
    """Refresh, and die there."""
    if point in WITHIN:
        kept = getattr(publish, point)

        def dying(*args: object, **options: object) -> None:
            kept(*args, **options)
            die()

        setattr(publish, point, dying)

    def watch(stage: str, *_: int) -> None:
        if stage == point:
            die()

    refresh(Path(store), RegistrySettings(api_url=url, interval=0, page_size=10), on_progress=watch)


def die() -> None:
    """As by the system: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
