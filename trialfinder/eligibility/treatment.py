"""What a clause says of a therapy: that it must have been had, must not, or may."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trialfinder.eligibility.clauses import Clause, headers_of, is_in_exclusion, names_other_tumour
from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.frames import Frame, frame_of, negation_of
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.named import SYSTEMIC, excepted_in, excepts_early, is_latest, is_spared, named_in
from trialfinder.model.facts import Setting
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.treatment_cues import TreatmentCueKind

Polarity = Literal["demanded", "barred", "admitted"]

_FLIPS = re.compile(
    r"^(?!must|may|should|can|will|shall)(?:.*\b)?"
    r"(?:not|never|without|na[iï]ve|untreated|lack|absence|cannot|hasn't|haven't|neither)\b"
)
_ON_CONDITION = re.compile(r"unless|provided|as long|only if")
_WAIVER_BESIDE = re.compile(r"[^();.]{0,40}[(\[](?:unless|provided|only if)\b")
_COMPLETED = ("complet", "finish")
_TIME = re.compile(r"day|week|wk|month|year|yr")
_FAILURE = re.compile(r"progress|fail|refractor|resist|relaps")
_SINCE = re.compile(r"\bsince\b")
_BARE_NO = re.compile(
    r"\b(?:no|never|without)(?: other| systemic| such| prior| previous| any)*[ -]*$|^(?!.*\b(?:no|never|without)\b)"
)
_THIS = re.compile(r"\b(?:this|current|study|protocol|planned|upcoming|assigned) $")
_COUNT = re.compile(
    r"number of|(?:(?<![-/.\w])(?:one|two|three|four|five|\d)\b|[≥>≤<])"
    r"(?! ?(?:\d+ ?)?(?:day|week|month|year|dose))[^,;.]{0,40}"
    r"(?:\blines?|cycles?|combinations?\b|regimens?|courses?|agents?\b|drugs?\b|prior|previous|therap|treatment)"
)
_WHO = re.compile(r"\b(?:patients?|subjects?|participants?|women|those)\b[^.;,]*\b(?:who|previously)\b[^.;,]*$")
_MODAL = re.compile(r"[^.;]*?\b(?:must|should|will|need|are required|is required)\b")
_OR_HAD = re.compile(
    r"\bor (?:(?:are |is |were |currently |previously |had |have |has |been )*(?:receiv|treated|progress|pre-?treated|exposed))"
)
_OR_ELSE = re.compile(r"[;,\s]*or\b")
_UNFINISHED = re.compile(r"(?:has|have|had) not (?:yet )?(?:completed|finished)")
_OF_SOME = re.compile(
    r"\b(?:patients?|participants?|subjects?|women|those|individuals) with (?!(?:metastatic|advanced|breast|recurrent|locally)\b)"
    r"[^;]{3,120}? who\b"
)
_NEXT = re.compile(r", (?:and|or)\b|;")
_OPENING = re.compile(r"(?:^[\W\d]*|[,;:(]\s*)$")
_LONG_AFTER = re.compile(
    r"(?:at least|more than|greater than|longer than|≥|>) ?\(?\d+\)? ?(?:months?|years?|weeks?)(?! of)[a-z ]{0,30}"
    r"\b(?:after|from|since|following)\b"
)
_CAP_REACH = 60  # characters between "no more than two" and what is counted
_NEAR = 45  # characters between "with or without" and what it makes optional


@dataclass(frozen=True)
class Statement:
    """What a clause says of one therapy (or of systemic therapy in general)."""

    polarity: Polarity
    id: str
    clause: Clause
    start: int
    end: int
    setting: Setting
    is_failed: bool = False
    is_drug: bool = False
    is_conditional: bool = False
    is_of_length: bool = False  # only beyond a length of treatment ("for more than 4 weeks")
    is_counted: bool = False  # stands behind a number of lines
    is_limited: bool = False  # holds for one cohort, or "if ..." only

    @property
    def criterion(self) -> Criterion | None:
        """The criterion it stands in; None in a title or summary."""
        sentence = self.clause.sentence
        return sentence.criterion if isinstance(sentence, Sentence) else None


def _header_negation(clause: Clause) -> str | None:
    """The words with which a header denies what stands below it."""
    for header in reversed(headers_of(clause)):
        spans = clause.cues.spans("negation", header.lower) or clause.cues.spans("out", header.lower)
        if spans:
            return header.lower[spans[0][0] : spans[0][1]]
        if "none of" in header.lower:
            return "none"
    return None


def _header_has(clause: Clause, kind: TreatmentCueKind) -> bool:
    return any(clause.cues.spans(kind, header.lower) for header in headers_of(clause))


def _polarity(clause: Clause, frame: Frame, start: int, end: int) -> Polarity | None:
    """Demanded, barred or admitted, from permission, negation, headers and section; None where unsure."""
    if clause.has("out"):
        return "barred"
    if clause.has("free"):
        return "admitted"
    optional = clause.last_before("with_or_without", start)
    if optional and start - optional[1] <= _NEAR:
        return "admitted"
    negation = negation_of(clause, frame, start, end)
    words = clause.lower[negation[0] : negation[1] + 12] if negation else ""
    if is_in_exclusion(clause):
        return _polarity_under_exclusion(clause, words)
    return _polarity_under_inclusion(clause, frame, words, start)


def _polarity_under_inclusion(clause: Clause, frame: Frame, words: str, start: int) -> Polarity:
    if clause.has("eligible") and frame.kind == "prior":
        return "admitted"
    if frame.kind == "naive" and _OR_HAD.search(clause.lower, frame.end):
        return "admitted"
    if _UNFINISHED.match(words):
        return "admitted"
    if words or (not clause.is_aside and _header_negation(clause)):
        return "barred"
    return "admitted" if _is_capped(clause, start) or _header_has(clause, "free") else "demanded"


def _is_capped(clause: Clause, start: int) -> bool:
    """Whether a therapy stands behind "no more than 2": a limit, and no demand."""
    cap = clause.last_before("cap", start)
    return cap is not None and start - cap[1] <= _CAP_REACH and "," not in clause.lower[cap[1] : start]


def _polarity_under_exclusion(clause: Clause, words: str) -> Polarity | None:
    """Not having had it is demanded by "has not received"; "no prior" may be either, and says nothing."""
    if clause.has("eligible"):
        return "admitted"
    words = words or ("" if clause.is_aside else _header_negation(clause) or "")
    if _FLIPS.search(words):
        return "admitted" if _OF_SOME.search(clause.lower) else "demanded"
    is_denied = words.startswith("no") and not _header_negation(clause)
    return None if is_denied else "barred"


def _is_beside_the_point(clause: Clause, frame: Frame, start: int, end: int) -> bool:
    """Whether the clause is about side effects, another disease or the counting of lines, not about having had it."""
    if _THIS.search(clause.lower[clause.start : start]) or any(
        0 <= span[0] - end <= 30 for span in clause.spans("other_tumour")
    ):
        return True
    whole = clause.sentence.lower if clause.is_aside else clause.lower
    exception = clause.first_after("exception", end)
    if frame.kind == "prior" and clause.cues.spans("unfit", whole[: exception[0]] if exception else whole):
        return True
    if frame.kind == "prior" and clause.has("defined"):
        return True
    if clause.cues.spans("count_aside", whole) or (
        clause.has("other_disease") and not (exception and clause.spans("other_disease")[0][0] > exception[0])
    ):
        return True
    texts = (whole, *(header.lower for header in headers_of(clause, only_headers=False)))
    return any(names_other_tumour(text, clause.cues) for text in texts)


def _is_void_ban(clause: Clause, frame: Frame, end: int) -> bool:
    """Whether a limit in time, a consequence or a condition takes the force out of a ban."""
    exception = clause.first_after("exception", end)
    is_for_metastatic = excepts_early(clause, end)
    reach = exception[0] if exception and is_for_metastatic else clause.end
    if _is_dated(clause, reach) or clause.first_after("result", end) or _header_has(clause, "dated"):
        return True
    if is_in_exclusion(clause) and _is_intolerance(clause, frame):
        return True
    if is_for_metastatic:
        return False
    if _WAIVER_BESIDE.match(clause.sentence.lower, end):
        return True
    return exception is not None and _ON_CONDITION.match(clause.lower, exception[0]) is not None


def _is_dated(clause: Clause, reach: int) -> bool:
    """Whether a ban is a washout, by the words up to `reach`; treatment completed before entry, whenever, is none."""
    is_plain_ban = is_in_exclusion(clause) and not clause.has("demand")
    return any(
        not (is_plain_ban and clause.lower.startswith(_COMPLETED, span[0]) and not _TIME.search(clause.lower, *span))
        for span in clause.spans("dated")
        if span[0] < reach
    )


def _is_intolerance(clause: Clause, frame: Frame) -> bool:
    """Whether not bearing a therapy is meant, and not its failure."""
    words = clause.lower[clause.start : frame.end]
    return "intoler" in words and not _FAILURE.search(words)


def _is_waived_next(clause: Clause) -> bool:
    """Whether the next clause goes on with a way round ("; or are not candidates for it")."""
    rest = clause.sentence.lower[clause.end :]
    return _OR_ELSE.match(rest) is not None and bool(clause.cues.spans("waiver", rest))


def _is_waived(clause: Clause, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a waiver takes the force out of a demand: of one in brackets that names a therapy, out of that alone."""
    if not clause.cues.spans("waiver", clause.sentence.lower):
        return False
    if clause.cues.spans("waiver", clause.lower) or _is_waived_next(clause):
        return True
    for start, end in () if clause.is_aside else clause.asides:
        about = {item.id for item in mentions if start < item.start < end}
        is_inside = clause.start <= start < clause.end and (not about or mention.id in about)
        if is_inside and clause.cues.spans("waiver", clause.sentence.lower[start:end]):
            return True
    return False


