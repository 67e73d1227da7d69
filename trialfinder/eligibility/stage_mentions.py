"""What a passage says of the stage of the disease, and what kind of statement it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.cues import find_cues, header_negates, scope
from trialfinder.eligibility.staging import EARLY, LOCAL, METASTATIC, StageMention, find_stages
from trialfinder.vocab.contexts import holds, pattern_of, words_of
from trialfinder.vocab.stages import load_stages

# How surely a mention tells of the disease admitted, the surest first: it says so; says it less well; says it of
# earlier treatment; names spread; lets it be guessed; names an organ of spread.
STRONG, WEAK, THERAPY, SPREAD, FAINT, ORGAN = range(6)
_RANKS = {"strong": STRONG, "weak": WEAK, "faint": FAINT, "large": FAINT, "site": SPREAD, "organ": ORGAN}

_PART_END = re.compile(r"[;,.]")
_SPREAD_TO = re.compile(r"\s*(?:disease )?(?:to|in|of|involving) ")
_SPREAD_TO_AFTER = re.compile(r"\s*(?:disease )?(?:to|in|of|involving|after|following) ")
_NUMBERED = ("settings.stage", "settings.large", "settings.m0")


@dataclass(frozen=True, slots=True)
class _Phrase:
    settings: tuple[str, ...]
    rank: int
    start: int
    end: int
    rule: str


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


@cache
def _therapy_before() -> re.Pattern[str]:
    """The words right before a stage that make it one of treatment: "chemotherapy for locally advanced or ..."."""
    filler = rf"(?:[\s,/()-]|{words_of('stage_filler')})*"
    return re.compile(rf"{words_of('therapy_word')}[^;.:]{{0,60}}?\b(?:for|of|in|as|to)\b{filler}$")


@cache
def _past_before() -> re.Pattern[str]:
    return re.compile(rf"{words_of('past_word')}(?:(?!patients|subjects|women|who)[^;.:,]){{0,50}}$")


def _numbered(stage: StageMention, named: set[str], worded: set[str]) -> _Phrase:
    """A stage number or TNM category; stage III and T4 beside inoperable or metastatic disease are locally advanced."""
    if stage.is_late and LOCAL in worded and EARLY not in worded:
        late = tuple(setting for setting in stage.settings if setting != EARLY) or (LOCAL,)
        return _Phrase(late, STRONG, stage.start, stage.end, "settings.stage_late")
    if (stage.is_third or stage.is_large) and named & {LOCAL, METASTATIC} and EARLY not in named:
        return _Phrase((LOCAL,), STRONG, stage.start, stage.end, "settings.stage_third")
    rule = "settings.m0" if stage.is_m0 else "settings.large" if stage.is_large else "settings.stage"
    return _Phrase(stage.settings, STRONG, stage.start, stage.end, rule)


def _phrases(passage: Sentence | FieldText) -> Iterator[_Phrase]:
    """The phrases, stage numbers and TNM categories of a passage; beside M0 no other word says metastatic."""
    stages = list(find_stages(passage.lower))
    is_m0 = any(stage.is_m0 for stage in stages)
    named = {setting for stage in stages if METASTATIC in stage.settings for setting in stage.settings}
    worded: set[str] = set()
    for match in load_stages().find(passage.lower):
        row = match.row
        if row.strength == "none" or (is_m0 and METASTATIC in row.settings):
            continue
        is_beside = row.strength == "site" and LOCAL in named | worded
        rank = STRONG if is_beside else _RANKS[row.strength]
        yield _Phrase(row.settings, rank, match.start, match.end, f"settings.{row.strength}")
        if row.strength == "strong" and not _is_denied(passage, match.start):
            worded.update(row.settings)
    yield from (_numbered(stage, named | worded, worded) for stage in stages)


def _last_part(before: str) -> str:
    """What stands behind the last comma, semicolon or full stop."""
    return before[max(before.rfind(";"), before.rfind(","), before.rfind(".")) + 1 :]


def _is_organ(before: str, after: str, *, is_local: bool) -> bool:
    """Whether an organ of spread stands beside a phrase: "brain metastases", "local recurrence after brain surgery"."""
    clause = _PART_END.split(after, 1)[0]
    reach = _SPREAD_TO_AFTER if is_local else _SPREAD_TO
    return (
        holds("organ", _last_part(before)[-34:])
        or pattern_of("organ").match(clause.lstrip()) is not None
        or (reach.match(clause) is not None and holds("organ", clause[:45]))
    )


def _is_past(phrase: _Phrase, before: str, after: str) -> bool:
    """Whether early disease is past ("prior stage I", "... who have had a relapse"), or a stage only a chance."""
    if holds("chance_word", _last_part(before)[-40:]):
        return True
    is_early = EARLY in phrase.settings
    return is_early and (_past_before().search(before) is not None or holds("came_back", after))


def _is_in_passing(words: str, before: str) -> bool:
    """Whether earlier treatment is merely let in ("may have had adjuvant therapy"), which tells nothing of today."""
    return holds("early_treatment", words) and holds("passing", re.split(r"[;.]", before)[-1][-60:])


def _is_of_subset(before: str, after: str) -> bool:
    """Whether a demand is made of some patients only: "patients with metastatic disease must have had ..."."""
    lead, duty = _subset_words()
    return lead.fullmatch(before) is not None and duty.match(after) is not None


@cache
def _subset_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lead = rf"[\W\d]*{words_of('subset_lead')}(?:[\s,/()-]|{words_of('stage_filler')})*"
    duty = rf"\s*(?:{words_of('stage_filler')}\s+)*{words_of('subset_duty')}"
    return re.compile(lead), re.compile(duty)


def _rank_in_context(passage: Sentence | FieldText, phrase: _Phrase) -> int | None:
    """The rank of a phrase given the words around it; None where it says nothing of the disease admitted."""
    lower, start, end = passage.lower, phrase.start, phrase.end
    before, after = lower[max(0, start - 110) : start], lower[end : end + 60]
    if phrase.rule == "settings.stage" and holds("other_stage", after[:25]):
        return None
    is_local = METASTATIC not in phrase.settings
    if phrase.rule not in _NUMBERED and _is_organ("" if is_local else before, after, is_local=is_local):
        return None if is_local else ORGAN
    if phrase.rule == "settings.faint" and _is_in_passing(lower[start:end], before):
        return None
    if isinstance(passage, Sentence) and _therapy_before().search(before):
        return THERAPY if phrase.rank in (STRONG, WEAK) else FAINT
    if METASTATIC in phrase.settings and start < len(before) + 1 and _is_of_subset(before, after):
        return THERAPY
    is_of_tissue = holds("tissue", before[-30:] + lower[start : end + 25])
    least = FAINT if _is_past(phrase, before, after) else SPREAD if is_of_tissue else phrase.rank
    return max(phrase.rank, least)


def _is_denied(passage: Sentence | FieldText, start: int) -> bool:
    """Whether a negation stands before a stage with nothing but filling words, or "evidence of", between."""
    for cue in reversed(find_cues(passage)):
        if cue.kind == "negation" and cue.direction != "backward" and cue.end <= start:
            between = passage.lower[cue.end : start]
            filler, evidence = _denial_words()
            if filler.fullmatch(between):
                return True
            return evidence.match(between) is not None and not holds("therapy_word", between)
    return False


@cache
def _denial_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between a negation and what it denies: filling words, or "evidence of"."""
    filler = rf"(?:[\s(,/]|{words_of('denial_filler')})*"
    evidence = rf"(?:\W*\w+){{0,5}}\W+{words_of('evidence')}[^.;:]{{0,80}}$"
    return re.compile(filler), re.compile(evidence)


