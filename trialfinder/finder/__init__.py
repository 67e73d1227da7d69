"""The wiring that command line, app and library share: refresh, find, show, changes."""

from trialfinder.finder.asking import build_search
from trialfinder.finder.finder import Finder
from trialfinder.finder.found import Found
from trialfinder.finder.opening import open_finder
from trialfinder.finder.search import Search
from trialfinder.finder.view import TrialView

__all__ = ["Finder", "Found", "Search", "TrialView", "build_search", "open_finder"]
