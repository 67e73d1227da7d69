"""All vocabularies in one frozen object; each table is read from its file when it is first asked for."""

from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from trialfinder.vocab.cues import Cues, load_cues


class Vocabulary:
    """The reviewed vocabularies. Pass one in to read with other rows than ours."""

    def __init__(self, **tables: Any) -> None:
        """Take tables to use instead of ours, by name (`cues`, `therapies`, ...)."""
        self.__dict__.update(tables)

    @cached_property
    def cues(self) -> Cues:
        """Negation, exceptions, permission, setting, time."""
        return load_cues()

    @cached_property
    def therapies(self) -> Any:
        """Drugs, their aliases and classes (`vocab/therapies.py`)."""
        return import_module("trialfinder.vocab.therapies").load_therapies()

    @cached_property
    def biomarkers(self) -> Any:
        """Genes, proteins and scores (`vocab/biomarkers.py`)."""
        return import_module("trialfinder.vocab.biomarkers").load_biomarkers()

    @cached_property
    def receptors(self) -> Any:
        """How records word receptors (`vocab/receptors.py`)."""
        return import_module("trialfinder.vocab.receptors").load_receptors()

    @cached_property
    def conditions(self) -> Any:
        """Conditions that rule out (`vocab/conditions.py`)."""
        return import_module("trialfinder.vocab.conditions").load_conditions()


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The vocabulary of this version, loaded once."""
    return Vocabulary()
