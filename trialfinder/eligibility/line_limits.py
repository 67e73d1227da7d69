"""The limits on lines of one kind from all that a study says: the most permissive where cohorts or wordings differ."""

from collections.abc import Sequence
from dataclasses import replace

from trialfinder.eligibility.counted import ANY
from trialfinder.eligibility.counts import Count
from trialfinder.eligibility.criteria import Sentence

COUNTED, NONE_BEFORE = "lines.counted", "lines.none_before"
_DERIVED = ("lines.had_before", "lines.ordinal_had")  # follow from a line of one kind as well
Merged = tuple[float | None, float | None, Sequence[Count]]


def merged(kind: str, found: Sequence[Count]) -> Merged:
    """The least and the most lines of a kind, and the limits that they were taken from."""
    mine = [count for count in found if count.kind == kind]
    counts = [count for count in mine if not count.is_limited] or _of_all_cohorts(mine)
    if kind == ANY:
        counts = [_raised(count, found) for count in counts if not _follows_from_a_kind(count, found)]
    lows = [count for count in counts if count.minimum is not None]
    if any(count.rule == COUNTED for count in lows):
        lows = [count for count in lows if count.rule == COUNTED]
    highs = _less_general([count for count in counts if count.maximum is not None])
    low = min((count.minimum for count in lows if count.minimum is not None), default=None)
    high = max((count.maximum for count in highs if count.maximum is not None), default=None)
    if low is not None and high is not None and low > high:
        low, high = (None, high) if _is_firm(highs, lows) else (low, None)
    return low, high, counts


def _of_all_cohorts(mine: Sequence[Count]) -> list[Count]:
    """The limits of cohorts, where several cohorts have one; a limit that one of them lacks binds nobody."""
    limited = [count for count in mine if count.rule == COUNTED]
    cohorts = {count.cohort for count in limited}
    if len(cohorts) < 2:
        return []
    by_cohort = [[count for count in limited if count.cohort == cohort] for cohort in sorted(map(str, cohorts))]
    is_least = all(any(count.minimum is not None for count in counts) for counts in by_cohort)
    is_most = all(any(count.maximum is not None for count in counts) for counts in by_cohort)
    return [
        replace(count, minimum=count.minimum if is_least else None, maximum=count.maximum if is_most else None)
        for count in limited
    ]


def _raised(count: Count, found: Sequence[Count]) -> Count:
    """No line of any kind, "but one of endocrine therapy is allowed", is one line of any kind."""
    if count.maximum is None:
        return count
    beside = [item.maximum for item in found if item.sentence is count.sentence and item.maximum is not None]
    return replace(count, maximum=max(beside))


def _follows_from_a_kind(count: Count, found: Sequence[Count]) -> bool:
    """Whether it only repeats that some line was had, of which the kind is said elsewhere."""
    return count.rule in _DERIVED and any(
        item.kind != ANY and item.minimum is not None and not item.is_limited for item in found
    )


def _less_general(highs: list[Count]) -> list[Count]:
    """The maxima, without those of any setting beside which a tighter one for advanced disease is said."""
    firm = [count for count in highs if count.is_for_metastatic]
    return [count for count in highs if count in firm or not _is_wider(count, firm)]


def _is_wider(count: Count, firm: Sequence[Count]) -> bool:
    is_exclusion = isinstance(count.sentence, Sentence) and count.sentence.is_exclusion
    return count.rule == COUNTED and any(is_exclusion or count.sentence is item.sentence for item in firm)


def _is_firm(highs: Sequence[Count], lows: Sequence[Count]) -> bool:
    """Whether a maximum outweighs a minimum that it contradicts."""
    if any(count.rule == COUNTED or count.is_for_metastatic for count in highs):
        return True
    return not any(count.rule == COUNTED for count in lows) and any(count.rule != NONE_BEFORE for count in highs)
