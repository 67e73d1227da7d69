"""Numbers of treatment lines: which kind of treatment is counted, from how many to how many."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialfinder.eligibility.clauses import Clause, is_in_exclusion, names_other_tumour
from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.frames import governing, negation_before
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.quantities import NumberRange, find_ranges
from trialfinder.eligibility.sections import cohort_of
from trialfinder.model.facts import Setting
from trialfinder.vocab.therapies import Therapies

ANY, CHEMO, ENDOCRINE = "any_lines_metastatic", "chemo_lines_metastatic", "endocrine_lines_metastatic"
KIND_OF = {"chemotherapy": CHEMO, "endocrine_therapy": ENDOCRINE}
MOST_LINES = 10  # a larger number counts something else
Limits = tuple[float | None, float | None]

_HINT = re.compile(r"line|regime|course|therap|treatment|chemo")
_JOINED = re.compile(r"(?:/|[a-z]-)$")
_TWICE = re.compile(r"(?:(?:greater|more|less|fewer) than(?: or equal to)?|at least|up to) \(([<>≤≥])\)")
_IN_BRACKETS = re.compile(r"\((and|but) ((?:not|no) more than \w+)\)")
_NONE_OR_ONE = re.compile(r"\b(?:no|none|zero) or (?:one|1)\b")
_MISSPELT = re.compile(r"\b(no|not) more that ")
_TAIL_END = re.compile(
    r"[,;.]| or any | and (?:one|two|at least)|\((?!s\))|(?<!\(s)\)| for | in (?!combination)"
    r"| and must| which| that | who | prior to| before| or within"
)
_WITH = re.compile(r"contain|includ|with|compris")
_CONTAINING = re.compile(r"contain|includ")
_ONLY = re.compile(r"\b(?:only|exactly|single|precisely)\b")
_PRIOR = re.compile(r"prior|previous")
_RECENTLY = re.compile(r"within|in the|during the|over the|≤|<")
_COUNTS_EARLY = re.compile(r"\b(?:includ|count|not |exclud|regardless|any setting)")
_OPEN_ENDED = re.compile(r"e\.g|further|later|beyond")
_ONE_OF_THESE = re.compile(
    r"(?:one|1) (?:or more )?of (?:these|which|the|them)\b[^.;]{0,60}\b(?:given|administered|received|been|for|in)\b"
)


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
    setting: Setting = "metastatic"


def counts_of(clauses: Iterable[Clause], therapies: Therapies) -> Iterator[Count]:
    """The limits on numbers of lines that the clauses of a sentence name."""
    for clause in clauses:
        if not _HINT.search(clause.lower):
            continue
        yield from _one_of_these(clause)
        for found in find_ranges(_plainly(clause.lower)):
            noun = _noun_after(clause, found)
            limits = _limits(clause, found) if noun and _is_about_lines(clause, found, noun) else None
            if noun and limits:
                limited, cohort = is_limited(clause, found.start), _cohort(clause, found)
                for kind in _merged(_kinds(clause, found, noun, therapies), limits, clause.lower[found.end :]):
                    setting = clause.setting_of(found.start, noun)
                    yield Count(kind, *limits, clause.sentence, limited, "lines.counted", cohort, setting)


def _one_of_these(clause: Clause) -> Iterator[Count]:
    """One at least of what was counted before ("at least one of these regimens was given for metastatic disease")."""
    match = _ONE_OF_THESE.search(clause.lower)
    if match and not is_in_exclusion(clause) and any(match.end() <= span[0] for span in clause.spans("metastatic")):
        kind = CHEMO if "regimen" in clause.lower or "chemo" in clause.lower else ANY
        yield Count(kind, 1, None, clause.sentence, is_limited=False, rule="lines.counted")


def _merged(kinds: list[str], limits: Limits, rest: str) -> list[str]:
    """A minimum of one kind or another is a minimum of any kind."""
    return [ANY] if len(kinds) > 1 and limits[0] is not None and " or " in rest else kinds


def _cohort(clause: Clause, found: NumberRange) -> str | None:
    """The cohort named beside a number, at the head of the sentence, or above it."""
    body = clause.sentence.body
    beside = cohort_of(body[found.start : min(clause.end, found.start + 110)])
    criterion = clause.sentence.criterion if isinstance(clause.sentence, Sentence) else None
    cohort = beside or cohort_of(body[:80]) or (criterion.cohort if criterion else None)
    return cohort.lower() if cohort else None


def _plainly(lower: str) -> str:
    """Numbers written twice, misspelt or in brackets, once and plainly, in the same places."""
    lower = _TWICE.sub(lambda match: match[1].rjust(len(match[0])), lower)
    lower = _NONE_OR_ONE.sub(lambda match: "0 or 1".ljust(len(match[0])), lower)
    return _MISSPELT.sub(r"\1 more than ", _IN_BRACKETS.sub(r"\1 \2  ", lower))


def _noun_after(clause: Clause, found: NumberRange) -> int | None:
    """Where the counted noun behind a number ends; None where no line of treatment is counted."""
    lower, cues = clause.lower, clause.cues
    before = lower[max(0, found.start - 14) : found.start]
    is_label = any(len(before) - span[1] <= 2 for span in cues.spans("number_label", before))
    if is_label or _JOINED.search(before) or lower.startswith(("/", "+"), found.end):
        return None
    is_ordinal = "line" in lower[found.start : found.end]  # names a line, and is read apart
    if is_ordinal or max(found.minimum or 0, found.maximum or 0) > MOST_LINES:
        return None
    rest = lower[found.end : min(clause.end, found.end + 110)]
    noun = next(iter(cues.spans("line_noun", rest)), None)
    if noun is None or rest[: noun[0]].count(" ") > MOST_LINES or re.search(r"[.;:]", rest[: noun[0]]):
        return None
    is_other = any(span[0] < noun[0] for span in cues.spans("not_counted", rest))
    return None if is_other else found.end + noun[1]


def _is_about_lines(clause: Clause, found: NumberRange, noun: int) -> bool:
    """Whether lines for advanced disease are counted that were had before, not early, planned or recent ones."""
    if clause.has("count_aside") or names_other_tumour(clause.lower, clause.cues):
        return False
    if clause.setting_of(found.start, noun) == "early" or (clause.has("early") and _is_early(clause)):
        return False
    if any(_RECENTLY.match(clause.lower, span[0]) for span in clause.spans("dated")):
        return False
    is_had = _PRIOR.search(clause.lower, found.start, noun)
    return bool(is_had) or governing(clause, found.start) not in ("planned", "concurrent")


def _is_early(clause: Clause) -> bool:
    return not clause.has("metastatic") and not _COUNTS_EARLY.search(clause.lower)


def _kinds(clause: Clause, found: NumberRange, noun: int, therapies: Therapies) -> list[str]:
    """Chemotherapy, endocrine therapy, or lines of any kind; none where another class alone is counted."""
    rest = clause.lower[noun : noun + 70]
    stop = _TAIL_END.search(rest)
    end = noun + (stop.start() if stop else len(rest))
    body = _unblanked(clause, found.end, end)
    if "other than" in body:
        return []
    ids = {mention.id for mention in therapies.mentions(body) if not mention.is_target}
    kinds = sorted({KIND_OF[id_] for id_ in ids if id_ in KIND_OF})
    if kinds:
        return kinds
    is_another = any(therapies.listed_as(id_) for id_ in ids) and not _WITH.search(rest[: end - noun])
    return [] if is_another or clause.cues.spans("not_lines", body.lower()) else [ANY]


def _unblanked(clause: Clause, start: int, end: int) -> str:
    """The clause's own words in their own case, without the brackets in it."""
    pairs = zip(clause.sentence.body[start:end], clause.lower[start:end], strict=True)
    return "".join(" " if lower == " " else sign for sign, lower in pairs)


