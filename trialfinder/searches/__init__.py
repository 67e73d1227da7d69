"""Saved searches: plain TOML files that people can edit, share and version."""

from trialfinder.searches.exports import export_all
from trialfinder.searches.saved import (
    SavedSearch,
    add_search,
    list_searches,
    load_search,
    remove_search,
    searches_folder,
)

__all__ = [
    "SavedSearch",
    "add_search",
    "export_all",
    "list_searches",
    "load_search",
    "remove_search",
    "searches_folder",
]
