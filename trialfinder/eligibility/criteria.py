"""Bullets, lines and sentences, each with the headers above it and the way back to the record."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from trialfinder.eligibility.sections import Section, cohort_of, split_sections
from trialfinder.eligibility.text import NormalText, normalise
from trialfinder.model import Evidence, SourceField
from trialfinder.vocab.cues import CueMatch
from trialfinder.vocab.wordings import load_wordings

Value = str | bool | float | None


@dataclass(eq=False)
class Passage:
    """A slice of one field of the record, in plain signs, that can name the record's own words.

    `body` is the slice, `lower` the same in lower case, position for position. `cues` are kept once they are found.
    """

    field: str
    text: NormalText
    start: int
    end: int
    body: str = dataclasses.field(init=False, repr=False)
    lower: str = dataclasses.field(init=False, repr=False)
    cues: tuple[CueMatch, ...] | None = dataclasses.field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        """Cut the slice."""
        self.body = self.text.text[self.start : self.end]
        self.lower = self.text.lower[self.start : self.end]

    def evidence(self, start: int | None, end: int | None, value: Value, rule: str) -> Evidence:
        """The record's own words for a slice of the body (None, None: the whole of it, trimmed)."""
        body = self.body
        first, last = start or 0, len(body) if end is None else end
        while first < last and body[first].isspace():
            first += 1
        while last > first and body[last - 1].isspace():
            last -= 1
        begin, stop = self.text.original_span(self.start + first, self.start + last)
        return Evidence(value, self.field, self.text.original[begin:stop], begin, stop, rule)


_HEADINGS = load_wordings("headings")
_HEADER_END = re.compile(
    r"(?::|: ?-|\bfollowing(?: criteria)?|\b(?:one|any|all|none|either) of(?: these)?)[\s*_]*$", re.IGNORECASE
)


_LAST_OF_HEADER = frozenset(":-gafe")


def ends_like_a_header(body: str) -> bool:
    """Whether a line ends with a colon or with words that announce a list."""
    last = body[-40:].rstrip(" \n*_")[-1:].lower()
    return (last in _LAST_OF_HEADER or last.isspace()) and _HEADER_END.search(body[-40:]) is not None


@dataclass(eq=False)
class FieldText(Passage):
    """A whole field: a title, a condition, an arm's description."""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.body.strip()

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """The field's sentences; none of them belongs to a section."""
        return tuple(_sentences(self, None))


@dataclass(eq=False)
class Sentence(Passage):
    """One sentence of a criterion (or of another field, where `criterion` is None)."""

    criterion: "Criterion | None" = None

    @property
    def is_exclusion(self) -> bool:
        """Whether it stands in an exclusion section."""
        return self.criterion is not None and self.criterion.is_exclusion

    @property
    def headers(self) -> tuple["Criterion", ...]:
        """The headers above its criterion, outermost first."""
        return self.criterion.headers if self.criterion else ()


