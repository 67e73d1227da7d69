"""From options to a Search: values checked, the nearest valid ones named."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from trialfinder.errors import UsageError
from trialfinder.finder.plain_words import notice_message
from trialfinder.finder.search import TRAITS, Search
from trialfinder.matching import load_profile, read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.model import PatientProfile
from trialfinder.model.facts import SUBTYPES
from trialfinder.places import Region, find_country, find_state, parse_distance
from trialfinder.vocab.registry_terms import KINDS, statuses, values_of
from trialfinder.wording import Message

OLDEST = 120
SEXES = ("female", "male")


class FindOptions(TypedDict, total=False):
    """The options of a search, named as on the command line and in the file of a saved search; None is "not said".

    `profile` is a file, what a file would hold, or a PatientProfile. `within` is a text ("100 mi"), `age` is in years.
    A list of one may be given as its value.
    """

    profile: Path | Mapping[str, Any] | PatientProfile | None
    near: str | None
    within: str | None
    country: Sequence[str] | str | None
    state: Sequence[str] | str | None
    status: Sequence[str] | str | None
    phase: Sequence[str] | str | None
    kind: Sequence[str] | str | None
    drug: Sequence[str] | str | None
    text: str | None
    subtype: str | None
    sex: str | None
    age: float | None
    trait: Sequence[str] | str | None
    all: bool


OPTIONS = tuple(FindOptions.__annotations__)
"""The names of the options, in the order in which they are shown."""


def build_search(options: FindOptions) -> tuple[Search, list[Message]]:
    """The search that options ask for, and the messages to show.

    Raises UsageError (an option or value that we cannot take, the nearest valid ones named) and UnknownName.
    """
    for name in options:
        check_choice(name, OPTIONS, "option")
    profile = options.get("profile")
    person, messages = _person(profile)
    search = Search(
        profile=person,
        profile_file=str(profile) if isinstance(profile, Path) else None,
        near=options.get("near"),
        within_km=_within(options.get("within"), options.get("near") or person.place),
        countries=_names(options.get("country"), find_country, messages),
        states=_names(options.get("state"), find_state, messages),
        statuses=_values(options.get("status"), tuple(statuses()), "--status"),
        phases=_values(_phases(options.get("phase")), values_of("phase"), "--phase"),
        kinds=_values(options.get("kind"), KINDS, "--kind"),
        drugs=_listed(options.get("drug")),
        text=options.get("text") or None,
        subtype=check_choice(options.get("subtype"), SUBTYPES, "--subtype"),
        sex=check_choice(options.get("sex"), SEXES, "--sex"),
        age=_age(options.get("age")),
        traits=_values(options.get("trait"), TRAITS, "--trait"),
        is_all=bool(options.get("all")),
    )
    return search, messages


def _person(profile: Path | Mapping[str, Any] | PatientProfile | None) -> tuple[PatientProfile, list[Message]]:
    if profile is None or isinstance(profile, PatientProfile):
        return profile or PatientProfile(), []
    read = load_profile(profile, load_words()) if isinstance(profile, Path) else read_profile(profile, load_words())
    return read[0], list(read[1])


def check_choice(value: str | None, choices: Sequence[str], flag: str) -> str | None:
    """The valid value that was meant, whatever its case. Raises UsageError naming the nearest valid ones."""
    if value is None:
        return None
    by_key = {_key(choice): choice for choice in choices}
    if _key(value) in by_key:
        return by_key[_key(value)]
    near = difflib.get_close_matches(_key(value), by_key, n=3, cutoff=0.5)
    meant = ", ".join(by_key[key] for key in near)
    nearest = f"Did you mean: {meant}?" if near else f"It can be: {', '.join(choices)}."
    raise UsageError(f"{flag} {value!r} is not a value that we know. {nearest}", flag=flag, value=value)


def _key(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum() or sign in "+-/")


def _phases(values: Sequence[str] | str | None) -> list[str]:
    """Phases as people write them: "2" is phase 2."""
    return [f"phase{value}" if value.isdigit() else value for value in _listed(values)]


def _listed(values: Sequence[str] | str | None) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values or ())


def _values(values: Sequence[str] | str | None, known: Sequence[str], flag: str) -> tuple[str, ...]:
    return tuple(str(check_choice(value, known, flag)) for value in _listed(values))


def _names(
    values: Sequence[str] | str | None, find: Callable[[str], Region], messages: list[Message]
) -> tuple[str, ...]:
    found = [find(value) for value in _listed(values)]
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
