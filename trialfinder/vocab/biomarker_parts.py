"""Names of biomarkers that mean only a part of one: a negative result for the part says nothing of the whole."""

from dataclasses import dataclass
from functools import lru_cache

from trialfinder.vocab.loader import read_rows


@dataclass(frozen=True, slots=True)
class PartRow:
    """A name of `biomarker_aliases.csv`, and why it is only a part (`family`: one gene of it; `origin`: one tissue)."""

    alias: str
    biomarker: str
    why: str
    source: str


@lru_cache(maxsize=1)
def load_biomarker_parts() -> frozenset[str]:
    """The names that are only a part of their biomarker."""
    return frozenset(row.alias for row in read_rows("biomarker_parts.csv", PartRow))
