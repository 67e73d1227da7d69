"""The plain values of a profile: one reader a shape, each refusing what it does not know by name."""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from trialfinder.matching.profiles.wrong import unknown_value, wrong
from trialfinder.matching.terms import TERM_KEYS
from trialfinder.model.facts import MENOPAUSE, SETTINGS, SUBTYPES
from trialfinder.model.profile import METASTASES
from trialfinder.places.distance import parse_distance

Reader = Callable[[str, Any], Any]

AGE_YEARS = (1, 120)
ECOG = (0, 4)
LINES = (0, 40)
UNKNOWN = "unknown"
"""May stand for any value: the same as leaving the key out."""

RECEPTOR = ("positive", "negative")
RECEPTOR_OR_LOW = ("positive", "negative", "low")
HER2 = ("positive", "negative", "low", "ultralow", "zero")
BRAIN = ("none", "stable", "active")

_OVERRULED = re.compile(r"(NCT\d{8})\s+(\S+)")


def choice(*values: str) -> Reader:
    """One of some words, in any case."""
    by_fold = {value.casefold(): value for value in values}

    def read(key: str, value: Any) -> str:
        found = by_fold.get(value.strip().casefold()) if isinstance(value, str) else None
        if found is None:
            raise unknown_value(key, value, values)
        return found

    return read


def choices(*values: str) -> Reader:
    """Some of these words, each once, in the order of `values`; a single word is a list of one."""
    read_one = choice(*values)

    def read(key: str, value: Any) -> tuple[str, ...]:
        given = {read_one(key, item) for item in (value if isinstance(value, list) else [value])}
        return tuple(item for item in values if item in given)

    return read


def number(limits: tuple[int, int], *, is_whole: bool) -> Reader:
    """A number within limits, both included."""

    def read(key: str, value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not is_number or (is_whole and value != int(value)) or not limits[0] <= value <= limits[1]:
            raise wrong("bad_number", key=key, value=value, least=limits[0], most=limits[1])
        return int(value) if value == int(value) else float(value)

    return read


def flag(key: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise unknown_value(key, value, ("true", "false"))
    return value


def text(key: str, value: Any) -> str:
    """Words; numbers are taken as words, since a postal code may look like one."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise wrong("bad_text", key=key, value=value)
    return str(value).strip()


def distance(key: str, value: Any) -> float:
    """A distance in miles or kilometres, as kilometres."""
    return parse_distance(text(key, value))


def overruled(key: str, value: Any) -> frozenset[str]:
    """Lines of NCT number and variable."""
    return frozenset(_overruled_line(key, line) for line in (value if isinstance(value, list) else [value]))


def _overruled_line(key: str, line: Any) -> str:
    match = _OVERRULED.fullmatch(line.strip()) if isinstance(line, str) else None
    if match is None:
        raise wrong("bad_overrule", key=key, value=line)
    variable = match[2].partition(":")[0]
    if variable not in TERM_KEYS:
        raise unknown_value(key, variable, TERM_KEYS)
    return f"{match[1]} {match[2]}"


PLAIN_KEYS: Mapping[str, Reader] = MappingProxyType(
    {
        "age": number(AGE_YEARS, is_whole=False),
        "sex": choice("female", "male"),
        "menopause": choice(*MENOPAUSE),
        "subtype": choice(*SUBTYPES),
        "hr": choice(*RECEPTOR),
        "er": choice(*RECEPTOR_OR_LOW),
        "pr": choice(*RECEPTOR_OR_LOW),
        "her2": choice(*HER2),
        "settings": choices(*SETTINGS),
        "metastases": choices(*METASTASES),
        "metastases_complete": flag,
        "brain_metastases": choice(*BRAIN),
        "measurable_disease": flag,
        "ecog": number(ECOG, is_whole=True),
        "chemo_lines_metastatic": number(LINES, is_whole=True),
        "endocrine_lines_metastatic": number(LINES, is_whole=True),
        "any_lines_metastatic": number(LINES, is_whole=True),
        "place": text,
        "travel": distance,
        "overrule": overruled,
    }
)
"""Every key whose value stands for itself, with its reader. Named things are in `named.py`."""