def _is_ban(passage: Sentence | FieldText, start: int, end: int) -> bool:
    if scope(passage, start, end).is_ruled_out:
        return True
    if isinstance(passage, FieldText):
        return _is_denied(passage, start)
    turns = _is_denied(passage, start) + any(header_negates(header) for header in passage.headers)
    return passage.is_exclusion != (turns % 2 == 1)


def _is_hearsay(lower: str, start: int) -> bool:
    """Whether spread is only looked for: "if symptoms suggestive of metastases are present"."""
    return holds("hearsay", _last_part(lower[max(0, start - 50) : start]))


def _of_passage(passage: Sentence | FieldText) -> Iterator[StageSaid]:
    lower = passage.lower
    phrases = list(_phrases(passage))
    if not phrases or holds("other_cancer", lower) or holds("laboratory", lower):
        return
    is_exclusion = isinstance(passage, Sentence) and passage.is_exclusion
    for phrase in phrases:
        rank = _rank_in_context(passage, phrase)
        if rank is None:
            continue
        is_said = rank == THERAPY or (phrase.rule == "settings.m0" and not is_exclusion)
        is_ban = not is_said and _is_ban(passage, phrase.start, phrase.end)
        if not is_ban and METASTATIC in phrase.settings and _is_hearsay(lower, phrase.start):
            continue
        if is_ban or rank == THERAPY or not is_exclusion:
            for setting in phrase.settings:
                yield StageSaid(setting, rank, is_ban, passage, phrase.start, phrase.end, phrase.rule)


def stages_said(passages: Iterable[Sentence | FieldText]) -> list[StageSaid]:
    """All that the passages say of the stage, in order."""
    return [said for passage in passages for said in _of_passage(passage)]


def rules_out(said: StageSaid) -> bool:
    """Whether a barred stage is the disease itself, and not an organ of spread or a part of a longer condition."""
    if not said.is_ban or said.setting == EARLY or said.rank not in (STRONG, SPREAD):
        return False
    before, after = said.passage.lower[: said.start], said.passage.lower[said.end :]
    filler = (
        rf"(?:[\W\d]|{words_of('denial_filler')}|{words_of('bar_filler')}|{words_of('spread_lead')}|no|not|without)*"
    )
    is_limited = re.match(rf"[\s()]*(?:{words_of('stage_filler')}\s+)*?{words_of('bar_limit')}", after)
    is_whole = re.fullmatch(filler, before) is not None and (is_limited is None or said.rule == "settings.stage")
    return is_whole and not scope(said.passage, said.start, said.end).has_exception
