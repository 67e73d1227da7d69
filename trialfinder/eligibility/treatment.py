"""What a clause says of a therapy: that it must have been had, must not, or may."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trialfinder.eligibility.clauses import Clause, headers_of, names_other_tumour
from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.force import is_void, is_waived
from trialfinder.eligibility.frames import Frame, frame_of
from trialfinder.eligibility.limits import is_limited
from trialfinder.eligibility.named import (
    SYSTEMIC,
    excepted_in,
    excepts_early,
    is_after_if,
    is_early_alone,
    left_of,
    named_in,
)
from trialfinder.eligibility.polarity import Polarity, polarity_of
from trialfinder.model.facts import Setting
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_BARE_NO = re.compile(
    r"\b(?:no|never|without)(?: other| systemic| such| prior| previous| any)*[ -]*$|^(?!.*\b(?:no|never|without)\b)"
)
_THIS = re.compile(r"\b(?:this|current|study|protocol|planned|upcoming|assigned) $")
_COUNT = _FRAMES["number_of_treatments"]
_ON_TRIAL = _FRAMES["on_trial_only"]
_DURING = re.compile(r"\b(?:on|during|from|due to|after) (?:any |the |their )?(?:prior|previous)(?: [a-z-]+)?[ ,]*$")
_MORE_THAN = re.compile(r"(?:more than|greater than|>|≥) ?(?:one|two|three|\d)(?: (?:prior|previous|different))? $")


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


def _setting(clause: Clause, start: int, end: int, polarity: Polarity) -> Setting:
    """The setting of a statement; a ban "other than in the adjuvant setting" holds for metastatic disease."""
    if polarity == "barred" and excepts_early(clause, end):
        return "metastatic"
    exception = clause.first_after("exception", end) if polarity == "barred" else None
    return clause.setting_of(start, end, exception[0] if exception else None)


def _is_counted(clause: Clause, start: int, end: int) -> bool:
    """Whether the therapy stands behind a number of lines or regimens."""
    first = max(clause.start, start - 50, clause.lower.rfind(" or any ", 0, start))
    if _MORE_THAN.search(clause.lower[clause.start : start]):
        return True
    return any(not _is_of_a_name(clause, match.start()) for match in _COUNT.finditer(clause.lower, first, end + 25))


def _is_of_a_name(clause: Clause, place: int) -> bool:
    """Whether a number is part of a name ("topoisomerase 1"), and counts nothing."""
    before = clause.lower[max(0, place - 16) : place]
    return any(len(before) - span[1] <= 1 for span in clause.cues.spans("number_label", before))


def _is_meant_in_general(clause: Clause, frame: Frame, polarity: Polarity | None, start: int) -> bool:
    """Whether "therapy" is really asked for or barred, and not only the time of something ("on prior therapy")."""
    words = clause.lower[clause.start : start]
    if frame.start == frame.end and not _BARE_NO.search(words):
        return False
    return not (polarity == "barred" and frame.kind == "prior" and _DURING.search(words))


def read_mention(clause: Clause, mention: Mention) -> Statement | None:
    """What a clause says of a therapy that it names; None where it says nothing of having had it."""
    start, end = mention.start, mention.end
    frame = frame_of(clause, start, end)
    if frame is None or _is_beside_the_point(clause, frame, start, end):
        return None
    polarity = polarity_of(clause, frame, start, end)
    if mention.id == SYSTEMIC and not _is_meant_in_general(clause, frame, polarity, start):
        return None
    is_on_trial = polarity == "barred" and "immun" in clause.lower[start:end] and _ON_TRIAL.search(clause.lower[:start])
    if polarity is None or is_on_trial or is_void(clause, frame, polarity, start, end):
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
        if not named:
            continue
        excepted = excepted_in(clause, named, mentions)
        left_out |= {item.id for item in excepted}
        barred = {item.id for item in named if item not in excepted}
        early = [item for item in excepted if item.id in barred and is_early_alone(clause, item)]
        spared = [item for item in excepted if item not in early and not is_after_if(clause, item)]
        spared = [] if excepted and excepts_early(clause, named[0].end) else spared
        meant = [item for item in named if item not in excepted and not (clause.is_aside and item.id in left_out)]
        for mention in (part for item in meant for part in left_of(item, spared, therapies)):
            statement = read_mention(clause, mention)
            if statement is None or (statement.polarity == "demanded" and is_waived(clause, mention, mentions)):
                continue
            is_early = left_of(mention, early, therapies) != (mention,)
            yield replace(statement, setting="metastatic") if is_early else statement
