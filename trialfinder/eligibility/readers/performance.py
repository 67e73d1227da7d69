"""The worst performance status with which a person may enter, on the ECOG scale.

"ECOG performance status 0 or 1": 1. Under Exclusion, "Zubrod score > 2": 2. Where no such scale is named,
Karnofsky is turned into it: "KPS of at least 70 %" is 2.

Not read: "adequate performance status". It names no number. The scale and its match with Karnofsky are those of
Oken et al. 1982 (Am J Clin Oncol 5:649); the reading guide puts Karnofsky 60 and 70 at 2, 80 at 1, 90 at 0.
"""

from collections.abc import Iterator
from itertools import islice
from math import ceil

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.mentions import sentences_with
from trialfinder.eligibility.quantities import NumberRange, find_ranges
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.wordings import Wordings, load_wordings

KEYS = ("ecog_max",)

_REACH = 110  # letters between a scale's name and its number
_MOST_NAMES = 6  # names of the scale that are looked at in a sentence
_KARNOFSKY = ((90, 0), (80, 1), (50, 2), (30, 3))
_Read = tuple[Sentence, int, str]


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The most permissive limit that the study names, if it holds for everybody."""
    del vocabulary
    words = load_wordings("performance")
    touched = sentences_with(study, words.literals("touch_status"))
    told = [item for sentence in touched for item in _read_scale(sentence, words)]
    told = told or [item for sentence in touched for item in _read_karnofsky(sentence, words)]
    told = told or [item for sentence in touched for item in _read_description(sentence, words)]
    if told and holds_for_all(study, [sentence for sentence, _, _ in told]):
        limit = max(limit for _, limit, _ in told)
        evidence = tuple(sentence.evidence(None, None, found, rule) for sentence, found, rule in told)
        yield Fact("ecog_max", limit, (Demand((), evidence, maximum=limit),))


def _text(sentence: Sentence, words: Wordings, scale: str) -> str:
    """The sentence, with its header in front where that names the scale and the sentence does not."""
    lower = sentence.lower
    if not words.has(scale, lower) and sentence.headers and words.has(scale, sentence.headers[-1].lower[-80:]):
        return sentence.headers[-1].lower.rstrip() + " " + lower
    return lower


def _read_scale(sentence: Sentence, words: Wordings) -> Iterator[_Read]:
    plain = _text(sentence, words, "scale").replace("~", "-")
    text = words["worse"].sub(">", words["not_worse"].sub("≤", plain))
    for scale in islice(words["scale"].finditer(text), _MOST_NAMES):
        before, after = text[: scale.start()], text[scale.start() : scale.start() + 2 * _REACH]
        stop = words["karnofsky"].search(after)
        near = after[: stop.start()] if stop else after
        found = _status(near, words) or _first_status(after, words) or _status_before(before, words)
        limit = _worst(found, is_out=sentence.is_exclusion) if found else None
        if found and limit is not None:
            also = words["also"].search(near, found.start)
            yield sentence, int(max(limit, *_digits(also[0])) if also else limit), "ecog.scale"
            return


def _status(after: str, words: Wordings) -> NumberRange | None:
    """The first status behind the name of the scale."""
    return next((found for found in find_ranges(after[: _REACH + 20]) if _is_status(found, after, words)), None)


def _first_status(after: str, words: Wordings) -> NumberRange | None:
    """The first number behind the name of the scale, where it is a status."""
    found = next(iter(find_ranges(after[: _REACH + 20])), None)
    return found if found and _is_status(found, after, words) else None


def _status_before(before: str, words: Wordings) -> NumberRange | None:
    """A status that stands right before the name of the scale: "a rating of 2 on the ECOG scale"."""
    told = words["rated"].search(before)
    return next(iter(find_ranges(told[0])), None) if told else None


def _digits(text: str) -> list[float]:
    return [float(char) for char in text if char in "01234"]


def _is_status(found: NumberRange, text: str, words: Wordings) -> bool:
    highest = max(value for value in (found.minimum, found.maximum, 0) if value is not None)
    return highest <= 5 and found.start <= _REACH and not words["unit"].match(text, found.end)


def _worst(found: NumberRange, *, is_out: bool) -> float | None:
    """The worst status that is still let in."""
    if is_out and found.minimum:
        return found.minimum - 1
    if found.maximum is None:
        return None
    return found.maximum if not is_out or found.minimum == 0 else None


def _read_karnofsky(sentence: Sentence, words: Wordings) -> Iterator[_Read]:
    text = _text(sentence, words, "karnofsky")
    scale = words["karnofsky"].search(text)
    if scale is None:
        return
    for found in find_ranges(text[scale.start() : scale.start() + _REACH]):
        low = found.minimum
        if sentence.is_exclusion and found.maximum is not None:
            low = found.maximum + 1
        if low is not None and 20 <= low <= 101:
            limit = next((status for score, status in _KARNOFSKY if ceil(low / 10) * 10 >= score), 4)
            yield sentence, limit, "ecog.karnofsky"
            return


def _read_description(sentence: Sentence, words: Wordings) -> Iterator[_Read]:
    """A status told in the words of the scale: the most that a person is able to do."""
    if not sentence.is_exclusion and words.has("light_work", sentence.lower):
        yield sentence, 1, "ecog.description"
