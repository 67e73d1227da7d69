"""Clauses: the parts of a sentence that say one thing each, with the cues around treatment found in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.model.facts import Setting
from trialfinder.vocab.literals import may_hold as _may_hold
from trialfinder.vocab.treatment_cues import TreatmentCueKind, TreatmentCues, load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

Span = tuple[int, int]

_FRAMES = load_wordings("treatment_frames")
_CUT = _FRAMES["cut"]
_CUT_TEXTS = (  # without one of these nothing is cut
    ";", ". ", ":", "however", "note", "but ", ", or ", ", and ", ", w", ", although", ", though", ", p", "and no ",
    "with no ", " or relaps", " or recur", " or progress",
)  # fmt: skip
_ASIDE = re.compile(r"[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]]")
_GOES_ON = re.compile(r"[(\[](?:and|but) (?:no|not) more than\b")
_LABEL = _FRAMES["label_ahead"]
# Where a criterion may begin in the middle of a line: a word with a capital behind a small one.
_CAPITAL = re.compile(r"[a-z)] [A-Z][a-z]")
_RUN_ON = re.compile(rf"\b(?!{_FRAMES.source('leads_on')}\b)[a-z]{{3,}}\)?(?= [A-Z][a-z])")
_BUT = re.compile(r",? but (?!not)")
_VERBAL = re.compile(rf"\b{_FRAMES.source('statement_word')}\b")


@dataclass(eq=False)
class Clause:
    """A part of a sentence that says one thing. Spans are positions in the sentence's body."""

    sentence: Sentence | FieldText
    start: int
    end: int
    lower: str  # the sentence up to the clause's end, blank where other clauses stand
    cues: TreatmentCues
    is_aside: bool = False
    asides: tuple[Span, ...] = ()  # of the whole sentence: brackets that say something for themselves
    _spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, kind: TreatmentCueKind) -> tuple[Span, ...]:
        """Where cues of a kind stand."""
        found = self._spans.get(kind)
        if found is None:
            spans = self.cues.spans(kind, self._own)
            found = self._spans[kind] = tuple([(self.start + start, self.start + end) for start, end in spans])
        return found

    @cached_property
    def _own(self) -> str:
        return self.lower[self.start :]

    def has(self, kind: TreatmentCueKind) -> bool:
        """Whether a cue of a kind stands anywhere in the clause."""
        return bool(self.spans(kind))

    def last_before(self, kind: TreatmentCueKind, position: int) -> Span | None:
        """The nearest cue of a kind that ends at or before a position."""
        for span in reversed(self.spans(kind)):
            if span[1] <= position + 1:
                return span
        return None

    def first_after(self, kind: TreatmentCueKind, position: int) -> Span | None:
        """The nearest cue of a kind that begins at or after a position."""
        for span in self.spans(kind):
            if span[0] >= position:
                return span
        return None

    def setting_of(self, start: int, end: int, reach: int | None = None) -> Setting:
        """The disease setting in which a therapy counts, where the words beside it (none beyond `reach`) name one."""
        early = [
            span
            for span in self.spans("early")
            if self._bears_on(span, start, end) and not _ALSO.search(self.lower, max(0, span[0] - 70), span[0])
        ]
        metastatic = [span for span in self.spans("metastatic") if self._bears_on(span, start, end)]
        if reach is not None:
            early = [span for span in early if span[0] < reach]
            metastatic = [span for span in metastatic if span[0] < reach]
        if early and metastatic:
            return (
                "any" if _is_listed_beside(self.lower, early[0], metastatic) else _nearer(early[0], metastatic[0], end)
            )
        return "early" if early else "metastatic" if metastatic else "any"

    def _bears_on(self, span: Span, start: int, end: int) -> bool:
        """Whether a setting's cue is said of the therapy: right before it, or after it behind "for" or "in"."""
        if span[1] <= start:
            between = self.lower[span[1] : start]
            is_next = len(between) <= 12 and not re.search(r"[,;.]| with | that ", between)
            is_next = (
                is_next
                or _BEFORE_SURGERY.fullmatch(between) is not None
                or _IN_BRACKETS.match(between) is not None
                or _UNTREATED.fullmatch(between) is not None
            )
            is_listed = len(between) <= 120 and _IN_A_SETTING.match(between) and _IN_THE.search(self.lower, 0, span[0])
            return is_next or bool(is_listed)
        between = _BRACKETS.sub("", self.lower[end : span[0]])
        return len(between) <= 110 and _FOR.search(between) is not None and not re.search(r"[;.]|\band have\b", between)


