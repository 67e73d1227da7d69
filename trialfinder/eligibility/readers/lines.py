"""How many earlier treatment lines for advanced disease: `chemo_`, `endocrine_` and `any_lines_metastatic`.

"No more than two prior chemotherapy regimens for metastatic disease" gives chemotherapy at most 2; "progressed on
all standard therapies" gives any line at least 1. Deliberately not read: "no chemotherapy within 4 weeks", because a
washout counts nothing; limits on treatment of early disease only. Of several limits the most permissive counts.
No threshold is ours: every number stands in the text, but for 1 line where standard therapy has failed (the guide).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trialfinder.eligibility.clauses import Clause, clauses_of
from trialfinder.eligibility.counted import ANY, CHEMO, ENDOCRINE, may_count
from trialfinder.eligibility.counts import Count, counts_of
from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.history import History, any_of, history_of, may_be_declined
from trialfinder.eligibility.line_limits import COUNTED, merged
from trialfinder.eligibility.line_statements import limits_of_statements
from trialfinder.eligibility.line_words import (
    FAILED,
    limits_in_words,
    limits_of_titles,
    may_be_in_words,
    may_have_failed,
)
from trialfinder.eligibility.ordinals import may_name_a_line, ordinals_of
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.sections import cohort_of
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

KEYS = (CHEMO, ENDOCRINE, ANY)
_FRAMES = load_wordings("treatment_frames")
_WHOSE = _FRAMES["whose_disease"]
_MUST = re.compile(r"\b(?:must|should|need|required|if|only|eligible)\b")
_OR_END = re.compile(r"\bor\W*$")
_OR_BACK = _FRAMES["or_came_back_early"]
_CURE_OR = _FRAMES["incurable_or"]
_MAY_HAVE_BEEN = _FRAMES["first_line_may_be"]
_NOW_ON = _FRAMES["line_under_way"]
_SOON_BACK = re.compile(r"\b(?:relaps|recur|progress)\w* (?:within|in less|during|while|≤|<)")


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The most permissive of the limits, for each kind of line."""
    every = _all_counts(history_of(study, vocabulary))
    found = [count for count in every if (count.minimum, count.maximum) != (None, None)]
    if not any(not count.is_limited or count.rule == COUNTED for count in found):
        found = list(limits_of_titles(study))
    for key in KEYS:
        yield _fact(study, key, *merged(key, found))


def _fact(study: StudyText, key: str, low: float | None, high: float | None, counts: Sequence[Count]) -> Fact:
    chosen = [
        count
        for count in counts
        if (low is not None and count.minimum == low) or (high is not None and count.maximum == high)
    ]
    limits = _whole(low), _whole(high)
    is_open = any(count.is_conditional for count in chosen) or _is_of_one_part(study, chosen)
    demands = (replace(_demand(count, *limits), is_conditional=is_open) for count in chosen)
    return Fact(key, limits, tuple(demands) if limits != (None, None) else ())


def _is_of_one_part(study: StudyText, counts: Sequence[Count]) -> bool:
    """Whether only one part of the study has these limits; titles and summaries speak for all of it."""
    criteria = [count.sentence for count in counts if isinstance(count.sentence, Sentence)]
    return bool(counts) and len(criteria) == len(counts) and not holds_for_all(study, criteria)


def _whole(number: float | None) -> float | None:
    """Lines are whole things."""
    return None if number is None else int(number)


def _demand(count: Count, low: float | None, high: float | None) -> Demand:
    """What a sentence demands, but for a limit that another sentence makes wider."""
    value = _whole(count.maximum if count.maximum is not None else count.minimum)
    evidence = count.sentence.evidence(None, None, value, count.rule)
    minimum = low if count.minimum == low else None
    maximum = high if count.maximum == high else None
    return Demand((), (evidence,), count.setting, minimum=minimum, maximum=maximum)


def _all_counts(history: History) -> list[Count]:
    counts = [count for sentence in history.sentences for count in _of_sentence(sentence, history)]
    numbered = [count for count in counts if count.rule in (COUNTED, "lines.ordinal_had")]
    counted = {(id(count.sentence), kind) for count in numbered for kind in (count.kind, ANY)}
    counts += (
        count
        for count in limits_of_statements(history)
        if count.rule != "lines.had_before" or (id(count.sentence), count.kind) not in counted
    )
    for field in history.summary:
        if may_have_failed(field.lower):
            told = (count for clause in clauses_of(field) for count in limits_in_words(clause, history.therapies))
            counts += (count for count in told if count.rule == FAILED)
    is_early_counted = any(_counts_early(sentence) for sentence in history.sentences)
    told = (_beside_alternatives(_for_its_people(count, history), counts, history) for count in counts)
    return [replace(count, is_conditional=_is_open(count, is_early=is_early_counted)) for count in told]


