"""The disease settings that a study admits: early, locally advanced, metastatic.

What is read: the stage of the cancer that the inclusion criteria ask for, in words, stage numbers or TNM; what the exclusion criteria
rule out ("metastatic disease"); where the criteria say nothing, the titles, then the conditions, then the setting in which
earlier treatment is counted ("no prior chemotherapy for metastatic disease"). Silence admits all three.

- "Histologically confirmed locally advanced or metastatic breast cancer" → locally_advanced, metastatic.
- "Stage I-III breast cancer after definitive surgery" → early.
- Not read: "liver enzymes up to 5 times normal with liver metastases": a laboratory limit is no demand on the stage.

Source of the mapping: the reading guide (stage III beside stage IV is all three; T3-4 or N2-3 before neoadjuvant therapy is early and
locally advanced; "advanced" together with metastatic is locally advanced).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.cues import find_cues, header_negates, scope
from trialfinder.eligibility.staging import EARLY, LOCAL, METASTATIC, find_stages
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.model.facts import SETTINGS
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.stages import load_stages

KEYS = ("settings",)
WORDS = re.compile(r"metasta|stage|\bmbc\b|advanced|resect|operab|early|adjuvant|recurren|relaps|incurable|disseminated")
_HINT = re.compile(WORDS.pattern + r"|primary|newly|\bt[0-4]|\bn[0-3]|\bm[01]\b|dcis|in situ|ectomy|surg|abc|curative|refractory|ned\b|free|risk|bone|local|node")

# What stands before a phrase that tells of treatment or the past, not of the disease admitted.
_THERAPY = re.compile(
    r"\b(?:therap\w+|treat\w+|chemotherap\w+|regimens?|lines?|received|medications?|agents?|radiotherapy|progress\w*|inhibitors?|drugs?"
    r"|et|options?|management|setting)\b[^;.:]{0,60}?\b(?:for|of|in|as|to)\b(?:[\s,/()-]|\b(?:the|their|this|first|second|line|or|and|inoperable"
    r"|unresectable|locally|advanced|recurrent|relapsed|metastatic|disease|breast|cancer|initial|treatment|of|early|stages?|primary|[iv]+)\b)*$"
)
_PAST = re.compile(r"\b(?:prior|previous(?:ly)?|history of|past|initial(?:ly)?|original(?:ly)?|treated for|earlier|completed|after|following)\b(?:(?!patients|subjects|women|who)[^;.:,]){0,50}$")
_CAME_BACK = re.compile(r"[^;.,]{0,30}\bwho (?:have|has|had)[^;.,]{0,30}(?:recur|relaps|metasta)")
_OTHER = re.compile(r"other (?:prior |previous |primary |invasive |active |concurrent )*(?:malignan|cancer|neoplas)|second(?:ary)? (?:primary|malignan|cancer)|cervix|cervical|basal|melanoma|skin cancer|prior malignan|previous malignan|prostate")
_LAB = re.compile(r"\buln\b|\bunl\b|upper (?:limit|normal)|bilirubin|phosphatase|transaminase|\bast\b|\balt\b|albumin|pregnan|contracepti|childbearing")
_SITE = re.compile(r"(?:brain|cns|central nervous system|leptomeningeal|meningeal|spinal|epidural|intracranial|cerebral|visceral|liver|hepatic|lung|pulmonary)[^;,.]{0,30}$|^[^;,.]{0,15}(?:to|in|of|involving) (?:the )?(?:brain|cns|central nervous|spin)")
_TISSUE = re.compile(r"biops|archiv|tissue|specimen|sample|block|paraffin|tumou?r bank|scan|imaging|\bihc\b|\bfish\b|hybridi[sz]ation|staining")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A setting that a passage names, and what kind of statement it is."""

    setting: str
    rank: int  # 0 strong … ; see _RANKS
    is_ban: bool
    passage: Sentence | FieldText
    start: int
    end: int
    rule: str


STRONG, WEAK, THERAPY, SITE, FAINT, ELSEWHERE = range(6)
_RANKS = {"strong": STRONG, "weak": WEAK, "faint": FAINT, "site": SITE, "organ": ELSEWHERE}


