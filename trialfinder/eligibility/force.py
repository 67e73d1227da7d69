"""What takes the force out of a ban or a demand: a washout, a waiver, "if indicated", an exception."""

import re
from collections.abc import Sequence

from trialfinder.eligibility.clauses import Clause, is_in_exclusion
from trialfinder.eligibility.frames import Frame
from trialfinder.eligibility.named import excepts_early, is_latest
from trialfinder.eligibility.polarity import NEAR, Polarity, header_has
from trialfinder.vocab.therapies import Mention
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_ON_CONDITION = re.compile(r"unless|provided|as long|only if")
_WAIVER_BESIDE = re.compile(r"[^();.]{0,40}[(\[](?:unless|provided|only if)\b")
_COMPLETED = ("complet", "finish")
_TIME = re.compile(r"day|week|wk|month|year|yr")
_FAILURE = re.compile(r"progress|fail|refractor|resist|relaps")
_SINCE = re.compile(r"\bsince\b")
_WHO = re.compile(r"\b(?:patients?|subjects?|participants?|women|those)\b[^.;,]*\b(?:who|previously)\b[^.;,]*$")
_MODAL = re.compile(r"[^.;]*?\b(?:must|should|will|need|are required|is required)\b")
_BESIDE = 25  # characters between a therapy and "is not indicated"
_MORE = _FRAMES["more_of_it"]
_OR_ELSE = re.compile(r"[;,\s]*or\b")
_NEXT = re.compile(r", (?:and|or)\b|;")
_OPENING = re.compile(r"(?:^[\W\d]*|[,;:(]\s*)$")
_LATEST = re.compile(r"\W*(?:the |their )?(?:last|most recent|latest)\b")
_COMBINED = re.compile(r"\bcombination of [a-z0-9 /-]{0,30}$")
_PLUS_BEFORE = re.compile(r"[a-z)] ?(?:\+|\bplus|\bin combination with) ?$")  # the two together, neither alone
_PLUS_AFTER = re.compile(r" ?(?:\+|plus\b|in combination with\b) ?[a-z]")
_WHATEVER = re.compile(r"\W*(?:any|all)\b[^,;.]{0,30}$")  # "Any prior chemotherapy must have ended"
_IF_ANY = re.compile(r"\bcompleted (?:any|all prior|all previous)\b[^,;.]*$")
_LONG_AFTER = _FRAMES["long_after"]


def is_void(clause: Clause, frame: Frame, polarity: Polarity, start: int, end: int) -> bool:
    """Whether something in the clause takes the force out of what it says of a therapy at a span."""
    if polarity == "barred":
        return _is_void_ban(clause, frame, start, end)
    return _is_void_demand(clause, frame, start, end)


def _is_void_ban(clause: Clause, frame: Frame, start: int, end: int) -> bool:
    """Whether a limit in time, a consequence or a condition takes the force out of a ban."""
    exception = clause.first_after("exception", end)
    is_for_metastatic = excepts_early(clause, end)
    reach = exception[0] if exception and is_for_metastatic else clause.end
    words = clause.lower[clause.start : start]
    is_suffix = frame.kind == "failed" and clause.lower.startswith("-", frame.start - 1)
    if is_suffix or _LATEST.match(words) or _is_combined(clause, words, end):
        return True
    if _is_dated(clause, reach) or clause.first_after("result", end) or header_has(clause, "dated"):
        return True
    if is_in_exclusion(clause) and _is_intolerance(clause, frame):
        return True
    if is_for_metastatic:
        return False
    if _WAIVER_BESIDE.match(clause.sentence.lower, end):
        return True
    return exception is not None and _ON_CONDITION.match(clause.lower, exception[0]) is not None


def _is_combined(clause: Clause, before: str, end: int) -> bool:
    """Whether a therapy is barred only together with another ("vinorelbine plus trastuzumab")."""
    pattern = _PLUS_BEFORE.search(before) or _COMBINED.search(before) or _PLUS_AFTER.match(clause.lower, end)
    return pattern is not None


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


def _is_void_demand(clause: Clause, frame: Frame, start: int, end: int) -> bool:
    """Whether "if indicated", a washout or "with or without" takes the force out of a demand."""
    words = clause.lower[clause.start : start]
    if _is_only_if_fit(clause, end) or is_latest(clause, start):
        return True
    is_duty = (_WHO.search(words) or _WHATEVER.match(words)) and _MODAL.match(clause.lower, end)
    if _IF_ANY.search(words) or _SINCE.search(words) or is_duty:
        return True
    if frame.kind == "failed" and _LONG_AFTER.search(words):
        return True
    if frame.kind == "prior" and any("within" not in clause.lower[span[0] : span[1]] for span in clause.spans("dated")):
        return True
    optional = clause.last_before("with_or_without", start)
    return optional is not None and start - optional[1] <= NEAR


def _is_only_if_fit(clause: Clause, end: int) -> bool:
    """Whether "if indicated" is said of a therapy, and not of the next one in a list."""
    rest = clause.sentence.lower[end : clause.end]
    return any(not _NEXT.search(rest, 0, span[0]) for span in clause.cues.spans("if_fit", rest)) or any(
        span[1] <= end and _OPENING.search(clause.lower[clause.start : span[0]]) for span in clause.spans("if_fit")
    )


def is_waived(clause: Clause, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a waiver takes the force out of a demand: of one in brackets that names a therapy, out of that alone."""
    if not clause.cues.spans("waiver", clause.sentence.lower):
        return False
    if _is_waived_next(clause):
        return True
    for start, _ in clause.cues.spans("waiver", clause.lower):
        of_one = _waived_alone(clause, start, mentions)
        if of_one is None or of_one.id == mention.id:
            return True
    for start, end in () if clause.is_aside else clause.asides:
        about = {item.id for item in mentions if start < item.start < end}
        is_inside = clause.start <= start < clause.end and (not about or mention.id in about)
        if is_inside and clause.cues.spans("waiver", clause.sentence.lower[start:end]):
            return True
    return False


def _waived_alone(clause: Clause, place: int, mentions: Sequence[Mention]) -> Mention | None:
    """The one therapy that a waiver is about ("further X is not indicated", "unless X is contraindicated")."""
    beside = next((item for item in mentions if -_BESIDE <= place - item.end <= _BESIDE and item.start != place), None)
    return beside if beside and _MORE.search(clause.lower[: beside.start]) else None


def _is_waived_next(clause: Clause) -> bool:
    """Whether the next clause goes on with a way round ("; or are not candidates for it")."""
    rest = clause.sentence.lower[clause.end :]
    return _OR_ELSE.match(rest) is not None and bool(clause.cues.spans("waiver", rest))
