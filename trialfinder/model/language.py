"""The languages in which people are answered. `CONTRIBUTING.md` says what a further one needs."""

from typing import Literal, get_args

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language_of(text: str | None) -> Language | None:
    """The language of a code ("es"); None for one that we do not have."""
    return next((language for language in LANGUAGES if language == text), None)


def next_language(language: Language) -> Language:
    """The one after it, round and round: where a visitor's switch leads."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
