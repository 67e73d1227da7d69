"""All saved searches' exports and feeds at once, for a scheduled refresh."""

from collections.abc import Iterator
from pathlib import Path

from trialfinder.errors import TrialfinderError
from trialfinder.export import build_export, write_file
from trialfinder.finder import open_finder
from trialfinder.searches.saved import list_searches, load_search, searches_folder
from trialfinder.wording import Language

FORMATS = ("csv", "xlsx", "json", "html", "atom")


def export_all(store: Path | None, target: Path, lang: Language) -> Iterator[str]:
    """Write every saved search into `target` as NAME.csv, .xlsx, .json, .html, .atom; yields one line each for a log.

    A search that cannot be run is said in its line and does not stop the others.
    """
    with open_finder(store) as finder:
        folder = searches_folder(finder.store_path)
        for name in list_searches(folder):
            try:
                saved = load_search(folder, name)
                listing = finder.find(saved.search, lang).listing()
            except TrialfinderError as error:
                yield f"{name}: not exported: {error.message}"
                continue
            for format_name in FORMATS:
                write_file(target / f"{name}.{format_name}", build_export(listing, format_name))
            yield f"{name}: {len(listing.studies)} trials"
