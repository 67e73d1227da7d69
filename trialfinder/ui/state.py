"""What one visitor's session holds. It lives in the memory of the server for the session, and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from trialfinder.errors import TrialfinderError
from trialfinder.model import PatientProfile
from trialfinder.model.language import language_of
from trialfinder.ui import words
from trialfinder.ui.saying import usable_profile
from trialfinder.wording import Language, Message, render

_KEY = "trialfinder"


@dataclass
class Session:
    """One visitor's session.

    `answers` has the keys of a profile file (`age`, `her2`, `prior_therapies`, `place`, `travel`, ...); what was not
    said is missing. `filters` has the names of Search's fields. `overruled` holds lines "NCT01234567 variable".
    `trial` is the NCT number of the trial that is open. `step` is the step of the guided questions, None for results.
    `looks` is how the results are looked at: page, sort. `moves` counts steps taken and pages turned. `notes` and
    `shortlist` are by NCT number.
    """

    lang: Language = "en"
    answers: dict[str, Any] = field(default_factory=dict)
    filters: dict[str, Any] = field(default_factory=dict)
    shortlist: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    overruled: set[str] = field(default_factory=set)
    trial: str | None = None
    step: int | None = 0
    looks: dict[str, Any] = field(default_factory=dict)
    moves: int = 0


def session() -> Session:
    """The visitor's session, begun where there is none yet."""
    found: Session | None = st.session_state.get(_KEY)
    if found is None:
        found = st.session_state[_KEY] = Session(lang=language_of(os.environ.get("TRIALFINDER_LANG")) or "en")
    return found


def lang() -> Language:
    """The visitor's language."""
    return session().lang


def say(code: str, /, **parts: object) -> str:
    """A label of the app (`labels/`) in the visitor's language."""
    return words.label(code, lang(), **parts)


def say_n(code: str, n: int, /, **parts: object) -> str:
    """A label for a number of things in the visitor's language."""
    return words.counted(code, lang(), n, **parts)


def tell(code: str, /, **parts: object) -> str:
    """A sentence of `wording/` in the visitor's language."""
    return render(code, lang(), **parts)


def profile_mapping() -> dict[str, Any]:
    """What the person said, as a profile file has it; empty where nothing was said."""
    mine = session()
    overruled = {"overrule": sorted(mine.overruled)} if mine.overruled else {}
    return {key: value for key, value in mine.answers.items() if value not in (None, "", [], {})} | overruled


def profile_and_problems() -> tuple[PatientProfile, tuple[Message, ...], tuple[TrialfinderError, ...]]:
    """The person's profile, notices of corrected names, and an error for each thing that could not be used."""
    return usable_profile(profile_mapping())


def profile_or_error() -> tuple[PatientProfile, tuple[Message, ...], TrialfinderError | None]:
    """As `profile_and_problems`, with the first error only."""
    person, messages, errors = profile_and_problems()
    return person, messages, errors[0] if errors else None


def has_answers() -> bool:
    """Whether the person said anything beyond where they live."""
    return bool(profile_mapping().keys() - {"place", "travel"})


def restore(saved: Mapping[str, Any]) -> None:
    """Take over what a saved file holds (names of Session's fields); widgets start anew."""
    mine = session()
    mine.answers = dict(saved.get("answers", {}))
    mine.filters = dict(saved.get("filters", {}))
    mine.shortlist = list(saved.get("shortlist", []))
    mine.notes = dict(saved.get("notes", {}))
    mine.overruled = set(saved.get("overruled", []))
    forget_widgets()


def forget_widgets() -> None:
    """Let every widget take its value from the session again."""
    for key in [key for key in st.session_state if key != _KEY]:
        del st.session_state[key]


def is_listed(nct_id: str) -> bool:
    """Whether the trial is on the person's list."""
    return nct_id in session().shortlist


def toggle_listed(nct_id: str) -> None:
    """Put the trial on the person's list, or take it off."""
    mine = session().shortlist
    if nct_id in mine:
        mine.remove(nct_id)
    else:
        mine.append(nct_id)
