"""What the person said as a profile: what cannot be used is left out and said, the rest holds."""

from collections.abc import Iterator, Mapping
from typing import Any

from trialfinder.errors import ProfileError, TrialfinderError
from trialfinder.matching import read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.model import PatientProfile
from trialfinder.wording import Message


def usable_profile(
    said: Mapping[str, Any],
) -> tuple[PatientProfile, tuple[Message, ...], tuple[TrialfinderError, ...]]:
    """The profile of what can be used, notices of corrected names, and an error for each thing that was left out.

    Two details that contradict each other are both left out: we do not guess which one is right.
    """
    left = dict(said)
    errors: list[TrialfinderError] = []
    while True:
        try:
            profile, messages = read_profile(left, load_words())
        except ProfileError as error:
            errors.append(error)
            fewer = _without(left, error)
            if fewer == left:
                return PatientProfile(), (), tuple(errors)
            left = fewer
        else:
            return profile, messages, tuple(errors)


def details_of(error: TrialfinderError) -> Iterator[tuple[str, str]]:
    """The details that an error of a profile names: (key, name or value) pairs, "" where it names no value."""
    if "key" in error.details:
        key, _, name = str(error.details["key"]).partition(".")
        yield key, name or str(error.details.get("name", ""))
    for part in ("first", "second"):
        keys, _, value = str(error.details.get(part, "")).partition(": ")
        yield from ((key, value) for key in keys.split(", ") if key)


def _without(said: Mapping[str, Any], error: TrialfinderError) -> dict[str, Any]:
    left = dict(said)
    for key, value in details_of(error):
        named = left.get(key)
        name = value if isinstance(named, dict) and value in named else value.partition(" ")[0]
        if isinstance(named, dict) and name in named:
            left[key] = {other: answer for other, answer in named.items() if other != name}
        else:
            left.pop(key, None)
    return left
