"""Numbers of treatment lines: which kind of treatment is counted, from how many to how many."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialfinder.eligibility.clauses import Clause, is_in_exclusion, names_other_tumour
from trialfinder.eligibility.counted import (
    ANY,
    CHEMO,
    NOT_ENDOCRINE,
    Counted,
    find_counted,
    has_line_words,
    kinds_of,
)
from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.frames import governing, negation_before
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.sections import cohort_of
from trialfinder.model.facts import Setting
from trialfinder.vocab.therapies import Therapies
from trialfinder.vocab.wordings import load_wordings

Limits = tuple[float | None, float | None]

_FRAMES = load_wordings("treatment_frames")
_CONTAINING = re.compile(r"contain|includ")
_ONLY = re.compile(r"\b(?:only|exactly|single|precisely)\b")
_BARE = re.compile(r"[\W\d]*")
_LINE = re.compile(r"\blines?\b")
_PRIOR = re.compile(r"prior|previous")
_RECENTLY = re.compile(r"within|in the|during the|over the|≤|<")
_COUNTS_EARLY = re.compile(r"\b(?:includ|count|not |exclud|regardless|any setting)")
_ANY_SETTING = _FRAMES["any_setting"]
_ADJUVANT = _FRAMES["early_treatment"]
_RECKONED = re.compile(r"count|consider|regard|deem")
_STOP = re.compile(r"[;.()]|, and ")
_BRACKETS = re.compile(r"\([^()]*\)")
_HOW = re.compile(r"count|consider|regard|\bif\b|than|allow|permit|includ|exclud")
_AT_MOST = re.compile(r"[\w -]{0,30}\b(?:at (?:most|maximum)|maximum|or (?:less|fewer))\b")
_OR = re.compile(r"\b(?:or|and/or)\b|(?<=[a-z])/(?=[a-z])")
_ONE_OF_THESE = re.compile(
    r"(?:one|1) (?:or more )?of (?:these|which|the|them)\b[^.;]{0,60}\b(?:given|administered|received|been|for|in)\b"
)
_NEAR = 60  # characters between "counts as" and the number it reckons with
_BESIDE = 25  # characters between what is counted and "is not counted"


@dataclass(frozen=True)
class Count:
    """A limit on lines of a kind, and where it stands. `cohort` is whose limit it is, where it is limited.

    `setting` is `any` where the text does not say for which disease the lines were: then early ones may count.
    """

    kind: str
    minimum: float | None
    maximum: float | None
    sentence: Sentence | FieldText
    is_limited: bool
    rule: str
    cohort: str | None = None
    is_for_metastatic: bool = False  # the words beside it name advanced disease
    setting: Setting = "metastatic"
    is_conditional: bool = False  # there is another way in, or earlier treatment for early disease counts

    @property
    def criterion(self) -> Criterion | None:
        """The criterion it stands in; None in a title or summary."""
        return self.sentence.criterion if isinstance(self.sentence, Sentence) else None


def counts_of(clause: Clause, therapies: Therapies, earlier: list[str]) -> Iterator[Count]:
    """The limits on numbers of lines that a clause names; `earlier` holds the kinds counted before in the sentence."""
    yield from _one_of_these(clause)
    for item in find_counted(clause):
        limits = _limits(clause, item) if _is_about_lines(clause, item) else None
        if limits is None:
            continue
        kinds = kinds_of(clause, item, therapies, earlier)
        earlier += kinds
        limited, cohort = is_limited(clause, item.start), _cohort(clause, item)
        is_advanced = _names_advanced(clause, item)
        setting = _setting(clause, item)
        for kind, low, high in _shared(kinds, limits, clause, item, therapies):
            yield Count(kind, low, high, clause.sentence, limited, "lines.counted", cohort, is_advanced, setting)


def _setting(clause: Clause, item: Counted) -> Setting:
    """The setting named beside what is counted; lines, unlike regimens, are those for advanced disease unless said."""
    if _names_advanced(clause, item) or (_LINE.search(clause.lower, item.start, item.end) and not clause.has("early")):
        return "metastatic"
    return clause.setting_of(item.start, item.end)


def _names_advanced(clause: Clause, item: Counted) -> bool:
    """Whether advanced disease is named right behind what is counted."""
    return any(
        0 <= span[0] - item.end <= _NEAR and not _STOP.search(clause.lower, item.end, span[0])
        for span in clause.spans("metastatic")
    )


def _one_of_these(clause: Clause) -> Iterator[Count]:
    """One at least of what was counted before ("at least one of these regimens was given for metastatic disease")."""
    match = _ONE_OF_THESE.search(clause.lower) if has_line_words(clause) else None
    if match and not is_in_exclusion(clause) and any(match.end() <= span[0] for span in clause.spans("metastatic")):
        kind = CHEMO if "regimen" in clause.lower or "chemo" in clause.lower else ANY
        yield Count(kind, 1, None, clause.sentence, is_limited=False, rule="lines.counted")


def _shared(
    kinds: Sequence[str], limits: Limits, clause: Clause, item: Counted, therapies: Therapies
) -> Iterator[tuple[str, float | None, float | None]]:
    """Each kind with its limits; a minimum of one kind of treatment or another is a minimum of any kind."""
    low, high = limits
    if NOT_ENDOCRINE in kinds:
        kinds, low = [CHEMO], None
    is_choice = len(kinds) > 1 or (kinds and kinds[0] != ANY and item.names_another(clause, therapies))
    if low is not None and is_choice and _OR.search(clause.lower, *item.named):
        yield ANY, low, None
        low = None
    if (low, high) != (None, None):
        yield from ((kind, low, high) for kind in kinds)


def _cohort(clause: Clause, item: Counted) -> str | None:
    """The cohort named beside a number, at the head of the sentence, or above it."""
    body = clause.sentence.body
    beside = cohort_of(body[item.start : min(clause.end, item.start + 110)])
    criterion = clause.sentence.criterion if isinstance(clause.sentence, Sentence) else None
    cohort = beside or cohort_of(body[:80]) or (criterion.cohort if criterion else None)
    return cohort.lower() if cohort else None


def _is_about_lines(clause: Clause, item: Counted) -> bool:
    """Whether lines for advanced disease are counted that were had before, not early, planned or recent ones."""
    if is_reckoning(clause, item.start, item.end) or names_other_tumour(clause.lower, clause.cues):
        return False
    if clause.has("early") and _is_early(clause, item):
        return False
    if any(_RECENTLY.match(clause.lower, span[0]) for span in clause.spans("dated")):
        return False
    is_had = _PRIOR.search(clause.lower, item.start, item.end)
    return bool(is_had) or governing(clause, item.start) not in ("planned", "concurrent")


def is_reckoning(clause: Clause, start: int, end: int) -> bool:
    """Whether a number only says how lines are counted ("counts as one line"), or something else is spoken of."""
    for first, last in clause.spans("count_aside"):
        if not _RECKONED.search(clause.lower, first, last):
            return True
        if last <= start and start - last <= _NEAR and not _STOP.search(clause.lower, last, start):
            return True
        between = clause.lower[end:first]
        if last > start and len(between) <= _BESIDE and "," not in between and not _STOP.search(between):
            return True
    return False


def _is_early(clause: Clause, item: Counted) -> bool:
    """Whether lines for early disease are counted; what brackets say of it tells only how lines are counted."""
    asides = [match.span() for match in _BRACKETS.finditer(clause.lower) if _HOW.search(match[0])]
    if all(
        any(first <= span[0] < last and not first <= item.start < last for first, last in asides)
        for span in clause.spans("early")
    ):
        return False
    if clause.setting_of(item.start, item.end) == "early":
        return True
    return not clause.has("metastatic") and not _COUNTS_EARLY.search(clause.lower)


def _limits(clause: Clause, item: Counted) -> Limits | None:
    """The limits that the clause puts on a person's lines for advanced disease."""
    limits = _stated_limits(clause, item)
    if limits is None or limits[0] is None or not _counts_early_lines(clause, item):
        return limits
    low, high = limits
    return (None, high) if high is not None and (low != high or _ONLY.search(clause.lower)) else None


