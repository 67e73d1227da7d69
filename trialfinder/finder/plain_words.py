"""The registry's codes in words that people read."""

from collections.abc import Iterable
from typing import Any

from trialfinder.export.cells import is_absent
from trialfinder.places import Notice, format_distance
from trialfinder.vocab.registry_terms import label
from trialfinder.wording import Language, Message, render

STUDY_PAGE = "https://clinicaltrials.gov/study/"
"""Before an NCT number, the study's page at the registry."""


def none_if_na(value: Any) -> Any:
    """The value; None for NA, NaN and NaT."""
    return None if is_absent(value) else value


def notice_message(notice: Notice) -> Message:
    """How a typed place was taken, as a message."""
    return Message(f"place_notices.{notice.code}", dict(notice.parts))


def status_words(status: str | None, language: Language) -> str:
    """A recruitment status in words; one that we do not know stays as the registry writes it."""
    return label("status", status, language) if status else render("lists.unknown", language)


def phase_words(phases: str | Iterable[str] | None, language: Language) -> str:
    """The phases in words, "" where the record has none; takes the list or the table's text joined by |."""
    values = phases.split("|") if isinstance(phases, str) else list(phases or ())
    return ", ".join(label("phase", value, language) for value in values if value)


def kind_words(kind: str, language: Language) -> str:
    """The kind of trial in words."""
    return label("kind", kind, language)


def distance_words(km: float | None, language: Language) -> str:
    """A distance in words, "" where it is not known; English has miles first, Spanish kilometres."""
    if km is None:
        return ""
    miles, kilometres = format_distance(km, "mi"), format_distance(km, "km")
    return f"{miles} ({kilometres})" if language == "en" else f"{kilometres} ({miles})"
