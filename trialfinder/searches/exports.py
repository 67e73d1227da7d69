"""All saved searches' exports and feeds at once, for a scheduled refresh."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from trialfinder.errors import CannotWrite, TrialfinderError
from trialfinder.export import build_export, write_file
from trialfinder.export.changes import build_changes_export
from trialfinder.export.formats import FORMATS
from trialfinder.finder import Finder, open_finder
from trialfinder.searches.saved import SavedSearch, list_searches, load_search, searches_folder
from trialfinder.wording import Language

FEED_DAYS = 30
"""A feed of changes goes back so many days before the last refresh: longer than a reader's holiday."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One search's files: how many trials they hold, or the problem for which there are none."""

    name: str
    n_trials: int = 0
    problem: str | None = None


def export_all(store: Path | None, target: Path, lang: Language) -> Iterator[Exported]:
    """Write every saved search into `target`: NAME.csv, .xlsx, ... (every format), and the feed NAME.changes.atom.

    A search that cannot be run is said and does not stop the others; a folder that cannot be written does.
    """
    with open_finder(store) as finder:
        folder = searches_folder(finder.store_path)
        for name in list_searches(folder):
            try:
                n_trials = _export(finder, load_search(folder, name), target, lang)
            except CannotWrite:
                raise
            except TrialfinderError as error:
                yield Exported(name, problem=error.message)
                continue
            yield Exported(name, n_trials)


def _export(finder: Finder, saved: SavedSearch, target: Path, lang: Language) -> int:
    name, search = saved.name, saved.search
    listing = replace(finder.search(search, lang).listing(), title=saved.heading)
    for format_name in FORMATS:
        write_file(target / f"{name}.{format_name}", build_export(listing, format_name))
    today = date.fromisoformat((listing.stamp.refreshed_at or listing.stamp.data_date)[:10])
    since = (today - timedelta(days=FEED_DAYS)).isoformat()
    changes = finder.changes(since, search, lang, today=today)
    feed = build_changes_export(changes.frame, "atom", changes.stamp, changes.notices)
    write_file(target / f"{name}.changes.atom", feed)
    return len(listing.studies)