@dataclass(eq=False)
class Criterion(Passage):
    """One bullet, line or numbered item, under the headers that introduce it (outermost first)."""

    section: Section = dataclasses.field(kw_only=True)
    headers: tuple["Criterion", ...] = ()

    @property
    def is_exclusion(self) -> bool:
        """Whether it stands in an exclusion section."""
        return self.section.kind == "exclusion"

    @cached_property
    def is_header(self) -> bool:
        """Whether it introduces what follows ("any of the following:"), and is not merely a parent of notes."""
        return ends_like_a_header(self.body)

    @cached_property
    def cohort(self) -> str | None:
        """The cohort, arm, part or phase that it belongs to, by its headers or its section."""
        for header in reversed(self.headers):
            found = cohort_of(header.body[:120])
            if found:
                return found
        return self.section.cohort

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order; they cover every character."""
        return tuple(_sentences(self, self))


# A full stop ends a sentence before a capital or a bracket, not after an abbreviation, a number's point or an initial.
_STOP = re.compile(r"[.?!\n](?:(?<=\n)\s*|(?<=[.?!])[)\"']?\s+(?=[A-Z(\[\"'*•-])|(?<=[a-z)\]]\.)(?=[A-Z][a-z]{2}))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|vs|approx|no|dr|st|fig|incl|resp|ca|max|min|etc|[A-Za-z])\.)$", re.IGNORECASE
)


# The longest sentence of 1,053 real texts has 1,525 characters; what is longer is cut into pieces.
_LONGEST = 2000


def _cuts(passage: Passage) -> Iterator[int]:
    """Where sentences end, as offsets of the whole text."""
    body = passage.body
    last = 0
    for match in _STOP.finditer(body):
        stop = match.start() + (len(match[0]) > 1)
        if "\n" in match[0] or not _ABBREVIATED.search(body, max(0, stop - 8), stop):
            yield from (passage.start + cut for cut in range(last + _LONGEST, match.end(), _LONGEST))
            last = match.end()
            yield passage.start + last
    yield from (passage.start + cut for cut in range(last + _LONGEST, len(body), _LONGEST))
    yield passage.end


def _sentences(passage: Passage, criterion: Criterion | None) -> Iterator[Sentence]:
    begin = passage.start
    for cut in _cuts(passage):
        if cut > begin:
            yield Sentence(passage.field, passage.text, begin, cut, criterion)
            begin = cut


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_DOT = r"(?P<dot>[*•·▪‣◦●○■□►➢✓§+-]|[oO](?= ))"
_NUMBER = r"(?P<number>\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)])"
_LETTER = r"(?P<letter>\(?(?:[a-zA-Z]|[ivx]{1,4})[.)])"
_BULLET = re.compile(rf"(?P<indent> *)(?:(?:{_DOT}|{_NUMBER}|{_LETTER})(?:\s+|(?<=[*•·▪►➢])))?")
_FRESH = re.compile(rf"{_HEADINGS.source('fresh_start')}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    mark: str | None  # dot, number or letter
    is_after_blank: bool


def _split_lines(text: NormalText, section: Section) -> Iterator[_Line]:
    """The lines that say something; a blank line belongs to none."""
    is_after_blank = True
    for match in _LINES.finditer(text.text, section.body_start, section.end):
        if match[0].isspace():
            is_after_blank = True
            continue
        bullet = _BULLET.match(match[0])
        indent = len(bullet["indent"]) if bullet else 0
        mark = bullet.lastgroup if bullet and bullet.lastgroup != "indent" else None
        yield _Line(match.start(), match.end(), indent, mark, is_after_blank)
        is_after_blank = False


def _holds(above: _Line, header: "Criterion", line: _Line, body: str) -> bool:
    """Whether a line above is still the parent of this one: this is deeper, or is listed after its colon."""
    if line.indent != above.indent:
        return line.indent > above.indent
    if line.mark != above.mark:
        return header.is_header and (
            above.mark is None or line.mark == "letter" or (above.mark, line.mark) == ("number", "dot")
        )
    is_plain_list = line.mark is None and not line.is_after_blank and header.is_header
    return is_plain_list and not ends_like_a_header(body) and not _FRESH.match(body.strip())


def _read_section(path: str, text: NormalText, section: Section) -> Iterator["Criterion"]:
    above: list[tuple[_Line, Criterion]] = []
    for line in _split_lines(text, section):
        body = text.text[line.start : line.end]
        while above and not _holds(*above[-1], line, body):
            above.pop()
        criterion = Criterion(path, text, line.start, line.end, tuple(header for _, header in above), section=section)
        above.append((line, criterion))
        yield criterion


def read_criteria(source: SourceField) -> tuple[Criterion, ...]:
    """The criteria of an eligibility text, in order, each with its section and headers."""
    text = normalise(source.text)
    return tuple(
        criterion for section in split_sections(text) for criterion in _read_section(source.path, text, section)
    )


def read_field(source: SourceField) -> FieldText:
    """A field of the record as a passage."""
    text = normalise(source.text)
    return FieldText(source.path, text, 0, len(text.text))
