"""The wiring that command line, app and library share: refresh, find, show, changes.

Names are imported when they are first used, because `trialfinder info` must answer without pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialfinder.finder.asking import build_search
    from trialfinder.finder.finder import Finder
    from trialfinder.finder.found import Found
    from trialfinder.finder.opening import open_finder
    from trialfinder.finder.search import Search
    from trialfinder.finder.view import TrialView

__all__ = ["Finder", "Found", "Search", "TrialView", "build_search", "open_finder"]

_MODULES = {
    "Finder": "finder",
    "Found": "found",
    "Search": "search",
    "TrialView": "view",
    "build_search": "asking",
    "open_finder": "opening",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
