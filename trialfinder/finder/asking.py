"""From options to a Search: values checked, the nearest valid ones named."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialfinder.errors import UsageError
from trialfinder.finder.plain_words import notice_message
from trialfinder.finder.search import Search
from trialfinder.matching import load_profile, read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.model import PatientProfile
from trialfinder.model.facts import SUBTYPES
from trialfinder.places import Region, find_country, find_state, parse_distance
from trialfinder.vocab.registry_terms import KINDS, statuses, values_of
from trialfinder.wording import Message

OLDEST = 120
SEXES = ("female", "male")


def build_search(
    flags: Mapping[str, Any], profile_file: Path | None = None, profile: Mapping[str, Any] | None = None
) -> tuple[Search, list[Message]]:
    """The search that options and a profile ask for, and the messages to show.

    `flags` has the names of Search's fields, but `within` is a text ("100 mi"). The profile is a file or a mapping.
    Raises UsageError (a value that we cannot take, the nearest valid ones named) and UnknownName.
    """
    person, messages = _profile(profile_file, profile)
    search = Search(
        profile=person,
        profile_file=str(profile_file) if profile_file else None,
        near=flags.get("near"),
        within_km=_within(flags.get("within"), flags.get("near") or person.place),
        countries=_names(flags.get("countries"), find_country, messages),
        states=_names(flags.get("states"), find_state, messages),
        statuses=_values(flags.get("statuses"), tuple(statuses()), "--status"),
        phases=_values(flags.get("phases"), values_of("phase"), "--phase"),
        kinds=_values(flags.get("kinds"), KINDS, "--kind"),
        drugs=tuple(flags.get("drugs") or ()),
        text=flags.get("text") or None,
        subtype=check_choice(flags.get("subtype"), SUBTYPES, "--subtype"),
        sex=check_choice(flags.get("sex"), SEXES, "--sex"),
        age=_age(flags.get("age")),
        is_all=bool(flags.get("is_all")),
    )
    return search, messages


def _profile(file: Path | None, mapping: Mapping[str, Any] | None) -> tuple[PatientProfile, list[Message]]:
    if file is not None:
        person, messages = load_profile(file, load_words())
    elif mapping is not None:
        person, messages = read_profile(mapping, load_words())
    else:
        return PatientProfile(), []
    return person, list(messages)


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


def _values(values: Iterable[str] | None, known: Sequence[str], flag: str) -> tuple[str, ...]:
    return tuple(str(check_choice(value, known, flag)) for value in values or ())


def _names(values: Iterable[str] | None, find: Callable[[str], Region], messages: list[Message]) -> tuple[str, ...]:
    found = [find(value) for value in values or ()]
    messages += [notice_message(region.notice) for region in found if region.notice]
    return tuple(region.name for region in found)


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