def _counts_early_lines(clause: Clause, item: Counted) -> bool:
    """Whether lines for early disease are counted as well, so that a minimum asks for none in advanced disease."""
    if _ANY_SETTING.search(clause.lower, item.start):
        return True
    return bool(
        any(_ADJUVANT.search(clause.lower, *span) for span in clause.spans("early"))
        and clause.has("metastatic")
        and clause.setting_of(item.start, item.end) == "any"
        and not _COUNTS_EARLY.search(clause.lower)
    )


def _stated_limits(clause: Clause, item: Counted) -> Limits | None:
    """The limits from the number, the section, negation and permission."""
    low, high = item.minimum or None, item.maximum
    if clause.has("free") and not clause.has("out"):
        return (None, high) if high is not None else None
    if _AT_MOST.match(clause.lower, item.end):
        low = None
    exception = clause.last_before("exception", item.start)
    is_exclusion = is_in_exclusion(clause)
    is_spared = is_exclusion or any(span[0] < exception[0] for span in clause.spans("negation")) if exception else False
    if is_spared and high is not None:
        return None, high
    is_negated = negation_before(clause, item.start) is not None
    if is_exclusion != is_negated or (clause.has("out") and not is_exclusion):
        return _complement(low, high)
    if exception or (clause.has("naive") and high is not None):
        return None, high
    return _plain_limits(clause, item, None if clause.has("waiver") else low, high)


def _plain_limits(clause: Clause, item: Counted, low: float | None, high: float | None) -> Limits | None:
    """The limits as they stand; an exact number that was had or has failed is a minimum, unless it is the only one."""
    if low is None or low != high:
        return (low, high) if (low, high) != (None, None) else None
    if low > 1 and _BARE.fullmatch(clause.lower, clause.start, item.start):
        return None, high  # "4 prior lines of endocrine therapy": nobody asks for just so many
    if _CONTAINING.search(clause.lower):
        return None if clause.has("early") else (low, None)
    return (low, high) if _ONLY.search(clause.lower) or not clause.has("failed") else (low, None)


def _complement(low: float | None, high: float | None) -> Limits | None:
    if low is not None and high is None:
        return None, low - 1
    if high is not None and low is None:
        return high + 1, None
    return None
