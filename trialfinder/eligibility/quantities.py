"""Numbers in words and signs: how many, at most, at least; how long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_VALUES = {word: float(number) for number, word in enumerate(_WORDS)} | {
    "no": 0.0,
    "a single": 1.0,
    "single": 1.0,
    "a": 1.0,
}
_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth")
_ORDINAL_VALUES = {word: float(number) for number, word in enumerate(_ORDINALS)} | {
    f"{number}{end}": float(number)
    for number, end in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (5, "th"), (6, "th"))
}
NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(_WORDS)})"
_N = rf"{NUMBER}(?: ?\(\d{{1,3}}\))?"
_MOST = r"(?:≤|no more than|not more than|at most|a maximum of|maximum of|maximum|max\.?|up to|not exceeding|not to exceed|less than or equal to|no greater than)"
_BELOW = r"(?:<|less than|fewer than|below|under)"
_LEAST = r"(?:≥|at least|a minimum of|minimum of|minimum|min\.?|not less than|no less than|no fewer than|greater than or equal to)"
_ABOVE = r"(?:>|more than|greater than|over|above|exceeding)"
_ORD = rf"(?:{'|'.join(_ORDINALS[1:])}|[1-6](?:st|nd|rd|th))"
_RANGE = re.compile(
    rf"(?<![\w.])(?:"
    rf"(?P<least>{_LEAST}) ?(?P<least_n>{_N})(?:[ ,]{{0,2}}(?:\w+ ){{0,4}}?(?:but |and |to |, ){{1,2}}(?P<least_most>{_MOST}|{_BELOW}) ?(?P<least_max>{_N}))?"
    rf"|(?P<most>{_MOST}) ?(?P<most_n>{_N})"
    rf"|(?P<below>{_BELOW}) ?(?P<below_n>{_N})"
    rf"|(?P<above>{_ABOVE}) ?(?P<above_n>{_N})"
    rf"|(?P<low>{_N}) ?(?:-|to|through|and|or|/|,) ?(?:{_N} ?(?:,|or|,? or|-|/) ?)*(?P<high>{_N})(?! ?(?:or|and) (?:more|greater|higher|fewer|less))"
    rf"|(?P<from>{_N}) (?:or|and) (?P<updown>more|greater|higher|above|fewer|less|lower|below)"
    rf"|(?P<exact>{_N})"
    rf")(?![\w]|\.\d)"
)
_LINE_ORDINAL = re.compile(
    rf"(?<!\w)(?P<low>{_ORD})(?:[- ]?line)?(?: ?(?:,|-|/|to|or|and) ?(?P<high>{_ORD}))?[- ]?line(?P<more> (?:or|and) (?:later|beyond|greater|more|further|above|subsequent))?"
)
_DURATION = re.compile(rf"(?<![\w.])(?P<number>{_N})[ -]?(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)(?!\w)")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers from `minimum` to `maximum`, both inclusive, None without limit, at `start:end` of the text."""

    minimum: float | None
    maximum: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time at `start:end` of the text."""

    number: float
    unit: Literal["days", "weeks", "months", "years"]
    start: int
    end: int

    @property
    def months(self) -> float:
        """The same in months, at 4 weeks or 30 days to the month."""
        return self.number * {"days": 1 / 30, "weeks": 1 / 4, "months": 1.0, "years": 12.0}[self.unit]


def number_of(word: str) -> float:
    """The value of a number in figures, words, or both ("two (2)")."""
    plain = word.split("(")[0].strip()
    return _VALUES[plain] if plain in _VALUES else float(plain)


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None]:
    if match["least"]:
        top = number_of(match["least_max"]) if match["least_max"] else None
        if top is not None and re.fullmatch(_BELOW, match["least_most"]):
            top -= 1
        return number_of(match["least_n"]), top
    if match["most"]:
        return None, number_of(match["most_n"])
    if match["below"]:
        return None, number_of(match["below_n"]) - 1
    if match["above"]:
        return number_of(match["above_n"]) + 1, None
    if match["low"]:
        return number_of(match["low"]), number_of(match["high"])
    if match["from"]:
        number = number_of(match["from"])
        return (None, number) if match["updown"] in ("fewer", "less", "lower", "below") else (number, None)
    return number_of(match["exact"]), number_of(match["exact"])


def find_ranges(text: str) -> list[NumberRange]:
    """The counts that a text names; "more than 2" of whole things is at least 3. Case does not matter."""
    lower = text.lower()
    found = [NumberRange(*_bounds(match), match.start(), match.end()) for match in _RANGE.finditer(lower)]
    found += _line_ordinals(lower)
    return sorted(found, key=lambda item: item.start)


def _line_ordinals(lower: str) -> Iterator[NumberRange]:
    for match in _LINE_ORDINAL.finditer(lower):
        low = _ORDINAL_VALUES[match["low"]]
        high = _ORDINAL_VALUES[match["high"]] if match["high"] else low
        yield NumberRange(low, None if match["more"] else high, match.start(), match.end())


def find_durations(text: str) -> list[Duration]:
    """The lengths of time that a text names."""
    units: dict[str, Literal["days", "weeks", "months", "years"]] = {
        "d": "days",
        "w": "weeks",
        "m": "months",
        "y": "years",
    }
    return [
        Duration(number_of(match["number"]), units[match["unit"][0]], match.start(), match.end())
        for match in _DURATION.finditer(text.lower())
    ]
