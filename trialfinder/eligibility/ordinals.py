"""Treatment lines named by their ordinal: "candidate for second-line therapy", "progressed on first-line therapy"."""

import re
from collections.abc import Iterator

from trialfinder.eligibility.clauses import Clause, is_in_exclusion
from trialfinder.eligibility.counted import ANY, KIND_OF, NOT_ENDOCRINE, Counted, kinds_of, plainly
from trialfinder.eligibility.counts import Count, is_reckoning
from trialfinder.eligibility.frames import governing
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.quantities import NumberRange, find_line_ordinals
from trialfinder.vocab.therapies import Therapies

_SHORT = re.compile(r"\dl\b")
_EXAMPLE = re.compile(r"e\.g|% of|number of (?:patients|subjects|participants)")
_TAIL_END = re.compile(r"[,;.()]| for | in (?!combination)| and must| which| that | who | prior to| before| within|$")
_OR = re.compile(r"\bor\b|/")
_LEAD = 6  # signs before a line that begins a clause
_REACH = 70


def may_name_a_line(lower: str) -> bool:
    """A quick look: whether a text may name a line by its ordinal."""
    return "line" in lower or _SHORT.search(lower) is not None


def ordinals_of(clause: Clause, therapies: Therapies) -> Iterator[Count]:
    """Lines named by their ordinal: those planned or given now say how many went before, those had are so many."""
    if not may_name_a_line(clause.lower) or clause.has("other_disease") or _EXAMPLE.search(clause.lower):
        return
    plain = plainly(clause.lower)
    for found in find_line_ordinals(plain):
        if clause.has("early") or is_reckoning(clause, found.start, found.end):
            continue
        kind = _kind(clause, plain, found, therapies)
        limited = is_limited(clause, found.start)
        if _is_had(clause, found):
            yield Count(kind, _least(clause, found), None, clause.sentence, limited, "lines.ordinal_had")
        elif found.minimum and _is_to_come(clause, found):
            limits = found.minimum - 1 or None, None if found.maximum is None else found.maximum - 1
            if limits != (None, None):
                yield Count(kind, *limits, clause.sentence, limited, "lines.ordinal")


def _least(clause: Clause, found: NumberRange) -> float | None:
    """How many lines were had at least: "first- or second-line" one, "first- and second-line" two."""
    words = clause.lower[found.start : found.end]
    return found.minimum if found.maximum is None or _OR.search(words) else found.maximum


def _kind(clause: Clause, plain: str, found: NumberRange, therapies: Therapies) -> str:
    """The kind of treatment that a line is of: chemotherapy or endocrine therapy, else any."""
    stop = _TAIL_END.search(plain[found.end : found.end + _REACH])
    end = found.end + (stop.start() if stop else _REACH)
    item = Counted(found.minimum, found.maximum, found.start, found.end, found.end, (found.end, min(end, clause.end)))
    kinds = kinds_of(clause, item, therapies)
    if kinds and kinds[0] not in (ANY, NOT_ENDOCRINE):
        return kinds[0] if len(kinds) == 1 else ANY
    inside = [mention.id for mention in therapies.mentions(clause.sentence.body[found.end : item.named[1]])]
    above = {name for id_ in inside for name in (id_, *therapies.ancestors(id_))} & KIND_OF.keys()
    return KIND_OF[above.pop()] if len(above) == 1 else ANY


def _is_had(clause: Clause, found: NumberRange) -> bool:
    """Whether a line was given before: something came after it, or it was received or has failed."""
    if is_in_exclusion(clause) or clause.has("free") or clause.has("negation") or clause.has("naive"):
        return False
    if any(first < found.start < last for first, last in clause.spans("first_line_had")):
        return True
    return governing(clause, found.start) in ("failed", "prior")


def _is_to_come(clause: Clause, found: NumberRange) -> bool:
    """Whether a line is planned or given now, so that it says how many went before."""
    if clause.has("free") or clause.has("negation") or clause.has("first_line_had"):
        return False
    governor = governing(clause, found.start)
    is_bare = governor is None and found.start - clause.start <= _LEAD and not is_in_exclusion(clause)
    return is_bare or governor in ("planned", "concurrent")