def _is_void_demand(clause: Clause, frame: Frame, start: int, end: int) -> bool:
    """Whether "if indicated", a washout or "with or without" takes the force out of a demand."""
    if _is_only_if_fit(clause, end):
        return True
    if _WHO.search(clause.lower[clause.start : start]) and _MODAL.match(clause.lower, end):
        return True
    if _LONG_AFTER.search(clause.lower, clause.start, start) and frame.kind == "failed":
        return True
    if is_latest(clause, start) or _SINCE.search(clause.lower[clause.start : start]):
        return True
    if frame.kind == "prior" and any("within" not in clause.lower[span[0] : span[1]] for span in clause.spans("dated")):
        return True
    optional = clause.last_before("with_or_without", start)
    return optional is not None and start - optional[1] <= _NEAR


def _is_only_if_fit(clause: Clause, end: int) -> bool:
    """Whether "if indicated" is said of a therapy, and not of the next one in a list."""
    rest = clause.sentence.lower[end : clause.end]
    return any(not _NEXT.search(rest, 0, span[0]) for span in clause.cues.spans("if_fit", rest)) or any(
        span[1] <= end and _OPENING.search(clause.lower[clause.start : span[0]]) for span in clause.spans("if_fit")
    )


def _is_void(clause: Clause, frame: Frame, polarity: Polarity, start: int, end: int) -> bool:
    if polarity == "barred":
        return _is_void_ban(clause, frame, end)
    return _is_void_demand(clause, frame, start, end)


