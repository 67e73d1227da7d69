"""The scope of a mention: is it negated, barred, optional, excepted, dated; in which setting."""

import re
from dataclasses import dataclass
from functools import cached_property

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.model.facts import Setting
from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.cues import CueKind, CueMatch

_UNIT = r"(?:hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|eight|ten|twelve|several)"
_SPAN = rf"{_NUMBER}(?: ?(?:-|to|or) ?{_NUMBER})?(?: ?\(\d+\))?[ -]{_UNIT}\b"
_UNTIL = r"[^,;.()]{1,50}"
_WINDOW = re.compile(
    rf"(?:within|in|during|over|for) (?:the )?(?:(?:last|past|previous|preceding|prior) )?(?:[<≤] ?)?{_SPAN}"
    rf"(?: (?:of|prior to|before|preceding|from|after) {_UNTIL})?"
    rf"|(?:(?:less|fewer|more) than|at least|[<≤>≥]) ?{_SPAN} "
    rf"(?:prior|before|since|from|after|ago|earlier|elapsed|must)(?: {_UNTIL})?"
    rf"|{_SPAN} (?:prior to|before|since|preceding) {_UNTIL}"
)


def find_cues(passage: Sentence | Criterion | FieldText) -> tuple[CueMatch, ...]:
    """The cues of a passage, found once."""
    if passage.cues is None:
        passage.cues = load_vocabulary().cues.find_cues(passage.lower)
    return passage.cues


def header_negates(header: Criterion) -> bool:
    """Whether a header turns what it introduces: "none of the following", not "women not nursing must:"."""
    end = len(header.body)
    has_bar = any(cue.kind == "bar" for cue in find_cues(header))
    return header.is_header and (has_bar or Scope(header, end, end).is_negated)


@dataclass(frozen=True)
class Scope:
    """What the words around `start:end` of a sentence say of it."""

    sentence: Sentence | FieldText | Criterion
    start: int
    end: int

    def _near(self, kind: CueKind) -> CueMatch | None:
        """The nearest cue of a kind whose scope reaches the mention."""
        cues = find_cues(self.sentence)
        before = [cue for cue in cues if cue.end <= self.start]
        after = [cue for cue in cues if cue.start >= self.end]
        for cue in reversed(before):
            if cue.kind == kind and cue.direction != "backward":
                return cue
            if cue.kind in ("stop", "exception") and cue.direction != "backward" and kind != "exception":
                break
        for cue in after:
            if cue.kind == kind and cue.direction != "forward":
                return cue
            if cue.kind in ("stop", "exception"):
                break
        return None

    @cached_property
    def is_negated(self) -> bool:
        """Whether the sentence itself denies it: no, not, without, never, naive, free of."""
        return self._near("negation") is not None

    @cached_property
    def is_ruled_out(self) -> bool:
        """Whether the sentence says that it rules out ("are excluded", "not eligible"), wherever it stands."""
        return self._near("bar") is not None

    @cached_property
    def is_barred(self) -> bool:
        """Whether having it rules a person out: an exclusion, a negated demand, "none of the following"."""
        if self.is_ruled_out:
            return True
        headers = self.sentence.headers if isinstance(self.sentence, Sentence) else ()
        is_exclusion = isinstance(self.sentence, Sentence) and self.sentence.is_exclusion
        turns = sum(header_negates(header) for header in headers) + self.is_negated
        if is_exclusion and any(header_negates(header) for header in headers):
            turns -= 1  # "excluded are patients with any of:" under Exclusion says it once more
        return is_exclusion != (turns % 2 == 1)

    @cached_property
    def is_optional(self) -> bool:
        """Whether the words allow it: allowed, permitted, eligible, not required, may have."""
        return not self.is_ruled_out and self._near("option") is not None

    @cached_property
    def exception(self) -> tuple[int, int] | None:
        """The span, in the sentence, of an exception that follows or holds the mention."""
        for cue in find_cues(self.sentence):
            if cue.kind == "exception":
                return cue.start, len(self.sentence.body)
        return None

    @property
    def has_exception(self) -> bool:
        """Whether the sentence makes an exception after the mention."""
        return self.exception is not None and self.exception[0] >= self.end

    @property
    def is_in_exception(self) -> bool:
        """Whether the mention stands inside the exception."""
        return self.exception is not None and self.exception[0] < self.start

    @cached_property
    def setting(self) -> Setting:
        """The disease setting that the sentence (or its headers) names, nearest first."""
        kinds: list[tuple[int, Setting]] = [
            (max(cue.start - self.end, self.start - cue.end, 0), "metastatic" if cue.kind == "metastatic" else "early")
            for cue in find_cues(self.sentence)
            if cue.kind in ("metastatic", "early")
        ]
        if kinds:
            return min(kinds)[1]
        headers = self.sentence.headers if isinstance(self.sentence, Sentence) else ()
        for header in reversed(headers):
            for cue in find_cues(header):
                if cue.kind in ("metastatic", "early"):
                    return "metastatic" if cue.kind == "metastatic" else "early"
        return "any"

    @cached_property
    def window(self) -> str | None:
        """A time limit in the sentence's own words ("within 4 weeks"), None where it has none."""
        match = _WINDOW.search(self.sentence.lower)
        return self.sentence.body[match.start() : match.end()].strip() if match else None

    @cached_property
    def is_concurrent(self) -> bool:
        """Whether it is about treatment at the same time, not before."""
        return self._near("concurrent") is not None

    @cached_property
    def is_study_treatment(self) -> bool:
        """Whether it is the treatment under study, or planned."""
        return self._near("study") is not None


def scope(sentence: Sentence | FieldText, start: int, end: int) -> Scope:
    """The scope of a mention at `start:end` of the sentence's body."""
    return Scope(sentence, start, end)
