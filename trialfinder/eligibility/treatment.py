"""What a clause says of a therapy: that it must have been had, must not, or may."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trialfinder.eligibility.clauses import Clause, Span, names_other_tumour
from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.frames import Frame, frame_of, negation_of
from trialfinder.eligibility.sections import cohort_of
from trialfinder.model.facts import Setting
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.treatment_cues import TreatmentCueKind, TreatmentCues

Polarity = Literal["demanded", "barred", "admitted"]
SYSTEMIC = "systemic_therapy"

_FLIPS = re.compile(
    r"^(?!must|may|should|can|will|shall)(?:.*\b)?(?:not|never|without|na[iï]ve|untreated|lack|absence|cannot|hasn't|haven't|neither)\b"
)


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


def _header_negation(sentence: Sentence | FieldText, cues: TreatmentCues) -> str | None:
    for header in reversed(sentence.headers if isinstance(sentence, Sentence) else ()):
        if not header.is_header:
            continue
        spans = cues.spans("negation", header.lower) or cues.spans("out", header.lower)
        if spans:
            return header.lower[spans[0][0] : spans[0][1]]
        if "none of" in header.lower:
            return "none"
    return None


def _header_is(sentence: Sentence | FieldText, cues: TreatmentCues, *kinds: TreatmentCueKind) -> bool:
    headers = sentence.headers if isinstance(sentence, Sentence) else ()
    return any(header.is_header and cues.spans(kind, header.lower) for header in headers for kind in kinds)


def _polarity(clause: Clause, frame: Frame, start: int, end: int) -> Polarity | None:
    """Demanded, barred or admitted, from the section, negation, permission and headers; None where unsure."""
    sentence = clause.sentence
    is_exclusion = isinstance(sentence, Sentence) and sentence.is_exclusion
    if clause.has("out"):
        return "barred"
    if clause.has("free"):
        return "admitted"
    negation = negation_of(clause, frame, start, end)
    if clause.has("eligible") and frame.kind == "prior" and not is_exclusion:
        return "admitted"
    if negation is None and not clause.is_aside:
        header = _header_negation(sentence, clause.cues)
        if header and not (is_exclusion and not _FLIPS.search(header)):
            return "demanded" if is_exclusion else "barred"
        if not is_exclusion and _header_is(sentence, clause.cues, "free"):
            return "admitted"
    if is_exclusion:
        if negation is None:
            return "barred"
        words = clause.lower[negation[0] : negation[1] + 12]
        return "demanded" if _FLIPS.search(words) else None if words.startswith("no") else "barred"
    if negation:
        return "barred"
    return "admitted" if clause.has("cap") else "demanded"


def _is_beside_the_point(clause: Clause, frame: Frame) -> bool:
    """Whether the clause is about side effects, another disease or the counting of lines, not about having had it."""
    if clause.has("unfit") and frame.kind == "prior":
        return True
    headers = clause.sentence.headers if isinstance(clause.sentence, Sentence) else ()
    if clause.is_aside and _is_aside_beside_the_point(clause):
        return True
    other = any(names_other_tumour(header.lower, clause.cues) for header in headers)
    return (
        other
        or names_other_tumour(clause.lower, clause.cues)
        or clause.has("other_disease")
        or clause.has("count_aside")
    )


def _is_void(clause: Clause, frame: Frame, polarity: Polarity, start: int, end: int) -> bool:
    """Whether a limit in time, a consequence or an exception takes the force out of a ban or a demand."""
    if polarity == "barred":
        if clause.has("dated") or clause.first_after("result", end):
            return True
        exception = clause.first_after("exception", end)
        return exception is not None and _ON_CONDITION.match(clause.lower, exception[0]) is not None
    whole = clause.lower if clause.is_aside else clause.sentence.lower[clause.start : clause.end]
    if clause.cues.spans("waiver", whole) or clause.cues.spans("if_fit", whole):
        return True
    if re.search(r"\bsince\b", clause.lower[:start]):
        return True
    if frame.kind == "prior" and any("within" not in clause.lower[span[0] : span[1]] for span in clause.spans("dated")):
        return True
    optional = clause.last_before("with_or_without", start)
    return optional is not None and start - optional[1] <= 45


def _is_aside_beside_the_point(clause: Clause) -> bool:
    lower = clause.sentence.lower
    return bool(clause.cues.spans("count_aside", lower)) or names_other_tumour(lower, clause.cues)


_ON_CONDITION = re.compile(r"unless|provided|as long|only if")


def is_limited(clause: Clause, start: int) -> bool:
    """Whether it holds only for some patients: a cohort, or those with a feature."""
    sentence = clause.sentence
    criterion = sentence.criterion if isinstance(sentence, Sentence) else None
    if criterion and (criterion.cohort or cohort_of(criterion.body[:80])):
        return True
    if any(span[0] < 14 for span in clause.cues.spans("subgroup", sentence.lower[:150])):
        return True
    if _ONLY_SOME.search(sentence.lower, clause.start, clause.end + 60):
        return True
    if cohort_of(sentence.body[:80]) or cohort_of(sentence.body[clause.start : clause.end][-60:]):
        return True
    if clause.last_before("subgroup", start):
        return True
    condition = clause.last_before("condition", start)
    if condition is not None:
        return _reaches(clause, condition, start)
    return any(not _OPENS.search(clause.lower, 0, match.start()) for match in _IF_TUMOUR.finditer(clause.lower, start))


def _reaches(clause: Clause, condition: Span, start: int) -> bool:
    """Whether a condition before a therapy is about it, and does not trail after another ("X if HER2-positive, and Y")."""
    is_trailing = not _OPENS.search(clause.lower, 0, condition[0]) and clause.lower.startswith("if", condition[0])
    return not (is_trailing and re.search(r", (?:and|or|but)\b", clause.lower[condition[1] : start]))


_OPENS = re.compile(r"(?:^[\W\d]*|[,;:(]\s*(?:and,? )?|\band,? |\bor,? )$")
_ONLY_SOME = re.compile(
    r"\b(?:arm|cohort|part|phase|group|portion|strat\w+)s?\b[\w ]{0,12}\bonly\b|\((?:for )?(?:phase|cohort|arm|part) [\w ]{1,12}\)"
)
_IF_TUMOUR = re.compile(
    r"\bif (?:the |their |your )?(?:tumou?r|patient|disease|cancer|er\b|her-?2|hr\b|hormone|triple)"
)


def _setting(clause: Clause, start: int, end: int, polarity: Polarity) -> Setting:
    """The setting of a statement; a ban "other than in the adjuvant setting" holds for metastatic disease."""
    exception = clause.first_after("exception", end)
    if polarity == "barred" and exception and any(0 <= span[0] - exception[1] <= 40 for span in clause.spans("early")):
        return "metastatic"
    return clause.setting_of(start, end)


_BARE_NO = re.compile(
    r"\b(?:no|never|without)(?: other| systemic| such| prior| previous| any)*[ -]*$|^(?!.*\b(?:no|never|without)\b)"
)
_THIS = re.compile(r"\b(?:this|current|study|protocol|planned|upcoming|assigned) $")
_COUNT = re.compile(
    r"number of|(?:(?<![-/.\w])(?:one|two|three|four|five|\d)\b|≥|>|≤|<)(?! ?(?:\d+ ?)?(?:day|week|month|year|dose))[^,;.]{0,40}"
    r"(?:\blines?|cycles?\b|regimens?|courses?|prior|previous|chemotherap|therap|treatment)"
)


def _is_counted(clause: Clause, start: int, end: int) -> bool:
    """Whether the therapy stands behind a number of lines or regimens."""
    return _COUNT.search(clause.lower, max(clause.start, start - 50), end + 25) is not None


def read_mention(clause: Clause, id_: str, start: int, end: int, *, is_drug: bool) -> Statement | None:
    """What a clause says of the therapy at `start:end`; None where it says nothing of having had it."""
    frame = frame_of(clause, start, end)
    if any(0 <= span[0] - end <= 30 for span in clause.spans("other_tumour")) or _THIS.search(clause.lower, 0, start):
        return None
    if frame is None or _is_beside_the_point(clause, frame):
        return None
    if id_ == SYSTEMIC and frame.start == frame.end and not _BARE_NO.search(clause.lower, 0, start):
        return None
    polarity = _polarity(clause, frame, start, end)
    if polarity == "demanded" and _LATEST.search(clause.lower[max(0, start - 60) : start]):
        return None
    if polarity is None or _is_void(clause, frame, polarity, start, end):
        return None
    is_exclusion = isinstance(clause.sentence, Sentence) and clause.sentence.is_exclusion
    if is_exclusion and frame.kind == "failed" and "intoler" in clause.lower[frame.start : frame.end]:
        return None
    return Statement(
        polarity,
        id_,
        clause,
        start,
        end,
        _setting(clause, start, end, polarity),
        is_failed=frame.kind == "failed",
        is_drug=is_drug,
        is_conditional=clause.first_after("exception", end) is not None,
        is_of_length=any(0 <= span[0] - end <= 12 for span in clause.spans("length")),
        is_counted=_is_counted(clause, start, end),
        is_limited=is_limited(clause, start),
    )


def statements_of(clauses: Iterable[Clause], mentions: Sequence[Mention], therapies: Therapies) -> Iterator[Statement]:
    """All that the clauses of a sentence say of earlier treatment, given the therapies that it names."""
    for clause in clauses:
        named = [
            mention
            for mention in mentions
            if clause.lower[mention.start : mention.end].strip() and _is_meant(clause, mention)
        ]
        every = _with_generic(clause, named)
        spared = _excepted(clause, named) if named else []
        for mention in every:
            if mention in spared or (spared and _is_spared(mention, spared, therapies)):
                continue
            statement = read_mention(clause, mention.id, mention.start, mention.end, is_drug=mention.is_drug)
            if statement:
                yield statement


def _excepted(clause: Clause, named: list[Mention]) -> list[Mention]:
    """The therapies that an exception names ("HER2 inhibitors other than trastuzumab")."""
    exceptions = clause.spans("exception") if len(named) > 1 else ()
    return [mention for mention in named if any(span[1] <= mention.start for span in exceptions)]


def _is_spared(mention: Mention, spared: list[Mention], therapies: Therapies) -> bool:
    """Whether a member of the class is excepted, so that the class as a whole is neither barred nor demanded."""
    members = set(therapies.listed_as(mention.id))
    return any(
        members & set(therapies.listed_as(other.id)) or mention.id in therapies.ancestors(other.id) for other in spared
    )


_ADJECTIVE = re.compile(
    r" ?(?:,|/|or\b|and\b|and/or\b|-based|\)|\()(?!.{0,30}\b(?:disorder|disease|toxicit|adverse|receptor))"
)
_GENERAL = re.compile(
    r"(?:^|[^a-z-])(?:prior|previous|previously|no|any|other|systemic|received|additional|first|second|or|and|lines? of|during|on|after|of|further|initial"
    r"|all|their|such|form of|kind of|type of|local|standard|available|least (?:one|1))(?:[ -](?:line|systemic|medical|drug|anti-?cancer))*[ ,]+$"
)
_OF_A_KIND = re.compile(r" (?:with|using|consisting of|containing|by)\b")
_LATEST = re.compile(r"\b(?:last|most recent|latest|immediate(?:ly)?)[a-z ]{0,25}$")


def _is_meant(clause: Clause, mention: Mention) -> bool:
    """Whether a target stands for the drugs against it ("PI3K, AKT or mTOR inhibitors"), an adjective for a therapy."""
    if clause.lower[mention.start : mention.end] in ("hormonal", "endocrine"):
        return _ADJECTIVE.match(clause.lower, mention.end) is not None
    return not mention.is_target or any(-60 <= span[0] - mention.end <= 90 for span in clause.spans("agent"))


def _is_general(clause: Clause, start: int, end: int) -> bool:
    """Whether "therapy" is meant in general: not a particular one, the last one, or a header."""
    criterion = clause.sentence.criterion if isinstance(clause.sentence, Sentence) else None
    if criterion is not None and criterion.is_header and re.match(r"[\s:]*$", clause.lower[end:]):
        return False
    if (
        _OF_A_KIND.match(clause.lower, end)
        or clause.lower.startswith((" setting", " regimen", " arm"), end)
        or "non-hormonal" in clause.lower
    ):
        return False
    before = clause.lower[max(0, start - 60) : start]
    has_own_adjective = clause.lower[start : start + 4] not in ("ther", "trea", "regi", "line")
    return (has_own_adjective or _GENERAL.search(before) is not None) and not _LATEST.search(before)


_MAYBE_GENERAL = re.compile(r"therap|treatment|regimen|agents?\b|drugs?\b|\blines?\b")


def _with_generic(clause: Clause, named: list[Mention]) -> list[Mention]:
    """The mentions, and "systemic therapy" in general where no therapy of the vocabulary is meant by it."""
    if not _MAYBE_GENERAL.search(clause.lower, clause.start):
        return named
    general = [
        Mention(SYSTEMIC, start, end, is_drug=False)
        for start, end in clause.spans("generic")
        if not any(mention.start < end + 12 and start - 2 < mention.end for mention in named)
        and _is_general(clause, start, end)
    ]
    return sorted([*named, *general], key=lambda mention: mention.start)