def _setting(clause: Clause, start: int, end: int, polarity: Polarity) -> Setting:
    """The setting of a statement; a ban "other than in the adjuvant setting" holds for metastatic disease."""
    if polarity == "barred" and excepts_early(clause, end):
        return "metastatic"
    return clause.setting_of(start, end)


def _is_counted(clause: Clause, start: int, end: int) -> bool:
    """Whether the therapy stands behind a number of lines or regimens."""
    first = max(clause.start, start - 50, clause.lower.rfind(" or any ", 0, start))
    return _COUNT.search(clause.lower, first, end + 25) is not None


def read_mention(clause: Clause, mention: Mention) -> Statement | None:
    """What a clause says of a therapy that it names; None where it says nothing of having had it."""
    start, end = mention.start, mention.end
    frame = frame_of(clause, start, end)
    if frame is None or _is_beside_the_point(clause, frame, start, end):
        return None
    if mention.id == SYSTEMIC and frame.start == frame.end and not _BARE_NO.search(clause.lower[clause.start : start]):
        return None
    polarity = _polarity(clause, frame, start, end)
    if polarity is None or _is_void(clause, frame, polarity, start, end):
        return None
    return Statement(
        polarity,
        mention.id,
        clause,
        start,
        end,
        _setting(clause, start, end, polarity),
        is_failed=frame.kind == "failed",
        is_drug=mention.is_drug,
        is_conditional=clause.first_after("exception", end) is not None,
        is_of_length=any(0 <= span[0] - end <= 12 for span in clause.spans("length")),
        is_counted=_is_counted(clause, start, end),
        is_limited=is_limited(clause, start),
    )


def statements_of(clauses: Iterable[Clause], mentions: Sequence[Mention], therapies: Therapies) -> Iterator[Statement]:
    """All that the clauses of a sentence say of earlier treatment, given the therapies that it names."""
    left_out: set[str] = set()
    for clause in clauses:
        named = named_in(clause, mentions)
        excepted = excepted_in(clause, named, mentions)
        left_out |= {item.id for item in excepted}
        spared = [item for item in excepted if not excepts_early(clause, named[0].end)]
        for mention in named:
            if mention in excepted or is_spared(mention, spared, therapies):
                continue
            if clause.is_aside and mention.id in left_out:
                continue
            statement = read_mention(clause, mention)
            if statement and not (statement.polarity == "demanded" and _is_waived(clause, mention, mentions)):
                yield statement