def _limits(clause: Clause, found: NumberRange) -> Limits | None:
    """The limits that the clause puts on a person, from the number, the section, negation and permission."""
    low, high = found.minimum or None, found.maximum
    if clause.has("free") and not clause.has("out"):
        return (None, high) if high is not None else None
    is_exclusion = is_in_exclusion(clause)
    is_negated = negation_before(clause, found.start) is not None
    if is_exclusion != is_negated or (clause.has("out") and not is_exclusion):
        return _complement(low, high)
    if clause.last_before("exception", found.start) or (clause.has("naive") and high is not None):
        return None, high
    if low is not None and clause.has("waiver"):
        low = None
    if low is None or low != high:
        return (low, high) if (low, high) != (None, None) else None
    if _CONTAINING.search(clause.lower):
        return None if clause.has("early") else (low, None)
    return (low, high) if _ONLY.search(clause.lower) or not clause.has("failed") else (low, None)


def _complement(low: float | None, high: float | None) -> Limits | None:
    if low is not None and high is None:
        return None, low - 1
    if high is not None and low is None:
        return high + 1, None
    return None


def ordinals_of(clause: Clause, therapies: Therapies) -> Iterator[Count]:
    """Lines named by their ordinal, planned or given now: "candidate for first- or second-line chemotherapy"."""
    if "line" not in clause.lower or clause.has("early") or clause.has("count_aside") or clause.has("other_disease"):
        return
    for found in find_ranges(clause.lower):
        if "line" in clause.lower[found.start : found.end] and found.minimum and _is_to_come(clause, found):
            kind = next(iter(_kinds(clause, found, found.end, therapies)), ANY)
            limits = found.minimum - 1 or None, None if found.maximum is None else found.maximum - 1
            yield Count(kind, *limits, clause.sentence, is_limited(clause, found.start), "lines.ordinal")


def _is_to_come(clause: Clause, found: NumberRange) -> bool:
    """Whether a line is planned or given now, so that it says how many went before."""
    if clause.has("free") or clause.has("negation") or clause.has("first_line_had") or _OPEN_ENDED.search(clause.lower):
        return False
    governor = governing(clause, found.start)
    is_bare = governor is None and found.start - clause.start <= 6 and not is_in_exclusion(clause)
    return is_bare or governor in ("planned", "concurrent")