def _is_open(count: Count, *, is_early: bool) -> bool:
    """Whether who is beyond a limit may enter: there is another way in, early treatment counts, a line is under way."""
    if count.maximum is not None and _NOW_ON.search(count.sentence.lower):
        return True
    return count.minimum is not None and (is_early or _CURE_OR.search(count.sentence.lower) is not None)


def _counts_early(sentence: Sentence) -> bool:
    """Whether it says that the first line may have been treatment of early disease."""
    if "adjuvant" not in sentence.lower:
        return False
    said = (sentence, *sentence.headers[-1:])
    return any(_MAY_HAVE_BEEN.search(passage.lower) is not None for passage in said)


def _for_its_people(count: Count, history: History) -> Count:
    """A limit in the sentence that says whom the study is for ("patients with TNBC who have had ...") holds for all."""
    criterion, lower = count.criterion, count.sentence.lower
    if not count.is_limited or count.cohort or criterion is None or criterion.is_exclusion:
        return count
    if not _WHOSE.search(lower) or _MUST.search(lower) or criterion.cohort or cohort_of(count.sentence.body):
        return count
    cues = load_treatment_cues()
    others = (item for item in history.sentences if item is not count.sentence and not item.is_exclusion)
    return count if any(cues.spans("subgroup", item.lower) for item in others) else replace(count, is_limited=False)


def _of_sentence(sentence: Sentence, history: History) -> Iterator[Count]:
    """The limits that a sentence of the criteria puts in numbers, by ordinals or in words."""
    if not _may_limit(sentence) or history.is_of_other_tumour(sentence.criterion):
        return
    clauses, _ = history.parts(sentence)
    is_declined = may_be_declined(sentence.headers)
    earlier: list[str] = []
    for index, clause in enumerate(clauses):
        counts = list(counts_of(clause, history.therapies, earlier))
        if not counts and not sentence.is_exclusion:
            counts = [*limits_in_words(clause, history.therapies), *ordinals_of(clause, history.therapies)]
        is_waived = any(count.minimum is not None for count in counts) and (
            is_declined or _has_way_round(clauses, index)
        )
        yield from (replace(count, minimum=None) if is_waived else count for count in counts)


def _may_limit(sentence: Sentence) -> bool:
    """A quick look: whether a sentence may name a number of lines, a line, failed or missing treatment."""
    lower = sentence.lower
    if may_count(lower):
        return True
    is_told = not sentence.is_exclusion and (may_name_a_line(lower) or may_be_in_words(lower))
    return bool(is_told)


def _has_way_round(clauses: Sequence[Clause], index: int) -> bool:
    """Whether other words let people in instead ("or relapsed within 12 months of adjuvant therapy")."""
    if _OR_BACK.search(clauses[index].lower, clauses[index].start):
        return True
    beside = [clauses[index + 1]] if index + 1 < len(clauses) and _OR_END.search(clauses[index].lower) else []
    if index and _OR_END.search(clauses[index - 1].lower):
        beside.append(clauses[index - 1])
    return any(clause.has("early") or _SOON_BACK.search(clause.lower, clause.start) for clause in beside)


def _beside_alternatives(count: Count, counts: Sequence[Count], history: History) -> Count:
    """A limit that holds for one of several alternatives only is none, but for standard therapy that has failed."""
    criterion = count.criterion
    if criterion is None or criterion.is_exclusion or count.rule == FAILED:
        return count
    if any_of(criterion) is None and len(criterion.sentences) > 1:
        return count  # the "or" at its end or beginning is not the sentence's own
    for other in history.alternatives(criterion):
        same = [item for item in counts if item.criterion is other and item.kind == count.kind]
        least = count.minimum if any(item.minimum is not None for item in same) else None
        most = count.maximum if any(item.maximum is not None for item in same) else None
        count = replace(count, minimum=least, maximum=most)
    return count
