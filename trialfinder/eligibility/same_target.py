"""Bans on the study drug itself, or on drugs of its class or target, where the guide has no class for them.

"Previous exposure to a WEE1 inhibitor" in a study of a WEE1 inhibitor rules out `investigational_same_target`. A ban on
a study drug that is on the market and has a class of the guide's is a ban on that class, and is not read here.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.history import History
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement, read_mention
from trialfinder.vocab.literals import may_hold
from trialfinder.vocab.sought import Sought
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

SAME_TARGET = "investigational_same_target"
CHEMOTHERAPY = "chemotherapy"
BROAD = frozenset((CHEMOTHERAPY, "endocrine_therapy", "her2_therapy"))

_FRAMES = load_wordings("treatment_frames")
_NAME = re.compile(r"(?<![\w-])([A-Za-z0-9][\w/.-]*)(?: \([^()]*\))?[ -]+(?=[a-z])")
_AGAINST = Sought(
    r"(?:target(?:ing|s|ed at)|inhibit(?:ing|ors? of|s)|directed (?:at|against|to)|agents? against|specific for)"
    r"(?: the)? ([A-Za-z0-9][\w/.-]*)"
)
_SAME = re.compile(
    r"\b(?:same|similar)(?: or similar)? (?:class|mechanism|target|mode|pharmacolog\w+|drug|payload|type|agents?)"
)
_MAYBE_SAME = re.compile(r"same|similar")
_STUDY_DRUG = _FRAMES["had_studied_drug"]
_MAYBE_STUDY_DRUG = re.compile(r"(?:study|trial|investigational) [dmatpc]")
_ACRONYM = re.compile(r"\(([A-Za-z0-9][\w/-]{1,9})\)")
_TARGETING = re.compile(r"target|inhibit|antagon|agonist|directed")
_ASKED_FOR = re.compile(rf"\b{_FRAMES.source('asks_for_a_drug')}(?: (?:any|the|other|another|an?))?[ (]+$")
# A name that stands where a drug is asked for, in a record that names nothing: a code, or a word with a capital.
_NEW_NAME = re.compile(
    rf"{_FRAMES.source('new_name_lead')} (?:any )?([A-Z][a-z]{{5,}}\b(?! ?[A-Z])|[A-Z]{{2,5}}[ -]?\d{{3,}}[A-Z\d-]*)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z]*[A-Za-z0-9.-]*\d[\w-]*|[A-Za-z-]{5,}")
_COMMON = frozenset(_FRAMES.literals("common_word"))


_CODE = re.compile(r"\d")
_ANY_WORD = re.compile(r"[a-z0-9][\w/-]*")


class StudyNames:
    """The words by which a study names what it studies."""

    def __init__(self, study: StudyText, therapies: Therapies) -> None:
        """Look at names and titles when they are asked for."""
        self._study = study
        self._therapies = therapies

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Ids of the drugs and classes that interventions and titles name."""
        fields = (*self._study.interventions, *self._study.titles)
        return frozenset(mention.id for field in fields for mention in self._therapies.mentions(field.body))

    @cached_property
    def given(self) -> frozenset[str]:
        """Ids of the drugs and classes that interventions alone name."""
        return frozenset(
            mention.id for field in self._study.interventions for mention in self._therapies.mentions(field.body)
        )

    @cached_property
    def classes(self) -> frozenset[str]:
        """Their classes."""
        return frozenset(class_ for drug in self.drugs for class_ in self._therapies.classes_of(drug))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of names, titles and summaries, in lower case and the singular."""
        study = self._study
        fields = (*study.interventions, *study.titles, *study.arms, *study.keywords, *study.summary)
        found = (match[0] for field in fields for match in _ANY_WORD.finditer(field.lower))
        return frozenset(part for word in found for part in (word.rstrip("s"), *word.split("-"), *word.split("/")))

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Words of the interventions' names that are no word of every trial's, and no known drug's."""
        names: set[str] = set()
        for field in self._study.interventions:
            known = {
                field.body[mention.start : mention.end].lower() for mention in self._therapies.mentions(field.body)
            }
            if len(field.body) <= 60:
                names |= {word.lower() for word in _WORD.findall(field.body)} - _COMMON - known
        return frozenset(names)

    @cached_property
    def is_of_vaccine(self) -> bool:
        """Whether a vaccine is studied."""
        fields = (*self._study.interventions, *self._study.titles)
        return any(load_treatment_cues().spans("vaccine", field.lower) for field in fields)

    @property
    def is_bare(self) -> bool:
        """Whether the record says nothing of what it studies (criteria alone)."""
        return not self._study.interventions


