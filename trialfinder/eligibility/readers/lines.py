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
from trialfinder.eligibility.counted import ANY, CHEMO, ENDOCRINE
from trialfinder.eligibility.counts import Count, counts_of
from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.history import History, any_of, history_of
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.line_limits import COUNTED, merged
from trialfinder.eligibility.line_statements import limits_of_statements
from trialfinder.eligibility.ordinals import ordinals_of
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary

KEYS = (CHEMO, ENDOCRINE, ANY)
WORDS = re.compile(r"\blines?\b|regimen|first-line|second-line|standard therap|pre-?treated|untreated|na[iï]ve")
_FAILED = "lines.standard_failed"
_MAYBE_LINES = re.compile(
    r"line|regime|course|therap|treatment|chemo|standard|available|approved|conventional|existing|effective|refractory"
    r"|relaps|treated|option|na[iï]ve|diagnosed|\dl"
)
_MAYBE_STUCK = re.compile(
    r"standard|available|approved|conventional|existing|effective|satisf|acceptable|refractory|resistant|treated|option"
    r"|alternativ|appropriate|proven|establish|suitable|life-prolong|beneficial|further|relapsed|amenable|prior|previous"
)
_MAYBE_NEW = re.compile(r"untreated|na[iï]ve|diagnosed")
_OF_A_KIND = re.compile(r" (?:with|using|consisting of|containing)\b")
_OF_A_KIND_ONLY = re.compile(r"\b(?!and |or |are |is |be )[a-z/0-9-]+[ -]$(?<!previously )(?<!with )(?<!have )")
_WAIVED = re.compile(r"\bunless\b|\bexcept\b|refus|declin|first[- ]line|also eligible")
_OR_END = re.compile(r"\bor\W*$")
_SOON_BACK = re.compile(r"\b(?:relaps|recur|progress)\w* (?:within|in less|during|while|≤|<)")
_LATER = re.compile(r"maintenance|second|subsequent|\bafter\b|follow")
_NEAR = 40  # characters between a failure and the standard therapy that failed


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The most permissive of the limits, for each kind of line."""
    found = list(_all_counts(history_of(study, vocabulary)))
    if not any(not count.is_limited or count.rule == "lines.counted" for count in found):
        found = list(_title_counts(study))
    for key in KEYS:
        yield _fact(key, *merged(key, found))


def _fact(key: str, low: float | None, high: float | None, counts: Sequence[Count]) -> Fact:
    chosen = [
        count
        for count in counts
        if (low is not None and count.minimum == low) or (high is not None and count.maximum == high)
    ]
    low, high = _whole(low), _whole(high)
    return Fact(key, (low, high), tuple(_demand(count) for count in chosen) if (low, high) != (None, None) else ())


def _whole(number: float | None) -> float | None:
    """Lines are whole things."""
    return None if number is None else int(number)


def _demand(count: Count) -> Demand:
    value = _whole(count.maximum if count.maximum is not None else count.minimum)
    evidence = count.sentence.evidence(None, None, value, count.rule)
    return Demand((), (evidence,), count.setting, minimum=_whole(count.minimum), maximum=_whole(count.maximum))


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
        if _MAYBE_STUCK.search(field.lower):
            counts += (count for clause in clauses_of(field) for count in _in_words(clause) if count.rule == _FAILED)
    return [_beside_alternatives(count, counts, history) for count in counts]


def _of_sentence(sentence: Sentence, history: History) -> Iterator[Count]:
    """The limits that a sentence of the criteria puts in numbers, by ordinals or in words."""
    if not _MAYBE_LINES.search(sentence.lower) or history.is_of_other_tumour(sentence.criterion):
        return
    clauses, _ = history.parts(sentence)
    earlier: list[str] = []
    for index, clause in enumerate(clauses):
        counts = list(counts_of(clause, history.therapies, earlier))
        if not counts and not sentence.is_exclusion:
            counts = [*_in_words(clause), *ordinals_of(clause, history.therapies)]
        is_waived = any(count.minimum is not None for count in counts) and _has_way_round(clauses, index)
        yield from (replace(count, minimum=None) if is_waived else count for count in counts)


def _has_way_round(clauses: Sequence[Clause], index: int) -> bool:
    """Whether a neighbouring clause lets people in instead ("or relapsed within 12 months of adjuvant therapy")."""
    beside = [clauses[index + 1]] if index + 1 < len(clauses) and _OR_END.search(clauses[index].lower) else []
    if index and _OR_END.search(clauses[index - 1].lower):
        beside.append(clauses[index - 1])
    return any(clause.has("early") or _SOON_BACK.search(clause.lower, clause.start) for clause in beside)


def _beside_alternatives(count: Count, counts: Sequence[Count], history: History) -> Count:
    """A limit that holds for one of several alternatives only is none, but for standard therapy that has failed."""
    criterion = count.criterion
    if criterion is None or criterion.is_exclusion or count.rule == _FAILED:
        return count
    if any_of(criterion) is None and len(criterion.sentences) > 1:
        return count  # the "or" at its end or beginning is not the sentence's own
    for other in history.alternatives(criterion):
        same = [item for item in counts if item.criterion is other and item.kind == count.kind]
        least = count.minimum if any(item.minimum is not None for item in same) else None
        most = count.maximum if any(item.maximum is not None for item in same) else None
        count = replace(count, minimum=least, maximum=most)
    return count


def _in_words(clause: Clause) -> Iterator[Count]:
    """Standard therapy that has failed, disease not treated yet."""
    if _MAYBE_STUCK.search(clause.lower) and _has_failed_standard(clause):
        yield Count(ANY, 1, None, clause.sentence, is_limited(clause, clause.start), _FAILED)
    elif _MAYBE_NEW.search(clause.lower) and _is_untreated(clause):
        yield Count(ANY, None, 0, clause.sentence, is_limited(clause, clause.start), "lines.untreated")


def _is_untreated(clause: Clause) -> bool:
    """Whether advanced disease has had no treatment at all, and not only none of one kind."""
    if clause.has("free") or clause.has("failed"):
        return False
    return any(not _OF_A_KIND_ONLY.search(clause.lower, clause.start, span[0]) for span in clause.spans("untreated"))


def _has_failed_standard(clause: Clause) -> bool:
    """Whether standard therapy has failed or none is left, without a way round it."""
    if _WAIVED.search(clause.sentence.lower):
        return False
    is_stuck = any("curative" not in clause.lower[span[0] : span[1] + 40] for span in clause.spans("stuck"))
    if not is_stuck and not _standard_after_failure(clause):
        return False
    whole = clause.sentence.lower if clause.is_aside else clause.lower
    return not (clause.cues.spans("unfit", whole) or clause.has("concurrent") or clause.has("early"))


def _standard_after_failure(clause: Clause) -> bool:
    failed = clause.spans("failed")
    standard = [span for span in clause.spans("standard") if not _OF_A_KIND.match(clause.lower, span[1])]
    return any(0 <= right[0] - left[1] <= _NEAR for left in failed for right in standard)


def _title_counts(study: StudyText) -> Iterator[Count]:
    for title in study.titles:
        for clause in clauses_of(title):
            if clause.has("first_line_had") or _LATER.search(clause.lower):
                continue
            if clause.has("first_line") or clause.has("untreated"):
                yield Count(ANY, None, 0, title, is_limited=False, rule="lines.title")
            elif clause.has("stuck"):
                yield Count(ANY, 1, None, title, is_limited=False, rule="lines.title")
