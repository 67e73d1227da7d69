"""Stage numbers and TNM categories as settings of the disease."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EARLY, LOCAL, METASTATIC = "early", "locally_advanced", "metastatic"
_NUMERAL = r"(?:i{1,3}v?|iv|[0-4])\s?(?:[abc](?:\d)?)?(?:\([abc]\))?"
_STAGE = re.compile(
    rf"(?<![a-z0-9])(?:stages?|ajcc)\)?(?: of)? ?:?\(?(?P<list>{_NUMERAL}(?: ?(?:,|-|/|and/or|and|or|to|through|&|,? ?or|stage)+ ?(?:stage )?(?:{_NUMERAL}|[abc]))*)(?![a-z0-9])"
)
_PART = re.compile(rf"(?P<numeral>iv|i{{1,3}}|[0-4])\s?(?P<letter>[abc])?|(?P<through>-|to|through)|(?<=[/,-])\s?(?P<more>[abc])(?![a-z])")
_VALUES = {"0": 0, "i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4}
_TNM = re.compile(r"(?<![a-z0-9])[cpy]{0,2}(?P<kind>[tnm])(?P<low>[0-4]|(?<=t)is)[a-d]?(?: ?[-/,] ?[cp]?[tn]?(?P<high>[0-4])[a-d]?)?(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class StageMention:
    """Settings that a stage or TNM category at `start:end` stands for; `is_large` is T3-4 or N2-3, `is_m0` is M0.

    `is_third` is stage III alone, which is early or locally advanced as the words beside it say.
    """

    settings: tuple[str, ...]
    start: int
    end: int
    is_large: bool = False
    is_m0: bool = False
    is_third: bool = False


def _stage_settings(text: str) -> tuple[str, ...]:
    """What a list of stages stands for: III beside IV is all of it, IIIB and C beside IV are locally advanced."""
    numbers: list[tuple[int, str]] = []
    is_range = False
    for part in _PART.finditer(text):
        if part["through"]:
            is_range = True
        elif part["numeral"]:
            value = _VALUES[part["numeral"]]
            if is_range and numbers:
                numbers += [(between, "") for between in range(numbers[-1][0] + 1, value)]
            numbers.append((value, part["letter"] or ""))
            is_range = False
    found = set()
    values = {value for value, _ in numbers}
    third = {letter for value, letter in numbers if value == 3}
    if values & {0, 1, 2} or (3 in values and (4 not in values or "" in third or "a" in third)):
        found.add(EARLY)
    if 3 in values and 4 in values:
        found.add(LOCAL)
    if 3 in values and 4 not in values and third and third <= {"b", "c"}:
        found.add(LOCAL)
    if 4 in values:
        found.add(METASTATIC)
    return tuple(sorted(found))


def find_stages(lower: str) -> Iterator[StageMention]:
    """The stage numbers and TNM categories of a text in lower case."""
    for match in _STAGE.finditer(lower):
        settings = _stage_settings(match["list"])
        if settings:
            is_third = not re.search(r"[0124]|iv|(?<!i)i{1,2}(?!i|v)", match["list"])
            yield StageMention(settings, match.start(), match.end(), is_third=is_third)
    for match in _TNM.finditer(lower):
        low, high = match["low"], match["high"] or match["low"]
        if match["kind"] == "m":
            if low in ("0", "1"):
                yield StageMention((METASTATIC,) if low == "1" else (EARLY,), match.start(), match.end(), is_m0=low == "0")
        elif low.isdigit() or low == "is":
            is_large = high.isdigit() and int(high) >= (3 if match["kind"] == "t" else 2)
            yield StageMention((EARLY,), match.start(), match.end(), is_large=is_large)