def is_same_target(statement: Statement, names: StudyNames, therapies: Therapies) -> bool:
    """Whether a barred therapy is the study's own, and no class of the guide's says it."""
    has_class = _has_own_class(statement.id, therapies)
    if statement.is_drug and statement.id in names.drugs:
        return not has_class or not therapies.is_marketed(statement.id)
    name = statement.clause.sentence.body[statement.start : statement.end]
    is_code = statement.is_drug and _CODE.search(name) is not None
    if has_class or statement.id not in therapies.anticancer:
        is_rays = "radiotherapy" in therapies.ancestors(statement.id)
        return not has_class and names.is_bare and is_code and not is_rays
    if therapies.listed_as(statement.id):
        is_new = is_code or (statement.is_drug and not therapies.is_marketed(statement.id))
        is_plain = therapies.listed_as(statement.id) == (CHEMOTHERAPY,)
        return (names.is_bare and (is_new or is_plain)) or (is_plain and statement.id in names.classes)
    return (
        (names.is_bare and "radiotherapy" not in therapies.ancestors(statement.id) and _is_of_the_past(statement))
        or any(class_ in names.classes for class_ in therapies.classes_of(statement.id))
        or statement.id in names.drugs
    )


def _is_of_the_past(statement: Statement) -> bool:
    """Whether treatment before the study is spoken of, and not the mere use of a drug."""
    return statement.clause.has("prior") or not statement.clause.has("weak") or "use of" not in statement.clause.lower


def _has_own_class(id_: str, therapies: Therapies) -> bool:
    """Whether the guide has a class for it, more exact than all chemotherapy or all endocrine therapy."""
    listed = set(therapies.listed_as(id_))
    return bool(listed) and not (listed <= BROAD and id_ not in BROAD)


def same_target_statements(sentence: Sentence, history: History, names: StudyNames) -> Iterator[Statement]:
    """What a sentence says of the study's own drug or target, in words that no vocabulary holds: mostly bans."""
    words = list(_own_words(sentence.body, names))
    if not words:
        return
    clauses, mentions = history.parts(sentence)
    known = [item for item in mentions if _has_its_own_class(item, history.therapies)]
    words = [span for span in words if not any(item.start < span[1] and span[0] < item.end for item in known)]
    for clause in clauses:
        for start, end in words:
            if clause.has("exception") or not clause.lower[start:end].strip():
                continue
            statement = read_mention(clause, Mention(SAME_TARGET, start, end, is_drug=False))
            if statement and not statement.is_counted:
                yield statement


def _has_its_own_class(mention: Mention, therapies: Therapies) -> bool:
    """Whether a therapy is listed by its class, or is none against cancer."""
    return bool(therapies.listed_as(mention.id)) or mention.id not in therapies.anticancer


def _own_words(body: str, names: StudyNames) -> Iterator[tuple[int, int]]:
    """Where a sentence may name the study's own drug or target."""
    lower, cues = body.lower(), load_treatment_cues()
    kinds = {start + (lower[start] in " -") for start, _ in cues.spans("own_kind", lower)}
    for match in _NAME.finditer(body) if kinds else ():
        if match.end() in kinds and _is_own_target(match[1], names):
            yield match.span(1)
    yield from (match.span(1) for match in _AGAINST.finditer(body) if _is_own_target(match[1], names))
    if _MAYBE_SAME.search(lower):
        yield from (match.span() for match in _SAME.finditer(lower))
    if _MAYBE_STUDY_DRUG.search(lower):
        yield from (match.span() for match in _STUDY_DRUG.finditer(lower))
    if _TARGETING.search(body):
        yield from (match.span(1) for match in _ACRONYM.finditer(body) if _is_own_target(match[1], names))
    if names.is_of_vaccine and not cues.spans("other_vaccine", lower):
        yield from cues.spans("vaccine", lower)
    if names.is_bare:
        yield from (match.span(1) for match in _NEW_NAME.finditer(body))
    if may_hold(tuple(names.own_names), lower):
        yield from (match.span() for match in _WORD.finditer(body) if _is_own_name(match, lower, names))


def _is_own_name(match: re.Match[str], lower: str, names: StudyNames) -> bool:
    """Whether a word is a name that the study gives to what it studies, and a drug is asked for there."""
    if match[0].lower() not in names.own_names or not _ASKED_FOR.search(lower, 0, match.start()):
        return False
    next_words = lower[match.end() : match.end() + 30]
    return not any(span[0] <= 15 for span in load_treatment_cues().spans("not_a_drug", next_words))


def _is_own_target(word: str, names: StudyNames) -> bool:
    """Whether a word is the name of a target (it has a capital or a number) that the study is about."""
    is_name = any(sign.isupper() for sign in word[1:]) or any(sign.isdigit() for sign in word)
    if not is_name or len(word) < 3 or word.isdigit() or load_treatment_cues().spans("no_target", word.lower()):
        return False
    return names.is_bare or word.lower().rstrip("s") in names.words
