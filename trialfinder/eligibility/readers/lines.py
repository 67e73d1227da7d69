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
from trialfinder.eligibility.counts import ANY, CHEMO, ENDOCRINE, KIND_OF, Count, counts_of, ordinals_of
from trialfinder.eligibility.history import History, history_of
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.named import SYSTEMIC
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary

KEYS = (CHEMO, ENDOCRINE, ANY)
WORDS = re.compile(r"\blines?\b|regimen|first-line|second-line|standard therap|pre-?treated|untreated|na[iï]ve")
_STANDARD = re.compile(
    r"standard|available|approved|conventional|existing|effective|refractory|relapsed|treated|option"
)


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The most permissive of the limits, for each kind of line."""
    found = list(_all_counts(history_of(study, vocabulary)))
    counts = [count for count in found if not count.is_limited] + list(_of_all_cohorts(found))
    if not any(count.kind in KEYS for count in counts):
        counts = list(_title_counts(study))
    counts = [_raised(count, counts) for count in counts]
    for key in KEYS:
        yield _fact(key, [count for count in counts if count.kind == key])


def _raised(count: Count, counts: Sequence[Count]) -> Count:
    """No line of any kind, "but one of endocrine therapy is allowed", is one line of any kind."""
    if count.kind != ANY or count.maximum is None:
        return count
    beside = (other for other in counts if other.sentence is count.sentence and other.maximum is not None)
    return replace(count, maximum=max(other.maximum or 0 for other in beside))


def _of_all_cohorts(found: Sequence[Count]) -> Iterator[Count]:
    """The limits of cohorts, where several cohorts have one and nothing says that it does not hold."""
    for kind in KEYS:
        limited = [
            count for count in found if count.kind == kind and count.is_limited and count.rule == "lines.counted"
        ]
        if len({count.cohort for count in limited}) > 1 and not any(
            count.kind == kind and not count.is_limited for count in found
        ):
            yield from limited


def _fact(key: str, counts: Sequence[Count]) -> Fact:
    lows = [count for count in counts if count.minimum is not None]
    if any(count.rule == "lines.counted" for count in lows):
        lows = [count for count in lows if count.rule == "lines.counted"]
    highs = [count for count in counts if count.maximum is not None]
    low = min((count.minimum for count in lows if count.minimum is not None), default=None)
    high = max((count.maximum for count in highs if count.maximum is not None), default=None)
    if low is not None and high is not None and low > high:
        low = None
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


def _all_counts(history: History) -> Iterator[Count]:
    for statement in history.statements:
        yield from _from_statement(statement)
    yield from _all_kinds_barred(history.statements)
    for sentence in history.sentences:
        if history.is_of_other_tumour(sentence.criterion):
            continue
        clauses, _ = history.parts(sentence)
        for clause in clauses:
            counted = list(counts_of([clause], history.therapies))
            yield from counted
            if not counted and not sentence.is_exclusion:
                yield from _from_clauses([clause])
                yield from ordinals_of(clause, history.therapies)
    for sentence in history.summary:
        if _STANDARD.search(sentence.lower):
            yield from (
                count for count in _from_clauses(history.parts(sentence)[0]) if count.rule == "lines.standard_failed"
            )


def _from_statement(statement: Statement) -> Iterator[Count]:
    """A ban on a kind of treatment is a limit of none; a demand for one in the metastatic setting is at least one."""
    kind = ANY if statement.id == SYSTEMIC else KIND_OF.get(statement.id)
    if kind is None or statement.is_counted or statement.is_of_length or statement.setting == "early":
        return
    if "also eligible" in statement.clause.sentence.lower:
        return
    sentence, limited = statement.clause.sentence, statement.is_limited
    if statement.polarity == "barred" and not statement.is_failed:
        yield Count(kind, None, 0, sentence, limited, "lines.none_before", setting=statement.setting)
    elif statement.polarity == "demanded" and _is_for_metastatic(statement, kind):
        yield Count(kind, 1, None, sentence, limited, "lines.had_before")


def _is_for_metastatic(statement: Statement, kind: str) -> bool:
    """Whether a therapy was had for advanced disease."""
    is_advanced = statement.setting == "metastatic" or (kind == ANY and statement.is_failed)
    return is_advanced and not statement.clause.has("early")


def _all_kinds_barred(statements: Sequence[Statement]) -> Iterator[Count]:
    """Chemotherapy, hormonal and targeted therapy ruled out side by side leave nothing that is allowed."""
    for item in statements:
        beside = {other.id for other in statements if other.clause is item.clause and other.polarity == "barred"}
        is_both = KIND_OF.get(item.id) == CHEMO and any(KIND_OF.get(id_) == ENDOCRINE for id_ in beside)
        if is_both and item.clause.has("targeted") and item.setting != "early":
            yield Count(ANY, None, 0, item.clause.sentence, item.is_limited, "lines.all_kinds_barred")


def _from_clauses(clauses: Iterable[Clause]) -> Iterator[Count]:
    """Standard therapy that has failed, disease not treated yet, lines named by their ordinal."""
    for clause in clauses:
        found = _limits_of(clause) if _NO_NUMBER.search(clause.lower) else None
        if found:
            yield Count(ANY, *found[:2], clause.sentence, is_limited(clause, clause.start), found[2])


_NO_NUMBER = re.compile(
    r"standard|available|approved|conventional|existing|effective|refractory|relaps|treated|option|line|na[iï]ve|diagnosed|exhaust|fail|progress"
)


def _limits_of(clause: Clause) -> tuple[float | None, float | None, str] | None:
    if _has_failed_standard(clause):
        return 1, None, "lines.standard_failed"
    if "line" in clause.lower and clause.has("first_line_had") and not clause.has("free") and not clause.has("early"):
        return 1, None, "lines.first_line_had"
    if (
        _MAYBE_NEW.search(clause.lower)
        and clause.has("untreated")
        and not clause.has("free")
        and not clause.has("failed")
    ):
        return None, 0, "lines.untreated"
    return None


_MAYBE_NEW = re.compile(r"untreated|na[iï]ve|diagnosed")
_OF_A_KIND = re.compile(r" (?:with|using|consisting of|containing)\b")
_WAIVED = re.compile(r"\bunless\b|\bexcept\b|refus|declin|first[- ]line|also eligible")
_MAYBE_STUCK = re.compile(
    r"standard|available|approved|conventional|existing|effective|satisfactory|acceptable|refractory|resistant|relaps|treated|option|therap|treatment"
)


def _has_failed_standard(clause: Clause) -> bool:
    """Whether standard therapy has failed or none is left, without a way round it."""
    if not _MAYBE_STUCK.search(clause.lower) or _WAIVED.search(clause.sentence.lower):
        return False
    is_stuck = any("curative" not in clause.lower[span[0] : span[1] + 40] for span in clause.spans("stuck"))
    if not is_stuck and not _standard_after_failure(clause):
        return False
    return not (clause.has("unfit") or clause.has("concurrent") or clause.has("early"))


def _standard_after_failure(clause: Clause) -> bool:
    failed = clause.spans("failed")
    standard = [span for span in clause.spans("standard") if not _OF_A_KIND.match(clause.lower, span[1])]
    return any(0 <= right[0] - left[1] <= 40 for left in failed for right in standard)


_LATER = re.compile(r"maintenance|second|subsequent|\bafter\b|follow")


def _title_counts(study: StudyText) -> Iterator[Count]:
    for title in study.titles:
        for clause in clauses_of(title):
            if clause.has("first_line_had") or _LATER.search(clause.lower):
                continue
            if clause.has("first_line") or clause.has("untreated"):
                yield Count(ANY, None, 0, title, is_limited=False, rule="lines.title")
            elif clause.has("stuck"):
                yield Count(ANY, 1, None, title, is_limited=False, rule="lines.title")
