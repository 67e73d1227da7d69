"""What a passage says of the stage of the disease, and what kind of statement it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.cues import find_cues, header_negates, scope
from trialfinder.eligibility.staging import EARLY, LOCAL, METASTATIC, find_stages
from trialfinder.vocab.contexts import pattern_of, words_of
from trialfinder.vocab.stages import load_stages

# How surely a mention tells of the disease admitted, the surest first: it says so; says it less well; says it of earlier
# treatment; names spread; lets it be guessed; names an organ of spread.
STRONG, WEAK, THERAPY, SPREAD, FAINT, ORGAN = range(6)
_RANKS = {"strong": STRONG, "weak": WEAK, "faint": FAINT, "site": SPREAD, "organ": ORGAN}
_HINT = re.compile(
    r"metast|stage|mbc|advanced|abc|resect|operab|early|ebc|adjuvant|recurr|relaps|incurab|curable|disseminat|primary|newly"
    r"|[tnm][0-4]|tis|dcis|in situ|ectom|surg|operative|curative|palliative|refract|resist|disease-free|evidence|risk|bone|local"
    r"|node|radiation|irradiation|radiotherapy|axilla|inflammatory|m1|oligo|progress|excised|removed|secondary|amenable|chest wall"
)


@dataclass(frozen=True, slots=True)
class StageSaid:
    """A setting that a passage names at `start:end`; `is_ban` where it is ruled out."""

    setting: str
    rank: int
    is_ban: bool
    passage: Sentence | FieldText
    start: int
    end: int
    rule: str


def _therapy_before() -> re.Pattern[str]:
    """ "chemotherapy for (locally advanced or) ..." right before a stage: it tells of treatment."""
    filler = rf"(?:[\s,/()-]|{words_of('stage_filler')})*"
    return re.compile(rf"{words_of('therapy_word')}[^;.:]{{0,60}}?\b(?:for|of|in|as|to)\b{filler}$")


def _past_before() -> re.Pattern[str]:
    return re.compile(rf"{words_of('past_word')}(?:(?!patients|subjects|women|who)[^;.:,]){{0,50}}$")


def _phrases(lower: str) -> Iterator[tuple[tuple[str, ...], int, int, int, str]]:
    """Settings, rank, start, end and rule of each phrase of a text."""
    stages = list(find_stages(lower))
    named = {setting for stage in stages if METASTATIC in stage.settings for setting in stage.settings}
    for match in load_stages().find(lower):
        row = match.row
        if row.strength != "none":
            yield row.settings, _RANKS[row.strength], match.start, match.end, f"settings.{row.strength}"
            named.update(row.settings if row.strength == "strong" else ())
    for stage in stages:
        if (stage.is_third or stage.is_large) and named & {LOCAL, METASTATIC} and EARLY not in named:
            yield (LOCAL,), STRONG, stage.start, stage.end, "settings.stage_third"
        else:
            rule = "settings.m0" if stage.is_m0 else "settings.large" if stage.is_large else "settings.stage"
            yield stage.settings, STRONG, stage.start, stage.end, rule


def _rank_in_context(lower: str, rank: int, start: int, end: int, rule: str) -> int | None:
    """The rank of a phrase given the words around it; None where it says nothing of the disease admitted."""
    before, after = lower[max(0, start - 110) : start], lower[end : end + 60]
    if rule == "settings.stage" and pattern_of("other_stage").search(after[:25]):
        return None
    organs = pattern_of("organ")
    if organs.search(re.split(r"[;,.]", before)[-1][-34:]) or organs.match(re.split(r"[;,.]", after)[0].lstrip()):
        return ORGAN
    if re.match(r"\s*(?:to|in|of|involving) ", after) and organs.search(re.split(r"[;,.]", after)[0][:30]):
        return ORGAN
    if _therapy_before().search(before):
        return THERAPY if rank in (STRONG, WEAK) else FAINT
    if _past_before().search(before) or pattern_of("came_back").search(after[:40]):
        return max(rank, FAINT)
    if pattern_of("tissue").search(lower[max(0, start - 60) : end + 30]):
        return max(rank, SPREAD)
    return rank


def _is_denied(passage: Sentence | FieldText, start: int) -> bool:
    """Whether a negation stands right before a stage, with nothing but filling words between."""
    for cue in reversed(find_cues(passage)):
        if cue.kind == "negation" and cue.direction != "backward" and cue.end <= start:
            filler = rf"(?:[\s(,/]|{words_of('denial_filler')})*"
            return re.fullmatch(filler, passage.lower[cue.end : start]) is not None
    return False


def _is_ban(passage: Sentence | FieldText, start: int, end: int) -> bool:
    if scope(passage, start, end).is_ruled_out:
        return True
    if isinstance(passage, FieldText):
        return _is_denied(passage, start)
    turns = _is_denied(passage, start) + any(header_negates(header) for header in passage.headers)
    return passage.is_exclusion != (turns % 2 == 1)


def _of_passage(passage: Sentence | FieldText) -> Iterator[StageSaid]:
    lower = passage.lower
    if not _HINT.search(lower) or pattern_of("other_cancer").search(lower) or pattern_of("laboratory").search(lower):
        return
    is_exclusion = isinstance(passage, Sentence) and passage.is_exclusion
    for settings, rank, start, end, rule in _phrases(lower):
        here = _rank_in_context(lower, rank, start, end, rule)
        if here is None:
            continue
        is_ban = here != THERAPY and _is_ban(passage, start, end)
        if is_exclusion and not is_ban and here != THERAPY:
            continue
        for setting in settings:
            yield StageSaid(setting, here, is_ban, passage, start, end, rule)


def stages_said(passages: Iterable[Sentence | FieldText]) -> list[StageSaid]:
    """All that the passages say of the stage, in order."""
    return [said for passage in passages for said in _of_passage(passage)]


def rules_out(said: StageSaid) -> bool:
    """Whether a barred stage is the disease itself, and not an organ of spread or a part of a longer condition."""
    if not said.is_ban or said.setting == EARLY or said.rank not in (STRONG, SPREAD):
        return False
    before = said.passage.lower[: said.start]
    is_lead = re.search(rf"(?:^[\W\d]*|{words_of('spread_lead')}\W+)$", before) is not None
    return (
        len(before) <= 90
        and (said.rank == STRONG or is_lead)
        and not scope(said.passage, said.start, said.end).has_exception
    )
