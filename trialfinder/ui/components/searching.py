"""From what the session holds to a search and its answer, once for each rerun."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from trialfinder.errors import TrialfinderError, UnknownName
from trialfinder.finder import Found, Search
from trialfinder.model import PatientProfile
from trialfinder.places import find_place
from trialfinder.ui.data import Opened, open_data
from trialfinder.ui.state import lang, profile_and_problems, session
from trialfinder.wording import Language, Message

_KEY = "found"
_REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class Answered:
    """A search's answer, and what went wrong on the way: each part that could not be used was left out of it."""

    found: Found
    problems: tuple[TrialfinderError, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    opened: Opened
    search: Search
    language: Language


def build_search() -> tuple[Search, list[TrialfinderError], tuple[Message, ...]]:
    """The search of the session, its problems (contradiction, unknown place), and notices of corrected names."""
    person, messages, errors = profile_and_problems()
    problems = list(errors)
    if person.place is not None:
        try:
            find_place(person.place)
        except TrialfinderError as unknown:
            problems.append(unknown)
            person = replace(person, place=None, travel_km=None)
    return Search(profile=_without_reach(person), **_filters()), problems, messages


def answer() -> Answered:
    """The trials of the session's search; asked anew only when something changed."""
    search, problems, messages = build_search()
    opened = open_data()
    found = _find(opened, search, problems)
    return Answered(found, tuple(problems), messages)


def reasons(found: Found, nct_id: str) -> list[tuple[str, str]]:
    """What speaks against a trial: (sentence, the trial's own words) pairs, read once for each answer."""
    kept: tuple[Found, dict[str, list[tuple[str, str]]]] = st.session_state.setdefault(_REASONS, (found, {}))
    if kept[0].search != found.search or kept[0].language != found.language:
        kept = st.session_state[_REASONS] = (found, {})
    if nct_id not in kept[1]:
        view = open_data().finder.show(nct_id, found.search.profile, None, found.language)
        kept[1][nct_id] = view.said("conflicts")
    return kept[1][nct_id]


def _find(opened: Opened, search: Search, problems: list[TrialfinderError]) -> Found:
    asked = _Asked(opened, search, lang())
    kept: tuple[_Asked, Found, list[TrialfinderError]] | None = st.session_state.get(_KEY)
    if kept is None or kept[0] != asked:
        said: list[TrialfinderError] = []
        kept = asked, _found_without_unknown(asked, said), said
        st.session_state[_KEY] = kept
    problems += kept[2]
    return kept[1]


def _found_without_unknown(asked: _Asked, said: list[TrialfinderError]) -> Found:
    """The answer; drugs that nobody knows are left out, and said."""
    try:
        return asked.opened.finder.search(asked.search, asked.language)
    except UnknownName as error:
        said.append(error)
        known = tuple(name for name in asked.search.drugs if name != error.details.get("name"))
        left = replace(asked.search, drugs=known if known != asked.search.drugs else ())
        return asked.opened.finder.search(left, asked.language)


def _without_reach(person: PatientProfile) -> PatientProfile:
    """A distance means nothing without a place to measure from."""
    return person if person.place else replace(person, travel_km=None)


def _filters() -> dict[str, Any]:
    filters = session().filters
    lists = ("countries", "states", "statuses", "phases", "kinds")
    found: dict[str, Any] = {name: tuple(filters.get(name, ())) for name in lists}
    found["drugs"] = tuple(name for name in (filters.get("drug"), filters.get("therapy")) if name)
    found["text"] = filters.get("text")
    found["traits"] = tuple(sorted(filters.get("traits", ())))
    found["is_all"] = bool(filters.get("is_all"))
    return found