def _phrases(passage: Sentence | FieldText) -> Iterator[tuple[tuple[str, ...], int, int, int, str]]:
    """Settings, rank, start, end and rule of each phrase of a passage."""
    lower = passage.lower
    named: set[str] = set()
    for match in load_stages().find(lower):
        if match.row.strength != "none":
            yield match.row.settings, _RANKS[match.row.strength], match.start, match.end, f"settings.{match.row.strength}"
            named.update(match.row.settings if match.row.strength == "strong" else ())
    for stage in find_stages(lower):
        if stage.is_third and named & {LOCAL, METASTATIC} and EARLY not in named:
            yield (LOCAL,), STRONG, stage.start, stage.end, "settings.stage_third"
        else:
            rule = "settings.m0" if stage.is_m0 else "settings.large" if stage.is_large else "settings.stage"
            yield stage.settings, STRONG, stage.start, stage.end, rule


def _rank_in_context(sentence: Sentence | FieldText, rank: int, start: int, end: int) -> int | None:
    """The rank of a phrase given the words around it; None where it says nothing of the disease admitted."""
    lower = sentence.lower
    before, after = lower[max(0, start - 110) : start], lower[end : end + 60]
    if _LAB.search(lower):
        return None
    if _SITE.search(before) or _SITE.search(after):
        return ELSEWHERE
    if _THERAPY.search(before):
        return THERAPY if rank in (STRONG, WEAK) else FAINT
    if _PAST.search(before) or _CAME_BACK.match(after):
        return max(rank, FAINT)
    return max(rank, WEAK) if _TISSUE.search(before) else rank


# Between a negation and the stage it denies stand only such words: "no known evidence of distant metastases".
_FILLER = re.compile(
    r"(?:[\s(,]|\b(?:known|clinical(?:ly)?|radiolog\w+|evidence|of|any|distant|signs?|or|and|other|documented|current|history|the|a|prior"
    r"|previous|suspected|overt|detectable|have|has|had|having|with|been|be|pathologic\w*|synchronous|visceral|stage|iv|locally|advanced"
    r"|inoperable|unresectable|recurrent|metastatic|disease|cancer|breast|for|to)\b)*"
)


def _is_denied(passage: Sentence | FieldText, start: int) -> bool:
    """Whether a negation stands right before a stage, with nothing but filling words between."""
    for cue in reversed(find_cues(passage)):
        if cue.kind == "negation" and cue.direction != "backward" and cue.end <= start:
            return _FILLER.fullmatch(passage.lower, cue.end, start) is not None
    return False


def _is_ban(passage: Sentence | FieldText, start: int, end: int) -> bool:
    if scope(passage, start, end).is_ruled_out:
        return True
    if isinstance(passage, FieldText):
        return _is_denied(passage, start)
    turns = _is_denied(passage, start) + any(header_negates(header) for header in passage.headers)
    return passage.is_exclusion != (turns % 2 == 1)


def _read_passage(passage: Sentence | FieldText) -> Iterator[_Mention]:
    lower = passage.lower
    if not _HINT.search(lower) or _OTHER.search(lower):
        return
    is_exclusion = isinstance(passage, Sentence) and passage.is_exclusion
    for settings, rank, start, end, rule in _phrases(passage):
        here = _rank_in_context(passage, rank, start, end)
        if here is None:
            continue
        is_ban = _is_ban(passage, start, end)
        if is_exclusion and not is_ban:
            continue
        for setting in settings:
            yield _Mention(setting, here, is_ban, passage, start, end, rule)


def _mentions(passages: Iterable[Sentence | FieldText]) -> list[_Mention]:
    return [mention for passage in passages for mention in _read_passage(passage)]


def _admitted(mentions: Sequence[_Mention], rank: int) -> list[_Mention]:
    return [mention for mention in mentions if mention.rank == rank and not mention.is_ban]


