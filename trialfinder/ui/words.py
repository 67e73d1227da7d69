"""The app's own words: `labels/{en,es}/PAGE.toml`, one code a text ("find.title" is `title` in `find.toml`)."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from trialfinder.wording import LANGUAGES, Language


def label(code: str, language: Language, /, **parts: object) -> str:
    """The text of a code, its `{parts}` filled in. A code that is missing is a bug, and says so."""
    text = labels(language)[code]
    return text.format_map(parts) if parts else text


def counted(code: str, language: Language, n: int, /, **parts: object) -> str:
    """The text for a number of things: `code.one` where there is one, else `code.many`."""
    return label(f"{code}.{'one' if n == 1 else 'many'}", language, n=f"{n:,}", **parts)


def names_under(code: str, language: Language) -> tuple[str, ...]:
    """The names right under a code, in the order of the file ("find.therapies" gives "chemotherapy", ...)."""
    inner = [name.removeprefix(f"{code}.") for name in labels(language) if name.startswith(f"{code}.")]
    return tuple(name for name in inner if "." not in name)


@lru_cache(maxsize=len(LANGUAGES))
def labels(language: Language) -> Mapping[str, str]:
    """All texts of a language by their code."""
    folder = resources.files("trialfinder.ui").joinpath("labels", language)
    found: dict[str, str] = {}
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            found |= _flat(tomllib.loads(file.read_text(encoding="utf-8")), f"{file.name.removesuffix('.toml')}.")
    return MappingProxyType(found)


def _flat(tree: Mapping[str, Any], above: str) -> Iterable[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, str):
            yield f"{above}{name}", value
        else:
            yield from _flat(value, f"{above}{name}.")