_BRACKETS = re.compile(r"\([^()]*\)")
_IN_A_SETTING = _FRAMES["setting_then_means"]
_IN_BRACKETS = re.compile(r"[ a-z-]{0,20}(?:\([^();.]{0,80}|,? (?:including|such as) [^.;()]{0,60})$")
_BEFORE_SURGERY = _FRAMES["begins_before_surgery"]
_UNTREATED = _FRAMES["not_treated_with"]
_IN_THE = _FRAMES["opens_a_setting"]
_FOR = re.compile(rf"\b{_FRAMES.source('joins_a_setting')}\b")


_ALSO = re.compile(r"\b(?:includ|not count|exclud|regardless|such as)[^;.]*$")


def _is_listed_beside(lower: str, early: Span, metastatic: list[Span]) -> bool:
    """Whether early and metastatic settings are named together ("in the adjuvant or metastatic setting")."""
    spans = ((min(early[1], span[1]), max(early[0], span[0])) for span in metastatic)
    return any(re.search(r"\b(?:or|and)\b|[,/]", lower[left:right]) and right - left <= 40 for left, right in spans)


def _nearer(early: Span, metastatic: Span, end: int) -> Setting:
    return "early" if abs(early[0] - end) < abs(metastatic[0] - end) else "metastatic"


def clauses_of(sentence: Sentence | FieldText) -> Iterator[Clause]:
    """The clauses of a sentence, asides in brackets apart."""
    cues = load_treatment_cues()
    lower = sentence.lower
    asides = [
        match.span()
        for match in (_ASIDE.finditer(lower) if "(" in lower or "[" in lower else ())
        if match.end() - match.start() > 8 and " " in match[0] and _says_something(match[0])
    ]
    outer = _blank(lower, asides)
    found = {match.end() for match in _CUT.finditer(outer)} if _may_hold(_CUT_TEXTS, outer) else set()
    if ": " in outer:
        found |= {match.end() for match in _LABEL.finditer(outer)}
    if _CAPITAL.search(sentence.body):
        found |= _run_ons(sentence, cues)
    cuts = [0, *sorted(found), len(lower)]
    for start, end in pairwise(cuts):
        if end > start and not outer[start:end].isspace():
            yield Clause(sentence, start, end, " " * start + outer[start:end], cues, asides=tuple(asides))
    for start, end in asides:
        for first, last in pairwise([start + 1, *(cut.end() for cut in _BUT.finditer(lower, start, end)), end - 1]):
            yield Clause(sentence, first, last, " " * first + lower[first:last], cues, is_aside=True)


def _run_ons(sentence: Sentence | FieldText, cues: TreatmentCues) -> set[int]:
    """Where another criterion begins without a sign before it ("prior taxane therapy Known allergy to ...")."""
    openers = {start - 1 for start, _ in cues.spans("opener", sentence.lower)}
    return openers & {match.end() for match in _RUN_ON.finditer(sentence.body)} if openers else openers


def _says_something(aside: str) -> bool:
    """Whether brackets hold a statement of their own, and not the upper limit of a number before them."""
    return _VERBAL.search(aside) is not None and _GOES_ON.match(aside) is None


def _blank(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def names_other_tumour(lower: str, cues: TreatmentCues) -> bool:
    """Whether a text is about other tumours, and not about breast cancer."""
    return bool(cues.spans("other_tumour", lower)) and not cues.spans("breast", lower)


def is_in_exclusion(clause: Clause) -> bool:
    """Whether a clause stands in an exclusion section."""
    return isinstance(clause.sentence, Sentence) and clause.sentence.is_exclusion


def headers_of(clause: Clause, *, only_headers: bool = True) -> tuple[Criterion, ...]:
    """The lines above a clause, outermost first; with `only_headers` those that introduce what follows."""
    above = clause.sentence.headers if isinstance(clause.sentence, Sentence) else ()
    return tuple(header for header in above if header.is_header) if only_headers else above
