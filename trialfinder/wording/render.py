"""Sentences by code and language. A code that is missing is a bug, and says so."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from trialfinder.model.language import LANGUAGES, Language


def render(code: str, language: Language = "en", /, **parts: object) -> str:
    """The sentence of a code ("answers.men.conflicts"), its `{parts}` filled in; other parts are left out."""
    return sentences(language)[code].format_map(parts)


def has_sentence(code: str) -> bool:
    """Whether there is a sentence of that code."""
    return code in sentences("en")


@lru_cache(maxsize=len(LANGUAGES))
def sentences(language: Language) -> Mapping[str, str]:
    """All sentences of a language by their dotted code."""
    text = resources.files("trialfinder.wording").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat(tomllib.loads(text))))


def _flat(tree: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, str]]:
    for name, value in tree.items():
        code = f"{above}{name}"
        if isinstance(value, str):
            yield code, value
        else:
            yield from _flat(value, f"{code}.")
