"""The sentences of a study that can speak of something at all, found without looking at the others."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.study_text import StudyText

# How much of an overlong sentence is looked at around a mention.
_BEFORE, _AFTER = 500, 700
_starts: WeakKeyDictionary[StudyText, list[int]] = WeakKeyDictionary()


def sentences_with(study: StudyText, literals: Iterable[str]) -> list[Sentence]:
    """The criteria's sentences, in order, that hold one of the texts, or stand right under a header that does."""
    sentences = study.sentences
    if not sentences:
        return []
    starts = _starts.get(study)
    if starts is None:
        starts = _starts[study] = [sentence.start for sentence in sentences]
    held = {bisect_right(starts, place) - 1 for place in _places(sentences[0].text.lower, literals)}
    criteria = {sentences[index].criterion for index in held}
    return [
        sentence
        for index, sentence in enumerate(sentences)
        if index in held or (sentence.headers and sentence.headers[-1] in criteria)
    ]


def _places(lower: str, literals: Iterable[str]) -> Iterator[int]:
    for literal in literals:
        place = lower.find(literal)
        while place >= 0:
            yield place
            place = lower.find(literal, place + 1)


def window(lower: str, start: int, end: int) -> tuple[str, int, int]:
    """A sentence as it is, or, of an overlong one, what stands around a mention; with the mention's place in it."""
    if len(lower) <= _BEFORE + _AFTER:
        return lower, start, end
    first = max(0, start - _BEFORE)
    return lower[first : end + _AFTER], start - first, end - first
