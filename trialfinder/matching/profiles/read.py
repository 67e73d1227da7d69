"""A profile from a file or a mapping: every key optional, nothing guessed."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trialfinder.matching.profiles.contradictions import refuse_contradictions
from trialfinder.matching.profiles.named import Notices, read_biomarkers, read_conditions, read_therapies
from trialfinder.matching.profiles.values import PLAIN_KEYS, UNKNOWN
from trialfinder.matching.profiles.wrong import nearest, wrong
from trialfinder.matching.words import Words
from trialfinder.model import PatientProfile
from trialfinder.wording import Message

_NAMED: Mapping[str, Callable[[str, Any, Words], tuple[Any, Notices]]] = MappingProxyType(
    {"prior_therapies": read_therapies, "biomarkers": read_biomarkers, "conditions": read_conditions}
)
_FIELDS: Mapping[str, str] = MappingProxyType({"travel": "travel_km", "overrule": "overruled"})
"""Keys of the file that the profile knows by a name with a unit, or by another form."""

PROFILE_KEYS = (*PLAIN_KEYS, *_NAMED)


def load_profile(path: Path, words: Words) -> tuple[PatientProfile, tuple[Message, ...]]:
    """The profile in a TOML or JSON file (by its name), and notices of names that were corrected."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise wrong("unreadable_file", path=str(path), why=_why(error)) from error
    return read_profile(_parsed(text, path), words)


def read_profile(mapping: Mapping[str, Any], words: Words) -> tuple[PatientProfile, tuple[Message, ...]]:
    """The profile that a mapping says. An unknown key or value, or a contradiction, raises `ProfileError`."""
    values: dict[str, Any] = {}
    notices: Notices = []
    for key, value in mapping.items():
        if key not in PROFILE_KEYS:
            raise wrong("unknown_key", key=key, nearest=nearest(key, PROFILE_KEYS))
        if value is None or value == UNKNOWN:
            continue
        if key in _NAMED:
            values[key], corrected = _NAMED[key](key, value, words)
            notices += corrected
        else:
            values[_FIELDS.get(key, key)] = PLAIN_KEYS[key](key, value)
    profile = PatientProfile(**values)
    refuse_contradictions(profile, words)
    return profile, tuple(notices)


def _parsed(text: str, path: Path) -> Mapping[str, Any]:
    try:
        parsed = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        json.dumps(parsed, ensure_ascii=False, default=str).encode()  # JSON can name half a character; UTF-8 cannot
    except ValueError as error:
        raise wrong("unreadable_file", path=str(path), why=str(error)) from error
    except RecursionError as error:
        raise wrong("unreadable_file", path=str(path), why="it is nested too deeply") from error
    if not isinstance(parsed, dict):
        raise wrong("unreadable_file", path=str(path), why="it is a list or a single value")
    return parsed


def _why(error: OSError | UnicodeDecodeError) -> str:
    return str(error.strerror) if isinstance(error, OSError) else "it is not UTF-8 text"
