"""One study's record to its facts: runs every reader."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from trialfinder.eligibility import readers
from trialfinder.eligibility.language import is_readable
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import EligibilityFacts, Fact, StudySource
from trialfinder.vocab import Vocabulary, load_vocabulary


class Reader(Protocol):
    """A module of `readers/`: the keys it answers, and the function that reads them."""

    KEYS: tuple[str, ...]

    def read(self, study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
        """The facts of its keys; silent ones may be left out."""
        ...


@cache
def all_readers() -> tuple[Reader, ...]:
    """The reader modules: the one of `cancer` first, the others by name."""
    names = sorted(
        (module.name for module in iter_modules(readers.__path__)), key=lambda name: (name != "cancer", name)
    )
    return tuple(import_module(f"{readers.__name__}.{name}") for name in names)


def read_eligibility(source: StudySource, vocabulary: Vocabulary | None = None) -> EligibilityFacts:
    """The facts of one study, each with the sentence that says so. Never raises; silence where nothing is said.

    Criteria that cannot be read (none, another language, rubbish) give nothing and are marked by `is_read`; titles,
    conditions and structured fields are still read. Where people with breast cancer cannot enter, only
    `cancer` is read.
    """
    return read_study(StudyText(source, vocabulary or load_vocabulary()))


def read_study(study: StudyText) -> EligibilityFacts:
    """The same for one whose texts are at hand, so that what is made of them serves others too."""
    source, words = study.source, study.vocabulary
    is_read = source.criteria is not None and is_readable(source.criteria.text)
    seen = study if is_read else StudyText(replace(source, criteria=None), words)
    facts: dict[str, Fact] = {}
    for reader in all_readers():
        facts.update((fact.key, fact) for fact in reader.read(seen, words))
        if "cancer" in facts and facts["cancer"].value == "not_breast":
            break
    return EligibilityFacts(source.nct_id, facts, is_read)
