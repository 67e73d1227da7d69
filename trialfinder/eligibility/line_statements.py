"""What is said of earlier treatment without a number, as limits on lines: none before, or at least one."""

import re
from collections.abc import Iterator, Sequence

from trialfinder.eligibility.clauses import Clause
from trialfinder.eligibility.counted import ANY, CHEMO, ENDOCRINE, KIND_OF
from trialfinder.eligibility.counts import Count
from trialfinder.eligibility.history import History
from trialfinder.eligibility.named import SYSTEMIC
from trialfinder.eligibility.treatment import Statement
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_OPERATION = _FRAMES["of_an_operation"]
_EVEN = re.compile(r"\b(?:includ|not count|regardless|such as|even)[^;.]*$")
_HELD = re.compile(r"[^,;.]{0,40}\b(?:that|which)\b[^,;.]{0,20}\b(?:includ|contain|consist)")
_OR_BRACKET = re.compile(r"\(\s*(?:and/)?or\b[^()]*$")
_SPARED_IN_PART = _FRAMES["spared_in_part"]
_BESIDE = 45  # characters between an exception and what it spares


def limits_of_statements(history: History) -> Iterator[Count]:
    """The limits on lines that follow from what the criteria demand and bar."""
    statements = history.statements
    for statement in statements:
        yield from _from_statement(statement, history)
    yield from _all_kinds_barred(statements)


def _from_statement(statement: Statement, history: History) -> Iterator[Count]:
    """A ban on a kind of treatment is a limit of none; a demand for one in the metastatic setting is at least one."""
    kind = ANY if statement.id == SYSTEMIC else KIND_OF.get(statement.id)
    if kind is None or statement.is_counted or statement.is_of_length or statement.setting == "early":
        return
    sentence, limited = statement.clause.sentence, statement.is_limited
    if "also eligible" in sentence.lower:
        return
    is_advanced = statement.setting == "metastatic"
    is_bar = statement.polarity == "barred" and not statement.is_failed and not _is_narrow(statement)
    if kind == ANY and (statement.clause.has("not_endocrine") or (is_bar and _spares_endocrine(statement, history))):
        if not is_bar:
            return
        kind = CHEMO
    if is_bar:
        yield Count(
            kind,
            None,
            0,
            sentence,
            limited,
            "lines.none_before",
            is_for_metastatic=is_advanced,
            setting=statement.setting,
        )
    elif statement.polarity == "demanded" and _is_for_metastatic(statement, kind):
        yield Count(kind, 1, None, sentence, limited, "lines.had_before", is_for_metastatic=is_advanced)


def _is_narrow(statement: Statement) -> bool:
    """Whether a ban holds only for some treatment of the kind or for early disease."""
    clause, start, end = statement.clause, statement.start, statement.end
    if any(0 <= start - span[1] <= 1 for span in clause.spans("narrowed")) or _HELD.match(clause.lower, end):
        return True
    return statement.setting == "any" and not clause.has("metastatic") and _is_of_operation(clause)


def _is_of_operation(clause: Clause) -> bool:
    """Whether treatment before or after an operation is meant, and not merely included."""
    return any(
        _OPERATION.search(clause.lower, *span) and not _EVEN.search(clause.lower, clause.start, span[0])
        for span in clause.spans("early")
    ) and not clause.has("exception")


def _spares_endocrine(statement: Statement, history: History) -> bool:
    """Whether a ban on systemic therapy lets endocrine therapy for advanced disease in."""
    sentence = statement.clause.sentence
    if any(
        other.polarity == "admitted" and other.setting != "early" and KIND_OF.get(other.id) == ENDOCRINE
        for other in history.statements
        if other.criterion is statement.criterion
    ):
        return True
    lower = sentence.lower
    exceptions = statement.clause.cues.spans("exception", lower, statement.clause.start)
    spared = [item for item in history.parts(sentence)[1] if KIND_OF.get(item.id) == ENDOCRINE]
    return any(
        0 <= item.start - span[1] <= _BESIDE and not _SPARED_IN_PART.search(lower, span[1], item.end + _BESIDE)
        for span in exceptions
        for item in spared
    )


def _is_for_metastatic(statement: Statement, kind: str) -> bool:
    """Whether a therapy was had for advanced disease, and not as an alternative in brackets."""
    clause = statement.clause
    if clause.has("early") or clause.has("defined") or _OR_BRACKET.search(clause.lower, clause.start, statement.start):
        return False
    return statement.setting == "metastatic" or (kind == ANY and statement.is_failed)


def _all_kinds_barred(statements: Sequence[Statement]) -> Iterator[Count]:
    """Chemotherapy, hormonal and targeted therapy ruled out side by side leave nothing that is allowed."""
    for item in statements:
        beside = {other.id for other in statements if other.clause is item.clause and other.polarity == "barred"}
        is_both = KIND_OF.get(item.id) == CHEMO and any(KIND_OF.get(id_) == ENDOCRINE for id_ in beside)
        if is_both and item.clause.has("targeted") and item.setting != "early" and not _is_narrow(item):
            yield Count(ANY, None, 0, item.clause.sentence, item.is_limited, "lines.all_kinds_barred")
