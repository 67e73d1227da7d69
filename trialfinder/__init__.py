"""trialfinder: clinical trials that may fit a person living with metastatic breast cancer.

As a library (see `docs/library.md`): `open_finder()` opens the store of the last refresh, `Finder.find()` gives a table
of trials, `read_eligibility()` reads criteria into facts with their sentences, `refresh()` pulls what changed.
Names are imported when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialfinder.errors import TrialfinderError
    from trialfinder.finder.finder import Finder
    from trialfinder.finder.opening import open_finder
    from trialfinder.finder.reading import read_eligibility
    from trialfinder.finder.refreshing import refresh
    from trialfinder.finder.search import Search
    from trialfinder.model import EligibilityFacts, PatientProfile

__version__ = "0.1.0"
__all__ = [
    "EligibilityFacts",
    "Finder",
    "PatientProfile",
    "Search",
    "TrialfinderError",
    "__version__",
    "open_finder",
    "read_eligibility",
    "refresh",
]

_MODULES = {
    "EligibilityFacts": "model",
    "Finder": "finder.finder",
    "PatientProfile": "model",
    "Search": "finder.search",
    "TrialfinderError": "errors",
    "open_finder": "finder.opening",
    "read_eligibility": "finder.reading",
    "refresh": "finder.refreshing",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
