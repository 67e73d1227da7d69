"""One study's record to its facts: runs every reader and says what was left unread."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from trialfinder.eligibility import readers
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import EligibilityFacts, Fact, StudySource
from trialfinder.vocab import Vocabulary, load_vocabulary

READER_VERSION = "1"


class Reader(Protocol):
    """A module of `readers/`: the keys it answers, and the function that reads them."""

    KEYS: tuple[str, ...]

    def read(self, study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
        """The facts of its keys; silent ones may be left out."""
        ...


@cache
def all_readers() -> tuple[Reader, ...]:
    """The reader modules by name."""
    names = sorted(module.name for module in iter_modules(readers.__path__))
    modules = (import_module(f"{readers.__name__}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "KEYS"))


def _reading_order(module: Reader) -> bool:
    return "cancer" not in module.KEYS


def read_eligibility(source: StudySource, vocabulary: Vocabulary | None = None) -> EligibilityFacts:
    """The facts of one study, each with the sentence that says so. Never raises; silence where nothing is said.

    Where a person with breast cancer cannot enter, only `cancer` is read.
    """
    words = vocabulary or load_vocabulary()
    study = StudyText(source, words)
    facts: dict[str, Fact] = {}
    for reader in sorted(all_readers(), key=_reading_order):
        facts.update((fact.key, fact) for fact in reader.read(study, words))
        if "cancer" in facts and facts["cancer"].value == "not_breast":
            break
    return EligibilityFacts(source.nct_id, facts)
