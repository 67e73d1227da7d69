"""From options to a Search: values checked, the nearest valid ones named."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialfinder.errors import UsageError
from trialfinder.finder.search import Search
from trialfinder.matching import load_profile
from trialfinder.model import PatientProfile
from trialfinder.model.facts import SUBTYPES
from trialfinder.places import find_country, find_state, parse_distance
from trialfinder.vocab import load_vocabulary

OLDEST = 120


def build_search(flags: Mapping[str, Any], profile: Path | None = None) -> tuple[Search, list[str]]:
    """The search that a profile file and flags ask for, and the notices to show. Raises UsageError and UnknownName."""
    person, notices = load_profile(profile, load_vocabulary()) if profile else (PatientProfile(), [])
    notices = list(notices)
    search = Search(
        profile=person,
        profile_file=str(profile) if profile else None,
        near=flags.get("near"),
        within_km=_within(flags.get("within"), flags.get("near") or person.place),
        countries=_names(flags.get("countries"), find_country, notices),
        states=_names(flags.get("states"), find_state, notices),
        statuses=_terms(flags.get("statuses"), "overall_status", "--status"),
        phases=_terms(flags.get("phases"), "phase", "--phase"),
        kinds=_terms(flags.get("kinds"), "kind", "--kind"),
        drugs=tuple(flags.get("drugs") or ()),
        text=flags.get("text"),
        subtype=check_choice(flags.get("subtype"), SUBTYPES, "--subtype"),
        sex=check_choice(flags.get("sex"), ("female", "male"), "--sex"),
        age=_age(flags.get("age")),
        is_all=bool(flags.get("is_all")),
    )
    return search, notices


def check_choice(value: str | None, choices: Sequence[str], flag: str) -> str | None:
    """The valid value that was meant, whatever its case. Raises UsageError naming the nearest valid ones."""
    if value is None:
        return None
    by_key = {_key(choice): choice for choice in choices}
    if _key(value) in by_key:
        return by_key[_key(value)]
    near = difflib.get_close_matches(_key(value), by_key, n=3, cutoff=0.5)
    meant = ", ".join(by_key[key] for key in near) or ", ".join(choices)
    raise UsageError(f"{flag} {value!r} is not a value that we know. Did you mean: {meant}?", flag=flag, value=value)


def _key(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum() or sign in "+-/")


def _terms(values: Iterable[str] | None, table: str, flag: str) -> tuple[str, ...]:
    known = load_vocabulary().terms.values(table)
    return tuple(str(check_choice(value, known, flag)) for value in values or ())


def _names(values: Iterable[str] | None, find: Any, notices: list[str]) -> tuple[str, ...]:
    found = []
    for value in values or ():
        name, notice = find(value)
        found.append(name)
        notices += [notice] if notice else []
    return tuple(found)


def _within(text: str | None, place: str | None) -> float | None:
    if text is None:
        return None
    if place is None:
        raise UsageError("--within needs a place to measure from: add --near PLACE, or a place to the profile.")
    return parse_distance(text)


def _age(age: float | None) -> float | None:
    if age is not None and not 0 <= age <= OLDEST:
        raise UsageError(f"--age {age:g} is not an age in years that we can take; say 0 to {OLDEST}.")
    return age
