"""The named things of a profile: treatments, test results, illnesses."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from trialfinder.matching.profiles.names import resolve
from trialfinder.matching.profiles.values import RECEPTOR, UNKNOWN, choice, choices
from trialfinder.matching.profiles.wrong import unknown_value, wrong
from trialfinder.matching.words import Names, Words
from trialfinder.model import TherapyHistory
from trialfinder.model.facts import SETTINGS
from trialfinder.wording import Message

Notices = list[Message]
Value = TypeVar("Value")
UNUSED = "other"
"""The id of what no trial's facts tell apart: of no use for matching."""

_HAD = choice("had", "never")
_SETTINGS = choices(*SETTINGS)
_RESULT = choice(*RECEPTOR)
_YES = choice("yes", "no")


def read_therapies(key: str, value: Any, words: Words) -> tuple[dict[str, TherapyHistory], Notices]:
    """Treatments: had, never, or had in some settings. A plain list means had."""
    return _read_named(key, _as_mapping(key, value, "had"), words.therapies, _history)


def read_biomarkers(key: str, value: Any, words: Words) -> tuple[dict[str, bool], Notices]:
    """Test results: positive or negative. A plain list means positive."""
    return _read_named(key, _as_mapping(key, value, "positive"), words.biomarkers, _is_positive)


def read_conditions(key: str, value: Any, words: Words) -> tuple[dict[str, bool], Notices]:
    """Illnesses: yes or no. A plain list means yes."""
    return _read_named(key, _as_mapping(key, value, "yes"), words.conditions, _is_yes)


def _as_mapping(key: str, value: Any, meaning: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, meaning)
    raise wrong("bad_names", key=key, value=value)


def _read_named(
    key: str, given: Mapping[str, Any], names: Names, read: Callable[[str, Any], Value]
) -> tuple[dict[str, Value], Notices]:
    found: dict[str, Value] = {}
    notices: Notices = []
    for name, said in _said(given):
        resolved = resolve(name, names, key)
        value = read(f"{key}.{name}", said)
        notices += resolved.notices
        if resolved.id == UNUSED:
            notices.append(Message("notices.not_used", {"name": name}))
        elif resolved.is_part and value is False:
            notices.append(Message("notices.part_only", {"name": name, "whole": resolved.id}))
        elif found.setdefault(resolved.id, value) != value:
            raise wrong("said_twice", key=key, name=resolved.id)
    return found, notices


def _said(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is said of each name; "unknown" says nothing."""
    return ((name, said) for name, said in given.items() if said not in (None, UNKNOWN))


def _history(key: str, value: Any) -> TherapyHistory:
    if isinstance(value, Mapping):
        if set(value) != {"had"}:
            raise unknown_value(key, ", ".join(value), ("had",))
        return TherapyHistory(had=True, settings=_SETTINGS(key, value["had"]))
    return TherapyHistory(had=_HAD(key, value) == "had")


def _is_positive(key: str, value: Any) -> bool:
    return bool(_RESULT(key, value) == "positive")


def _is_yes(key: str, value: Any) -> bool:
    return value if isinstance(value, bool) else bool(_YES(key, value) == "yes")
