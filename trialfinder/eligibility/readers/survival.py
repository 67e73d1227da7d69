"""The shortest life expectancy demanded, in months.

"Life expectancy of at least 12 weeks": 3. Under Exclusion, "expected survival of less than 3 months": 3.

Not read: "life expectancy limited to less than a year by another illness". It asks about the other illness.
Weeks are turned into months at four to the month up to 16, by the calendar beyond, as the reading guide does.
"""

from collections.abc import Iterator
from math import floor

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.mentions import sentences_with
from trialfinder.eligibility.quantities import Duration, find_durations
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.wordings import load_wordings

KEYS = ("life_expectancy_min_months",)

_AFTER = 90  # letters between the words and the time
_BEFORE = 40
_WEEKS_IN_MONTH = 52.18 / 12


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The most permissive of the study's demands, if it holds for everybody."""
    del vocabulary
    touched = sentences_with(study, load_wordings("performance").literals("touch_survival"))
    told = [(told, months) for sentence in touched for told, months in _read_sentence(study, sentence)]
    if told and holds_for_all(study, [sentence for sentence, _ in told]):
        months = min(found for _, found in told)
        evidence = tuple(sentence.evidence(None, None, found, "life_expectancy.demanded") for sentence, found in told)
        yield Fact(KEYS[0], months, (Demand((), evidence, minimum=months),))


def _read_sentence(study: StudyText, sentence: Sentence) -> Iterator[tuple[Sentence, int]]:
    words = load_wordings("performance")
    lower = sentence.lower
    header = sentence.headers[-1].lower if sentence.headers else ""
    named = words["survival"].search(lower)
    start, end = named.span() if named else (0, 0)
    if (not named and not words.has("survival", header[-60:])) or words.has("other_illness", lower):
        return
    after = find_durations(lower[end : end + _AFTER])
    before = find_durations(lower[max(0, start - _BEFORE) : start])
    found = after[0] if after else before[-1] if before else None
    if found:
        yield sentence, _months(found)
    elif named and words.has("survival_heading", lower):
        yield from _read_line_below(study, sentence)


def _read_line_below(study: StudyText, heading: Sentence) -> Iterator[tuple[Sentence, int]]:
    """The time on the line under a heading that nothing marks as one."""
    below = next((item for item in study.sentences if item.start >= heading.end), None)
    found = find_durations(below.lower[:_BEFORE]) if below else []
    if below and found and not below.headers:
        yield below, _months(found[0])


def _months(duration: Duration) -> int:
    """The duration in whole months, halves up."""
    if duration.unit == "weeks" and duration.number > 16:
        return floor(duration.number / _WEEKS_IN_MONTH + 0.5)
    return floor(duration.months + 0.5)
