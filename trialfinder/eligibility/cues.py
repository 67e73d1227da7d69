"""The scope of a mention: is it negated, ruled out, excepted."""

from dataclasses import dataclass
from functools import cached_property

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.cues import CueKind, CueMatch


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


def scope(sentence: Sentence | FieldText, start: int, end: int) -> Scope:
    """The scope of a mention at `start:end` of the sentence's body."""
    return Scope(sentence, start, end)
