"""Numbers in words and signs: how many, at most, at least; how long."""

import re
from dataclasses import dataclass
from typing import Literal

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SINGLE = "single"
_VALUES = {word: float(number) for number, word in enumerate(_WORDS)} | {_SINGLE: 1.0}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ENDS = ("st", "nd", "rd", "th", "th", "th")
_ORDINAL_VALUES = {word: float(number) for number, word in enumerate(_ORDINALS, 1)} | {"front": 1.0}
_ORDINAL_VALUES |= {f"{number}{end}": float(number) for number, end in enumerate(_ENDS, 1)}
_ORDINAL_VALUES |= {f"{number}": float(number) for number in range(1, 7)}

_N = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|(?:a )?{_SINGLE}|{'|'.join(_WORDS)})(?: ?\((?:\d{{1,3}}|{'|'.join(_WORDS)})\))?"
_MOST = (
    r"(?:≤|(?:no|not) (?:more|greater) than|at most|(?:a )?maximum(?: of)?|max\.?|not exceeding|not to exceed"
    r"|up to(?: and including| a (?:maximum|total) of)?|limited to|(?:can|must |should |does |do )?not exceed"
    r"|less than or equal to|no longer than)"
)
_BELOW = r"(?:<|less than|fewer than|below|under)"
_LEAST = (
    r"(?:≥|at least|(?:a )?minimum(?: of)?|min\.?|(?:not|no) (?:less|fewer) than|greater than or equal to"
    r"|more than or equal to)"
)
_ABOVE = r"(?:>|more than|greater than|over|above|exceeding)"
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|front|[1-6](?:st|nd|rd|th))"
_BETWEEN = r" ?(?:,? ?(?:and/or|and|or|to)|,|-|/) ?"
_LATER = (
    r"(?:\+|(?: \w+)?(?:,? (?:or|and)|/| ?\() ?"
    r"(?:later|beyond|greater|more|further|above|subsequent|higher|additional)\b)"
)
_AND_MOST = (
    r"[ ,]{0,2}(?:(?!weeks?|wks?|months?|days?|years?)\w+ ){0,4}?(?:(?:but|and|to) ){1,2}"
    rf"(?P<top_most>{_MOST}|{_BELOW}) ?(?P<top>{_N})"
)
_AND_MORE = r"(?! ?(?:or|and) (?:more|greater|higher|fewer|less))"
_HEADS = (  # how the words above begin: a quick look before each of them is tried
    r"[\d<>≤≥]|a |at |ab|on|tw|th|fo|fi|si|se|ei|ni|te|el|ze|max|min|mor|les|lim|up |und|bel|gre|no|ov|exc|few|can|mus"
    r"|sho|do"
)
_FORMS = (
    rf"{_LEAST} ?(?P<least>{_N})(?:{_AND_MOST})?",
    rf"{_MOST} ?(?P<most>{_N})",
    rf"{_BELOW} ?(?P<below>{_N})",
    rf"{_ABOVE} ?(?P<above>{_N})",
    rf"(?P<low>{_N}) ?(?:-|to|through|and|or|/|,) ?(?:{_N} ?(?:,? or|,|-|/) ?)*(?P<high>{_N}){_AND_MORE}",
    rf"(?P<from>{_N}) (?:or|and) (?P<updown>more|greater|higher|above|fewer|less|lower|below)",
    rf"(?P<exact>{_N})",
)
_RANGE = re.compile(rf"(?<![\w.])(?={_HEADS})(?:{'|'.join(_FORMS)})(?!\w|\.\d)")
_LINE_ORDINAL = re.compile(
    rf"(?<!\w)(?P<low>{_ORDINAL})(?:(?:[- ]line|-)?{_BETWEEN}(?P<high>{_ORDINAL}))*[- ]?lines?(?!\w)(?P<more>{_LATER})?"
)
_SHORT_ORDINAL = re.compile(rf"(?<![\w.])(?P<low>[1-6])l(?:{_BETWEEN}(?P<high>[1-6])l)*(?![\w/])(?P<more>{_LATER})?")
_SHORT_HINT = re.compile(r"[1-6]l")
_DIGIT = re.compile(r"\d")
_DURATION = re.compile(rf"(?<![\w.])(?P<number>{_N})[ -]?(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)(?!\w)")

Unit = Literal["days", "weeks", "months", "years"]
_UNITS: dict[str, Unit] = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_MONTHS: dict[Unit, float] = {"days": 1 / 30, "weeks": 1 / 4, "months": 1.0, "years": 12.0}


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
    unit: Unit
    start: int
    end: int

    @property
    def months(self) -> float:
        """The same in months, at 4 weeks or 30 days to the month."""
        return self.number * _MONTHS[self.unit]


def number_of(words: str) -> float:
    """The value of a number in figures, words, or both ("two (2)")."""
    plain = words.split("(", 1)[0].strip().removeprefix("a ")
    return _VALUES[plain] if plain in _VALUES else float(plain)


def _top(match: re.Match[str]) -> float | None:
    """The upper limit that follows a lower one ("at least 1 but fewer than 4")."""
    if not match["top"]:
        return None
    return number_of(match["top"]) - (1 if re.fullmatch(_BELOW, match["top_most"]) else 0)


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None]:
    if match["least"]:
        return number_of(match["least"]), _top(match)
    if match["most"] or match["below"]:
        return None, number_of(match["most"]) if match["most"] else number_of(match["below"]) - 1
    if match["above"]:
        return number_of(match["above"]) + 1, None
    if match["from"]:
        number = number_of(match["from"])
        return (None, number) if match["updown"] in ("fewer", "less", "lower", "below") else (number, None)
    low = match["low"] or match["exact"]
    return number_of(low), number_of(match["high"] or low)


def find_ranges(text: str) -> list[NumberRange]:
    """The counts that a text names, in order; "more than 2" of whole things is at least 3. Case does not matter."""
    lower = text.lower()
    if not _has_number(lower):
        return []
    return [NumberRange(*_bounds(match), match.start(), match.end()) for match in _RANGE.finditer(lower)]


def _has_number(lower: str) -> bool:
    return _DIGIT.search(lower) is not None or any(word in lower for word in _VALUES)


def find_line_ordinals(lower: str) -> list[NumberRange]:
    """Lines by their ordinals: "first- or second-line" (1 to 2), "third line or later" (3 and more), "2L"."""
    matches = list(_LINE_ORDINAL.finditer(lower)) if "line" in lower else []
    if _SHORT_HINT.search(lower):
        matches += _SHORT_ORDINAL.finditer(lower)
    return sorted((_ordinal(match) for match in matches), key=lambda item: item.start)


def _ordinal(match: re.Match[str]) -> NumberRange:
    low = _ORDINAL_VALUES[match["low"]]
    high = _ORDINAL_VALUES[match["high"]] if match["high"] else low
    return NumberRange(low, None if match["more"] else high, match.start(), match.end())


def find_durations(text: str) -> list[Duration]:
    """The lengths of time that a text names, in order."""
    return [
        Duration(number_of(match["number"]), _UNITS[match["unit"][0]], match.start(), match.end())
        for match in _DURATION.finditer(text.lower())
    ]
