"""Numbers of treatment lines: which kind of treatment is counted, from how many to how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.quantities import NumberRange, find_ranges
from trialfinder.eligibility.treatment import Clause, clauses_of, is_limited, negation_before
from trialfinder.vocab.therapies import Therapies

ANY, CHEMO, ENDOCRINE = "any_lines_metastatic", "chemo_lines_metastatic", "endocrine_lines_metastatic"
KIND_OF = {"chemotherapy": CHEMO, "endocrine_therapy": ENDOCRINE}

_NOT_COUNTED = (
    r"(?:weeks?|wks?|months?|days?|years?|cycles?|doses?|mg|cm|mm|measurable|lesions?|times|grade|patients?|subjects|sites?|hours?|half|of the"
    r"|points?|ml|uln|criteri|after|before|since|within|from|agents?|drugs?|other)"
)
_NOUN = re.compile(
    rf"[ -]*(?:(?!{_NOT_COUNTED}\b)[a-z0-9+/()'\"*-]+[ ,/-]+){{0,8}}?"
    r"(?P<noun>lines?|-line|regimens?|courses?|chemotherap(?:y|ies)|(?:[a-z]+)?therap(?:y|ies)|treatments?|chemotherapeutics?|chemo)\b"
)
_LABEL = re.compile(
    r"(?:grade|day|cycle|ecog|status|version|class|type|part|phase|stage|arm|cohort|group|her|recist|level|number|criteri(?:a|on)|ps|figure|step|week|month)s?[ -]*$"
)
_TAIL_END = re.compile(r"[,;.()]| for | in (?!combination)| and must| which| that | who | prior to| before| or within")
_ONLY = re.compile(r"\b(?:only|exactly|single|precisely)\b")


@dataclass(frozen=True)
class Count:
    """A limit on lines of a kind, and where it stands."""

    kind: str
    minimum: float | None
    maximum: float | None
    sentence: Sentence | FieldText
    is_limited: bool
    rule: str


def counts_of(sentence: Sentence | FieldText, therapies: Therapies) -> Iterator[Count]:
    """The limits on numbers of lines that a sentence names."""
    if not re.search(r"line|regimen|course|therap|treatment|chemo", sentence.lower):
        return
    for clause in clauses_of(sentence):
        for found in find_ranges(clause.lower):
            noun = _noun_after(clause, found)
            if noun is None or clause.has("count_aside"):
                continue
            if clause.setting_of(found.start, noun) == "early":
                continue
            limits = _limits(clause, found)
            if limits is None:
                continue
            for kind in _kinds(clause, found, noun, therapies):
                yield Count(kind, *limits, sentence, is_limited(clause, found.start), "lines.counted")


def _noun_after(clause: Clause, found: NumberRange) -> int | None:
    """Where the counted noun behind a number ends; None where no line of treatment is counted."""
    before = clause.lower[max(0, found.start - 14) : found.start]
    if _LABEL.search(before):
        return None
    if clause.lower[found.start : found.end].endswith("line"):
        return None  # an ordinal names a line, and is read apart
    match = _NOUN.match(clause.lower, found.end)
    return match.end("noun") if match and match.end("noun") <= clause.end else None


def _kinds(clause: Clause, found: NumberRange, noun: int, therapies: Therapies) -> Iterator[str]:
    """Chemotherapy, endocrine therapy, or lines of any kind; none where another class alone is counted."""
    rest = clause.lower[noun : noun + 70]
    stop = _TAIL_END.search(rest)
    end = noun + (stop.start() if stop else len(rest))
    body = clause.sentence.body[found.end : end]
    ids = {mention.id for mention in therapies.mentions(body) if not mention.is_target}
    kinds = {KIND_OF[id_] for id_ in ids if id_ in KIND_OF}
    if kinds:
        yield from sorted(kinds)
    elif not any(therapies.listed_as(id_) for id_ in ids) or re.search(r"contain|includ|with|compris", rest[: end - noun]):
        if not re.search(r"radio|radiation|local|surg|target|biolog|immuno|vaccin|supportive", body.lower()):
            yield ANY


def _limits(clause: Clause, found: NumberRange) -> tuple[float | None, float | None] | None:
    """The limits that the clause puts on a person, from the number, the section, negation and permission."""
    low, high = found.minimum or None, found.maximum
    is_exclusion = isinstance(clause.sentence, Sentence) and clause.sentence.is_exclusion
    is_negated = negation_before(clause, found.start) is not None
    if is_exclusion != is_negated or (clause.has("out") and not is_exclusion):
        return _complement(low, high)
    if clause.has("free"):
        return (None, high) if high is not None else None
    if low is not None and low == high:
        is_exact = _ONLY.search(clause.lower) or not clause.has("failed")
        return (low, high) if is_exact else (low, None)
    return low, high


def _complement(low: float | None, high: float | None) -> tuple[float | None, float | None] | None:
    if low is not None and high is None:
        return None, low - 1
    if high is not None and low is None:
        return high + 1, None
    return None
