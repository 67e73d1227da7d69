"""The disease settings that a study admits: early, locally advanced, metastatic.

What is read: the stage of the cancer that the inclusion criteria ask for, in words, stage numbers or TNM; what the
exclusion criteria rule out ("metastatic disease"); where the criteria say nothing, the titles, then the conditions,
then the setting in which earlier treatment is counted ("no prior chemotherapy for metastatic disease"). Silence admits
all three.

- "Histologically confirmed locally advanced or metastatic breast cancer" → locally_advanced, metastatic.
- "Stage I-III breast cancer after definitive surgery" → early.
- Not read: "liver enzymes up to 5 times normal with liver metastases": a laboratory limit is no demand on the stage.

Source of the mapping: the reading guide (stage III beside stage IV is all three; T3-4 or N2-3 before neoadjuvant
therapy is early and locally advanced; "advanced" together with metastatic is locally advanced).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.cues import scope
from trialfinder.eligibility.stage_mentions import (
    FAINT,
    ORGAN,
    SPREAD,
    STRONG,
    THERAPY,
    WEAK,
    StageSaid,
    rules_out,
    stages_said,
)
from trialfinder.eligibility.staging import EARLY, LOCAL, METASTATIC
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.model.facts import SETTINGS
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.contexts import holds, pattern_of

KEYS = ("settings",)


def _admitted(said: Sequence[StageSaid], rank: int) -> list[StageSaid]:
    return [item for item in said if item.rank == rank and not item.is_ban]


def _large(study: StudyText, criteria: Sequence[StageSaid]) -> list[StageSaid]:
    """T3-4, N2-3 or inflammatory before the operation is also locally advanced, unless it must be operable."""
    large = [item for item in criteria if item.rule == "settings.large" and not item.is_ban]
    is_early = any(item.setting == EARLY and item.rank == STRONG and not item.is_ban for item in criteria)
    if not large or not is_early:
        return []
    asked: list[Sentence | FieldText] = [
        *study.titles,
        *(sentence for sentence in study.sentences if not sentence.is_exclusion),
    ]
    if _says("operable", [*asked, *study.sentences]) or _says("operated", asked):
        return []
    is_before = any(map(_plans_neoadjuvant, asked)) or not _says("post_operative", asked)
    return [replace(item, setting=LOCAL) for item in large] if is_before else []


def _says(context: str, passages: Iterable[Sentence | FieldText]) -> bool:
    return any(holds(context, passage.lower) for passage in passages)


def _plans_neoadjuvant(passage: Sentence | FieldText) -> bool:
    """Whether treatment before the operation is ahead, not past and not ruled out."""
    found = pattern_of("neoadjuvant").search(passage.lower)
    if found is None:
        return False
    is_past = holds("earlier_word", passage.lower[max(0, found.start() - 30) : found.start()])
    return not is_past and not scope(passage, *found.span()).is_negated


def _also_spread(kept: list[StageSaid], criteria: Sequence[StageSaid], barred: set[str]) -> list[StageSaid]:
    """Where only inoperable disease is asked for, the spread disease for which earlier treatment is counted."""
    if METASTATIC in barred or {item.setting for item in kept} != {LOCAL}:
        return []
    return [item for item in _admitted(criteria, THERAPY) if item.setting == METASTATIC]


def _layers(study: StudyText, criteria: Sequence[StageSaid], titles: Sequence[StageSaid]) -> Iterator[list[StageSaid]]:
    """What is said of the setting, the surest first."""
    conditions = stages_said((*study.conditions, *study.keywords))
    yield [*_admitted(criteria, STRONG), *_large(study, criteria)]
    yield _admitted(titles, STRONG)
    yield _admitted([*criteria, *titles, *conditions], WEAK)
    yield _admitted(conditions, STRONG)
    yield [item for item in _admitted(criteria, THERAPY) if item.setting != EARLY]
    yield _admitted(titles, SPREAD)
    yield _admitted(criteria, SPREAD)
    faint = (_admitted(titles, FAINT), _admitted(criteria, FAINT))
    organs = [*_admitted(titles, ORGAN), *_admitted(criteria, ORGAN)]
    is_early_guess = any(item.setting == EARLY for layer in faint for item in layer)
    yield from ([organs, *faint] if is_early_guess else [*faint, organs])
    summary = stages_said(study.summary)
    yield [*_admitted(summary, STRONG), *_admitted(summary, WEAK)]


def _is_of_ours(item: StageSaid) -> bool:
    """Whether the criteria say it, and not only by a stage in a list of several tumours."""
    is_listed = item.rule.startswith("settings.stage") and holds("other_stage", item.passage.lower)
    return isinstance(item.passage, Sentence) and not is_listed


def _without(layer: list[StageSaid], barred: set[str]) -> list[StageSaid]:
    """A layer without the stages that the criteria rule out; what the criteria themselves ask for stays."""
    asked = {item.setting for item in layer if item.rank == STRONG and _is_of_ours(item)}
    if METASTATIC in asked:
        return layer
    kept = [item for item in layer if item.setting not in barred]
    return layer if asked and not kept else kept


def _fact(said: Iterable[StageSaid]) -> Fact:
    first: dict[str, StageSaid] = {}
    for item in said:
        first.setdefault(item.setting, item)
    if EARLY in first and METASTATIC in first:
        first.setdefault(LOCAL, first[METASTATIC])
    settings = tuple(setting for setting in SETTINGS if setting in first)
    demands = (
        Demand((setting,), (first[setting].passage.evidence(None, None, setting, first[setting].rule),))
        for setting in settings
    )
    return Fact("settings", settings, tuple(demands))


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The settings admitted; nothing where the record is silent."""
    del vocabulary
    criteria, titles = stages_said(study.sentences), stages_said(study.titles)
    bans = [item for item in criteria if rules_out(item)]
    titled = {item.setting for item in titles if item.rank in (STRONG, WEAK) and not item.is_ban}
    barred = {item.setting for item in bans if METASTATIC not in titled}
    if any(item.rule == "settings.m0" and not item.is_ban for item in criteria) and METASTATIC not in titled:
        barred.add(METASTATIC)
    for layer in _layers(study, criteria, titles):
        kept = _without(layer, barred)
        if kept:
            return (_fact([*kept, *_also_spread(kept, criteria, barred)]),)
    if METASTATIC in barred:
        spread = [item for item in bans if item.setting == METASTATIC]
        return (_fact(replace(item, setting=EARLY, rule="settings.no_metastases") for item in spread),)
    return ()