_NEOADJUVANT = re.compile(r"neo-?\)?-?/?adjuvant|pre-?operative (?:chemo|system|therap|treat|endocrine|trastu)|(?:prior to|before) surgery|primary (?:system|chemo)")
_OPERABLE = re.compile(r"(?<![a-z])(?:operable|resectable)")


def _large_is_locally_advanced(study: StudyText, criteria: Sequence[_Mention]) -> list[_Mention]:
    """T3-4 or N2-3 before neoadjuvant therapy is also locally advanced, unless the tumour must be operable."""
    large = [mention for mention in criteria if mention.rule == "settings.large" and not mention.is_ban]
    texts = [passage.lower for passage in (*study.titles, *study.sentences)] if large else []
    if any(map(_NEOADJUVANT.search, texts)) and not any(map(_OPERABLE.search, texts)):
        return [replace(mention, setting=LOCAL) for mention in large]
    return []


def _layers(study: StudyText, criteria: list[_Mention]) -> Iterator[list[_Mention]]:
    """What is said of the setting, the surest first."""
    titles, conditions = _mentions(study.titles), _mentions((*study.conditions, *study.keywords))
    yield [*_admitted(criteria, STRONG), *_large_is_locally_advanced(study, criteria)]
    yield _admitted(titles, STRONG)
    yield _admitted([*criteria, *titles, *conditions], WEAK)
    yield _admitted(conditions, STRONG)
    yield _admitted(criteria, THERAPY)
    for rank in (SITE, FAINT):
        yield _admitted(titles, rank)
        yield _admitted(criteria, rank)
    yield [mention for mention in _mentions(study.summary) if mention.rank in (STRONG, WEAK) and not mention.is_ban]
    yield _admitted([*titles, *criteria], ELSEWHERE)


_BEFORE_SPREAD = re.compile(r"(?:^[\W\d]*|\b(?:of|known|any|with|or|and|has|have|distant|no|without|systemic|other|evident|current|prior|clinical|for|by|suspected)\W+)$")


def _bars_the_disease(mention: _Mention) -> bool:
    """Whether a barred stage is the disease itself, and not a place of spread or a part of a longer condition."""
    before = mention.passage.lower[: mention.start]
    return len(before) <= 90 and (mention.rank == STRONG or _BEFORE_SPREAD.search(before) is not None)


def _bans(criteria: Sequence[_Mention]) -> list[_Mention]:
    """Stages that the criteria rule out, apart from early disease (whose bans name some form of it)."""
    return [
        mention
        for mention in criteria
        if mention.is_ban
        and mention.setting != EARLY
        and mention.rank in (STRONG, SITE)
        and _bars_the_disease(mention)
        and not scope(mention.passage, mention.start, mention.end).has_exception
    ]


def _without_bans(layer: list[_Mention], bans: list[_Mention]) -> list[_Mention]:
    """A layer without what the criteria rule out; what they themselves ask for as metastatic stays."""
    barred = {ban.setting for ban in bans}
    asked = {mention.setting for mention in layer if mention.rank == STRONG and isinstance(mention.passage, Sentence)}
    if METASTATIC in asked:
        return layer
    kept = [mention for mention in layer if mention.setting not in barred]
    return kept or ([] if not asked else layer)


def _fact(mentions: list[_Mention]) -> Fact:
    first: dict[str, _Mention] = {}
    for mention in mentions:
        first.setdefault(mention.setting, mention)
    if EARLY in first and METASTATIC in first:
        first.setdefault(LOCAL, first[METASTATIC])
    demands = tuple(
        Demand((setting,), (first[setting].passage.evidence(None, None, setting, first[setting].rule),))
        for setting in SETTINGS
        if setting in first
    )
    return Fact("settings", tuple(demand.members[0] for demand in demands), demands)


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The settings admitted; nothing where the record is silent."""
    del vocabulary
    criteria = _mentions(study.sentences)
    bans = _bans(criteria)
    for layer in _layers(study, criteria):
        kept = _without_bans(layer, bans)
        if kept:
            return (_fact(kept),)
    if any(ban.setting == METASTATIC for ban in bans):
        return (_fact([replace(ban, setting=EARLY, rule="settings.no_metastases") for ban in bans]),)
    return ()
