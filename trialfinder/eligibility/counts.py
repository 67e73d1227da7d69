"""Numbers of treatment lines: which kind of treatment is counted, from how many to how many."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialfinder.eligibility.clauses import Clause, names_other_tumour
from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.frames import governing, negation_before
from trialfinder.eligibility.quantities import NumberRange, find_ranges
from trialfinder.eligibility.sections import cohort_of
from trialfinder.eligibility.treatment import is_limited
from trialfinder.vocab.therapies import Therapies

ANY, CHEMO, ENDOCRINE = "any_lines_metastatic", "chemo_lines_metastatic", "endocrine_lines_metastatic"
KIND_OF = {"chemotherapy": CHEMO, "endocrine_therapy": ENDOCRINE}

_NOT_COUNTED = (
    r"(?:weeks?|wks?|months?|days?|years?|cycles?|doses?|mg|cm|mm|measurable|lesions?|times|grade|patients?|subjects|sites?|hours?|half|of the"
    r"|points?|ml|uln|criteri[a-z]*|of|intervening|additional|after|before|since|within|from|agents?|drugs?|other)"
)
_NOUN = re.compile(
    rf"[ -]*(?:(?!{_NOT_COUNTED}\b)[a-z0-9+/()'\"*-]+[ ,/-]+){{0,8}}?"
    r"(?P<noun>lines?|-line|regimens?|regimes?|courses?|chemotherap(?:y|ies)|(?:[a-z]+)?therap(?:y|ies)|treatments?|chemotherapeutics?|chemo)(?:\(s\)|\b)"
)
_LABEL = re.compile(
    r"(?:grade|day|cycle|ecog|status|version|class|type|part|phase|stage|arm|cohort|group|her|recist|level|number|criteri(?:a|on)|ps|figure|step|week|month)s?[ -]*$"
)
_GLUED = re.compile(r"(?:[a-z]-|\b(?:receptor|factor) )$")
_TWICE = re.compile(r"(?:(?:greater|more|less|fewer) than(?: or equal to)?|at least|up to) \(([<>≤≥])\)")
_ASIDE = re.compile(r"\((and|but) ((?:not|no) more than \w+)\)")
_TAIL_END = re.compile(
    r"[,;.]|\((?!s\))|(?<!\(s)\)| for | in (?!combination)| and must| which| that | who | prior to| before| or within"
)
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
    cohort: str | None = None  # whose limit it is, where it is limited


_ONE_OF_THESE = re.compile(
    r"(?:one|1) (?:or more )?of (?:these|which|the|them)\b[^.;]{0,60}\b(?:given|administered|received|been|for|in)\b[^.;]{0,30}\b(?:metastatic|advanced|recurrent)"
)


def counts_of(sentence: Sentence | FieldText, clauses: Iterable[Clause], therapies: Therapies) -> Iterator[Count]:
    """The limits on numbers of lines that a sentence names."""
    if not re.search(r"line|regime|course|therap|treatment|chemo", sentence.lower):
        return
    if _ONE_OF_THESE.search(sentence.lower) and not (isinstance(sentence, Sentence) and sentence.is_exclusion):
        yield Count(
            CHEMO if "regimen" in sentence.lower or "chemo" in sentence.lower else ANY,
            1,
            None,
            sentence,
            False,
            "lines.counted",
        )
    for clause in clauses:
        for found in find_ranges(_plainly(clause.lower)):
            noun = _noun_after(clause, found)
            if (
                noun is None
                or clause.has("count_aside")
                or names_other_tumour(clause.lower, clause.cues)
                or _is_ahead(clause, found, noun)
            ):
                continue
            is_early = clause.setting_of(found.start, noun) == "early" or (
                clause.has("early") and not clause.has("metastatic") and not _COUNTS_EARLY.search(clause.lower)
            )
            if is_early or any(_RECENTLY.match(clause.lower, span[0]) for span in clause.spans("dated")):
                continue
            limits = _limits(clause, found)
            if limits is None:
                continue
            kinds = list(_kinds(clause, found, noun, therapies))
            if len(kinds) > 1 and limits[0] is not None and " or " in clause.lower[found.end :]:
                kinds = [ANY]
            for kind in kinds:
                yield Count(
                    kind, *limits, sentence, is_limited(clause, found.start), "lines.counted", _cohort(clause, found)
                )


_COUNTS_EARLY = re.compile(r"\b(?:includ|count|not |exclud|regardless|any setting)")
_RECENTLY = re.compile(r"within|in the|during the|over the|≤|<")


def _cohort(clause: Clause, found: NumberRange) -> str | None:
    """The cohort named beside a number, at the head of the sentence, or above it."""
    body = clause.sentence.body
    beside = cohort_of(body[found.start : min(clause.end, found.start + 110)])
    criterion = clause.sentence.criterion if isinstance(clause.sentence, Sentence) else None
    return beside or cohort_of(body[:80]) or (criterion.cohort if criterion else None)


def _plainly(lower: str) -> str:
    """Numbers written twice, misspelt or in brackets, once and plainly, in the same places."""
    lower = _TWICE.sub(lambda match: match[1].rjust(len(match[0])), lower)
    lower = _ASIDE.sub(r"\1 \2  ", lower)
    return lower.replace("no more that ", "no more than ").replace("not more that ", "not more than ")


def _noun_after(clause: Clause, found: NumberRange) -> int | None:
    """Where the counted noun behind a number ends; None where no line of treatment is counted."""
    before = clause.lower[max(0, found.start - 14) : found.start]
    if (
        _LABEL.search(before)
        or before.endswith(("/", "cdk", "cdk "))
        or _GLUED.search(before)
        or clause.lower[found.end : found.end + 1] == "/"
    ):
        return None
    if max(found.minimum or 0, found.maximum or 0) > 10:
        return None
    if clause.lower[found.start : found.end].endswith("line"):
        return None  # an ordinal names a line, and is read apart
    match = _NOUN.match(clause.lower, found.end)
    return match.end("noun") if match and match.end("noun") <= clause.end else None


def _is_ahead(clause: Clause, found: NumberRange, noun: int) -> bool:
    """Whether the lines counted are planned or running, not had before."""
    if re.search(r"prior|previous", clause.lower[found.start : noun]):
        return False
    return governing(clause, found.start) in ("planned", "concurrent")


def _kinds(clause: Clause, found: NumberRange, noun: int, therapies: Therapies) -> Iterator[str]:
    """Chemotherapy, endocrine therapy, or lines of any kind; none where another class alone is counted."""
    rest = clause.lower[noun : noun + 70]
    stop = _TAIL_END.search(rest)
    end = noun + (stop.start() if stop else len(rest))
    body = clause.sentence.body[found.end : end]
    if "other than" in body:
        return
    ids = {mention.id for mention in therapies.mentions(body) if not mention.is_target}
    kinds = {KIND_OF[id_] for id_ in ids if id_ in KIND_OF}
    if kinds:
        yield from sorted(kinds)
    elif not any(therapies.listed_as(id_) for id_ in ids) or re.search(
        r"contain|includ|with|compris", rest[: end - noun]
    ):
        if not re.search(r"radio|radiation|local|surg|target|biolog|immuno|vaccin|supportive", body.lower()):
            yield ANY


def _limits(clause: Clause, found: NumberRange) -> tuple[float | None, float | None] | None:
    """The limits that the clause puts on a person, from the number, the section, negation and permission."""
    low, high = found.minimum or None, found.maximum
    is_exclusion = isinstance(clause.sentence, Sentence) and clause.sentence.is_exclusion
    if clause.has("free") and not clause.has("out"):
        return (None, high) if high is not None else None
    is_negated = negation_before(clause, found.start) is not None
    if is_exclusion != is_negated or (clause.has("out") and not is_exclusion):
        return _complement(low, high)
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
