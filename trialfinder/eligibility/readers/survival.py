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
    told = [(sentence, found) for sentence in touched if (found := _read_sentence(sentence)) is not None]
    if told and holds_for_all(study, [sentence for sentence, _ in told]):
        months = min(found for _, found in told)
        evidence = tuple(sentence.evidence(None, None, found, "life_expectancy.demanded") for sentence, found in told)
        yield Fact(KEYS[0], months, (Demand((), evidence, minimum=months),))


def _read_sentence(sentence: Sentence) -> float | None:
    words = load_wordings("performance")
    lower = sentence.lower
    header = sentence.headers[-1].lower if sentence.headers else ""
    named = words["survival"].search(lower)
    start, end = named.span() if named else (0, 0)
    if not named and not words.has("survival", header[-60:]):
        return None
    if words.has("other_illness", lower):
        return None
    after = find_durations(lower[end : end + _AFTER])
    before = find_durations(lower[max(0, start - _BEFORE) : start])
    found = after[0] if after else before[-1] if before else None
    return _months(found) if found else None


def _months(duration: Duration) -> float:
    """The duration in whole months, halves up."""
    if duration.unit == "weeks" and duration.number > 16:
        return float(floor(duration.number / _WEEKS_IN_MONTH + 0.5))
    return float(floor(duration.months + 0.5))
