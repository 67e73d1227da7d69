"""Common words by which a text's language is told."""

from dataclasses import dataclass
from functools import cache

from trialfinder.vocab.loader import read_rows


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A word that texts of a language hold often."""

    word: str
    language: str
    source: str


@cache
def load_languages() -> tuple[LanguageRow, ...]:
    """The reviewed words."""
    return read_rows("languages.csv", LanguageRow)


@cache
def words_of_language(*, is_english: bool) -> frozenset[str]:
    """The words of English, or those of the other languages together."""
    return frozenset(row.word for row in load_languages() if (row.language == "english") == is_english)
