"""The whole session as one file on the person's own device, and back: plain TOML that a person can read."""

import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from trialfinder.errors import UsageError
from trialfinder.finder.view import checked_nct_id
from trialfinder.matching import read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.ui.state import Session

FORMAT = 1
LARGEST = 200_000  # bytes
LONGEST_NOTE = 5_000
MOST_TRIALS = 500
FILE_NAME = "my-trials.toml"
LONGEST_FILTER = 200
_FILTER_LISTS = ("countries", "states", "statuses", "phases", "kinds", "drugs", "traits")


class UnreadableSave(UsageError):
    """A file that was given as a saved list is none, or is damaged. `problem` says how."""

    code = "unreadable_save"


def dump_session(mine: Session) -> bytes:
    """Details, filters, list, notes and overrulings as a TOML file that `read_saved` takes."""
    content = {
        "format": FORMAT,
        "shortlist": list(mine.shortlist),
        "overruled": sorted(mine.overruled),
        "answers": _said(mine.answers),
        "filters": _said(mine.filters),
        "notes": {nct_id: note for nct_id, note in sorted(mine.notes.items()) if note},
    }
    return tomli_w.dumps(content, multiline_strings=False).encode("utf-8")


def read_saved(content: bytes) -> dict[str, Any]:
    """What a saved file holds, as `state.restore` takes it.

    Nothing of it is believed before it was checked: `UnreadableSave` where it is no such file, `ProfileError` where
    the details in it have an unknown name or contradict each other.
    """
    tree = _parsed(content)
    if tree.get("format") != FORMAT:
        raise UnreadableSave("The file is not one that this app saved.", problem="other")
    answers = _table(tree, "answers")
    overruled = _texts(tree, "overruled")
    read_profile({**answers, "overrule": overruled} if overruled else answers, load_words())
    return {
        "answers": answers,
        "filters": {name: value for name, value in _table(tree, "filters").items() if _is_filter(name, value)},
        "shortlist": [checked_nct_id(text) for text in dict.fromkeys(_texts(tree, "shortlist"))],
        "notes": {checked_nct_id(nct_id): str(note)[:LONGEST_NOTE] for nct_id, note in _table(tree, "notes").items()},
        "overruled": overruled,
    }


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise UnreadableSave("The file is too large to be one that this app saved.", problem="other")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableSave("The file cannot be read.", problem="damaged") from error


def _table(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = tree.get(name, {})
    if not isinstance(value, dict):
        raise UnreadableSave(f"{name} in the file is no table.", problem="damaged")
    return value


def _texts(tree: Mapping[str, Any], name: str) -> list[str]:
    value = tree.get(name, [])
    if not isinstance(value, list) or len(value) > MOST_TRIALS or not all(isinstance(item, str) for item in value):
        raise UnreadableSave(f"{name} in the file is no list of texts.", problem="damaged")
    return value


def _is_filter(name: str, value: object) -> bool:
    """Whether the value has the kind that filters of that name have."""
    if name in _FILTER_LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name.startswith("is_"):
        return isinstance(value, bool)
    return isinstance(value, str) and len(value) <= LONGEST_FILTER


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that TOML can hold, those that were not said left out."""
    return {key: _plain(value) for key, value in values.items() if value not in (None, "", [], {}, ())}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _said(value)
    return sorted(value) if isinstance(value, set | frozenset) else list(value) if isinstance(value, tuple) else value
