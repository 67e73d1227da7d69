"""One saved search is one TOML file; its keys are the options of `trialfinder find`."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import tomli_w

from trialfinder.errors import CannotWrite, UnknownName, UsageError
from trialfinder.export import write_file
from trialfinder.finder import Search
from trialfinder.finder.asking import OPTIONS, FindOptions, build_search
from trialfinder.places import find_place
from trialfinder.wording import Message

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
LISTS = ("country", "state", "status", "phase", "kind", "drug", "trait")
TEXTS = ("near", "within", "text", "subtype", "sex")
KEYS = ("title", *OPTIONS)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with a name. `title` is what people read; `messages` say which typos were forgiven."""

    name: str
    title: str
    search: Search
    messages: tuple[Message, ...] = ()

    @property
    def heading(self) -> str:
        """What heads its lists: the title that somebody gave it; "" where nobody did."""
        return self.title if self.title != self.name else ""


def searches_folder(store: Path) -> Path:
    """The folder of saved searches that belongs to a store: `searches/` beside it."""
    return store.parent / "searches"


def add_search(folder: Path, name: str, options: Mapping[str, Any]) -> Path:
    """Save the options (keys of KEYS; None, [] and False are left out) and give the file. Nothing is overwritten.

    Raises UsageError for a name or value that we cannot take, UnknownName for a place that we do not know, CannotWrite
    where the file cannot be written.
    """
    path = _path(folder, name)
    if path.exists():
        raise UsageError(f"There is a search {name!r} already. Remove it first, or choose another name.", name=name)
    kept = {key: value for key, value in options.items() if value not in (None, [], (), False)}
    place = _build(name, kept, path).search.place
    if place:
        find_place(place)
    write_file(path, tomli_w.dumps(kept).encode("utf-8"))
    return path


def list_searches(folder: Path) -> list[str]:
    """The names of the saved searches, sorted."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_search(folder: Path, name: str) -> SavedSearch:
    """The saved search of that name. Raises UnknownName (nearest ones named) and UsageError with file and line."""
    path = _path(folder, name)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        near = difflib.get_close_matches(name, list_searches(folder)) or list_searches(folder)
        raise UnknownName(f"There is no saved search {name!r} in {folder}.", near) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}. Write it as UTF-8 text.", path=str(path)) from error
    try:
        options = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no valid TOML: {error}.", path=str(path)) from error
    _check(path, text, options)
    return _build(name, options, path, text)


def remove_search(folder: Path, name: str) -> None:
    """Remove the saved search. Raises UnknownName where there is none, CannotWrite where it cannot be removed."""
    path = _path(folder, name)
    try:
        path.unlink()
    except FileNotFoundError as error:
        raise UnknownName(f"There is no saved search {name!r} in {folder}.", list_searches(folder)) from error
    except OSError as error:
        raise CannotWrite(f"Cannot remove {path}: {error.strerror}.", path=str(path)) from error


def _path(folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a search: use small letters, digits, - and _ .", name=name)
    return folder / f"{name}.toml"


def _check(path: Path, text: str, options: Mapping[str, Any]) -> None:
    for key, value in options.items():
        where = f"{path}, line {_line(text, key)}"
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1) or [", ".join(KEYS)]
            raise UsageError(f"{where}: {key!r} is not a key of a search. Did you mean {near[0]}?", key=key)
        if key in LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise UsageError(f'{where}: {key} is a list of texts, as in {key} = ["..."].', key=key)
        if key in (*TEXTS, "title") and not isinstance(value, str):
            raise UsageError(f"{where}: {key} is a text in quotes.", key=key)
        if key == "profile" and not isinstance(value, str | dict):
            raise UsageError(f"{where}: profile is a file's name in quotes, or a table.", key=key)
        if key == "all" and not isinstance(value, bool):
            raise UsageError(f"{where}: all is true or false.", key=key)
        if key == "age" and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise UsageError(f"{where}: age is a number of years.", key=key)


def _line(text: str, key: str) -> int:
    starts = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[\].=]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if starts.match(line)), 1)


def _build(name: str, options: Mapping[str, Any], path: Path, text: str | None = None) -> SavedSearch:
    """The search of the options. An error names the file and, where its text is given, the line."""
    try:
        search, messages = _search(options, path.parent)
    except (UsageError, UnknownName) as error:
        where = f"{path}, line {_line(text, _culprit(options, path.parent))}" if text else str(path)
        message = f"{where}: {error.message}"
        if isinstance(error, UnknownName):
            raise UnknownName(message, error.choices) from error
        raise UsageError(message, path=str(path)) from error
    return SavedSearch(name, str(options.get("title") or name), search, tuple(messages))


def _search(options: Mapping[str, Any], folder: Path) -> tuple[Search, list[Message]]:
    asked = {key: value for key, value in options.items() if key != "title"}
    if isinstance(asked.get("profile"), str):
        asked["profile"] = folder / asked["profile"]
    return build_search(cast("FindOptions", asked))


def _culprit(options: Mapping[str, Any], folder: Path) -> str:
    """The first key that cannot be taken on its own; a distance needs something to measure from, so it comes last."""
    for key in sorted(options, key="within".__eq__):
        alone = {name: options[name] for name in {key, "near", "profile"} & options.keys()} if key == "within" else {}
        try:
            _search(alone or {key: options[key]}, folder)
        except (UsageError, UnknownName):
            return key
    return next(iter(options))
