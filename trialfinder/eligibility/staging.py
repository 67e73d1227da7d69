"""Stage numbers and TNM categories as settings of the disease."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EARLY, LOCAL, METASTATIC = "early", "locally_advanced", "metastatic"

_NUMERAL = r"(?:iv|i{1,3}|[0-4])\s?(?:[abc]\d?)?(?:\([abc]\))?"
_BETWEEN = r"(?:[ ,/&-]|and/or|and|or|to|through|stages?)+"
_NAME = r"(?:stages?|ajcc)(?: of)?(?: \[\d+\])? ?:? ?\(?"
_STAGE = re.compile(rf"(?<![a-z0-9]){_NAME}(?P<list>{_NUMERAL}(?:{_BETWEEN}(?:{_NUMERAL}|[abc]))*)(?![a-z0-9])")
_PART = re.compile(
    r"(?P<numeral>iv|i{1,3}|[0-4])\s?(?P<letter>[abc])?|(?P<through>-|to|through)|(?<=[/,-])\s?(?P<more>[abc])(?![a-z])"
)
_VALUES = {"0": 0, "i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4}
_CATEGORY = r"(?P<prefix>[cpy]{0,2})(?P<kind>[tnm])(?P<low>[0-4]|(?<=t)is)[a-d]?"
_UP_TO = r"(?: ?(?:[-/,]|to|or) ?(?:[cp]?(?P=kind))?(?P<high>[0-4])[a-d]?)?"
_TNM = re.compile(rf"(?<![a-z0-9]){_CATEGORY}{_UP_TO}(?![a-z0-9]|[ -]?weighted)")

_MAYBE_TNM = re.compile("[tnm](?:[0-4]|(?<=t)is)")


@dataclass(frozen=True, slots=True)
class StageMention:
    """Settings that a stage or TNM category at `start:end` stands for.

    `is_third` is stage III alone, which is early or locally advanced as the words beside it say, `is_late` is stage III
    or IV. `is_large` is T3-4 or N2-3 before an operation, `is_m0` is M0.
    """

    settings: tuple[str, ...]
    start: int
    end: int
    is_third: bool = False
    is_late: bool = False
    is_large: bool = False
    is_m0: bool = False


def _numbers(text: str) -> list[tuple[int, str]]:
    """The stages of a list with their letters; a range holds what lies between."""
    numbers: list[tuple[int, str]] = []
    is_range = False
    for part in _PART.finditer(text):
        if part["through"]:
            is_range = True
        elif part["more"]:
            numbers.append((numbers[-1][0], part["more"]))
        else:
            value = _VALUES[part["numeral"]]
            if is_range and numbers:
                numbers += [(between, "") for between in range(numbers[-1][0] + 1, value)]
            numbers.append((value, part["letter"] or ""))
            is_range = False
    return numbers


def _stage_settings(numbers: list[tuple[int, str]]) -> tuple[str, ...]:
    """What a list of stages stands for: III beside IV is all of it, IIIB and C beside IV are locally advanced."""
    values = {value for value, _ in numbers}
    letters = {letter for value, letter in numbers if value == 3}
    has_late_third = bool(letters) and letters <= {"b", "c"}
    found = set()
    if values & {0, 1, 2} or (3 in values and (4 not in values or not has_late_third)):
        found.add(EARLY)
    if 3 in values and (4 in values or (has_late_third and values == {3})):
        found.add(LOCAL)
    if 4 in values:
        found.add(METASTATIC)
    return tuple(sorted(found))


def find_stages(lower: str) -> Iterator[StageMention]:
    """The stage numbers and TNM categories of a text in lower case."""
    for match in _STAGE.finditer(lower) if "stage" in lower or "ajcc" in lower else ():
        numbers = _numbers(match["list"])
        values = {value for value, _ in numbers}
        yield StageMention(_stage_settings(numbers), *match.span(), is_third=values == {3}, is_late=values <= {3, 4})
    for match in _TNM.finditer(lower) if _MAYBE_TNM.search(lower) else ():
        low, high = match["low"], match["high"] or match["low"]
        if match["kind"] == "m":
            if low in ("0", "1"):
                yield StageMention((METASTATIC if low == "1" else EARLY,), *match.span(), is_m0=low == "0")
        else:
            least = "3" if match["kind"] == "t" else "2"
            is_large = high >= least and high != "is" and "p" not in match["prefix"]
            yield StageMention((EARLY,), match.start(), match.end(), is_large=is_large)
