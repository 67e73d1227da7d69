"""What each sentence says of metastases of the brain and of the meninges.

A sentence takes a *stance*: `required`, `either` (let in with it and without it), `active` (let in though active,
untreated or growing), `plain` (let in, nothing more said), `calm` (let in if treated, stable or without symptoms),
`some` (the active form is kept out), `all` (kept out in any form). Which value follows for the study is decided in the
readers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.mentions import sentences_with, window
from trialfinder.eligibility.study_text import StudyText
from trialfinder.vocab.wordings import Wordings, load_wordings

Topic = Literal["brain", "meninges"]
Stance = Literal["required", "either", "active", "plain", "calm", "some", "all"]

_TOPICS: tuple[tuple[Topic, str], ...] = (("brain", "mention"), ("meninges", "meningeal"))
# Beyond these a sentence is no sentence, and what it says is not told from its words.
_LONGEST = 3000
_MOST_MENTIONS = 8
_FAR = 600
_NAME = 8  # letters behind the metastases; with fewer a line is a mere name, and may stand in any list
_CLAUSE = re.compile(
    r";|\((?=(?:(?:newly |already )?diagnosed )?(?:patients|subjects|participants|individuals|note)\b)"
)
_BOUNDARY = re.compile(r"[.;:] |\b(?:note|patients|participants|subjects|individuals)\b")
# The last item of a list belongs to the mention that ends it, not to the one before.
_LAST_ITEM = re.compile(r"(?:[,/]| or )(?!.*(?:[,/]| or )).*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """The stance of one sentence on one topic."""

    topic: Topic
    stance: Stance
    sentence: Sentence
    is_conditional: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """The metastases within a clause, and the words around them up to the neighbouring mention."""

    topic: Topic
    clause: str
    start: int
    end: int
    before: str
    after: str


def read_statements(study: StudyText) -> Iterator[Statement]:
    """Every stance on the brain and the meninges in a study's criteria, in order."""
    words = load_wordings("central_nervous")
    touched = dict.fromkeys(item.criterion for item in sentences_with(study, words.literals("touch")))
    is_titled = bool(touched) and _is_titled(study, words)
    for criterion in touched:
        if criterion and not _is_under_mention(criterion, words):
            yield from _of_criterion(criterion, words, is_titled=is_titled)


def _is_titled(study: StudyText, words: Wordings) -> bool:
    """Whether a title says that the study is about metastases of the brain or the meninges."""
    return any(
        (words.has("mention", title.lower) or words.has("meningeal", title.lower))
        and not words.has("with_or_without", title.lower)
        for title in study.titles
    )


def _is_under_mention(criterion: Criterion, words: Wordings) -> bool:
    """Whether it spells out a header: the conditions on which metastases are let in, or what is not measured."""
    return any(
        words.has("not_measured", header.lower)
        or (
            words.has("mention", header.lower)
            and (words.has("admit", header.lower) or words.has("exception", header.lower))
        )
        for header in criterion.headers
    )


def _of_criterion(criterion: Criterion, words: Wordings, *, is_titled: bool) -> Iterator[Statement]:
    is_begun = False
    for sentence in criterion.sentences:
        found = list(_of_sentence(sentence, words, is_titled=is_titled, is_later=is_begun))
        if found:
            yield from found
        elif is_begun and words.has("follow", sentence.lower) and words.has("admit", sentence.lower):
            yield Statement("brain", _admission(sentence.lower, words), sentence, is_conditional=True)
        is_begun = is_begun or bool(found)


def _of_sentence(sentence: Sentence, words: Wordings, *, is_titled: bool, is_later: bool) -> Iterator[Statement]:
    lower = sentence.lower
    if words.has("bone_only", lower) and sentence.is_exclusion:
        yield from (Statement(topic, "all", sentence, is_conditional=False) for topic, _ in _TOPICS)
    if words.has("clear_scan", lower) and not sentence.is_exclusion:
        yield Statement("brain", "all", sentence, is_conditional=False)
        return
    if words.has("other_cancer", lower):
        return
    for clause in _clauses(words["reason"].sub("", lower[:_LONGEST]), words):
        for mention in islice(_mentions(clause, words), _MOST_MENTIONS):
            stance = _stance(mention, sentence, words, is_titled=is_titled, is_later=is_later)
            if stance:
                yield Statement(mention.topic, stance, sentence, _is_conditional(mention.topic, stance, clause, words))


def _clauses(lower: str, words: Wordings) -> list[str]:
    """The parts of a sentence; one that only lets some of the people before it in belongs to the part before."""
    clauses: list[str] = []
    for part in _CLAUSE.split(lower):
        is_note = words.has("follow", part) and words.has("admit", part)
        if clauses and is_note and not any(words.has(name, part) for _, name in _TOPICS):
            clauses[-1] += f", if {part}"
        else:
            clauses.append(part)
    return clauses


def _is_conditional(topic: Topic, stance: Stance, clause: str, words: Wordings) -> bool:
    """Whether only some forms are meant; a demand of disease of the whole nervous system leaves open where it lies."""
    if stance == "required" and topic == "brain":
        is_wide = words.has("whole_system", clause) or words.has("meningeal", clause)
        return is_wide or words.has("active", clause) or clause.rstrip().endswith(":")
    return stance in ("calm", "some") or (stance in ("active", "plain") and words.has("condition", clause))


def _mentions(clause: str, words: Wordings) -> Iterator[_Mention]:
    """The mentions of a clause; one that follows another after a mere "or" has the words before that one."""
    blank = words["primary_tumour"].sub(lambda match: " " * len(match[0]), clause)
    for topic, name in _TOPICS:
        spans = [match.span() for match in words[name].finditer(blank)]
        previous = 0
        for index, (start, end) in enumerate(spans):
            until = spans[index + 1][0] if index + 1 < len(spans) else len(clause)
            if index and words["list_sign"].fullmatch(clause, spans[index - 1][1], start):
                before = clause[previous : spans[index - 1][0]]
            else:
                previous = spans[index - 1][1] if index else 0
                before = clause[previous:start]
            after = clause[end:until]
            is_last = until == len(clause)
            told = _LAST_ITEM.sub("", after[:_FAR]) if not is_last else after[:_FAR]
            yield _Mention(topic, *window(clause, start, end), before[-_FAR:], told)


def _stance(
    mention: _Mention, sentence: Sentence, words: Wordings, *, is_titled: bool, is_later: bool
) -> Stance | None:
    if _says_nothing(mention, words):
        return None
    if not sentence.is_exclusion and words.has("with_and_without", mention.before):
        return "either"
    if _is_barred(mention, sentence, words):
        return _bar(mention, words, is_note=is_later and sentence.is_exclusion)
    return _entry(mention, sentence, words, is_titled=is_titled)


def _says_nothing(mention: _Mention, words: Wordings) -> bool:
    """Whether the metastases are named only by the way: as a target, a time of treatment, a test, another illness."""
    clause = mention.clause
    near = mention.before[-80:]
    if words.has("aside", near) or words.has("washout", near):
        return True
    if words.has("only_site", clause) or words.has("measuring", clause):
        return True
    is_disease = clause[mention.start : mention.end].endswith(("disease", "diseases"))
    return is_disease and words.has("neurology", clause)


def _is_barred(mention: _Mention, sentence: Sentence, words: Wordings) -> bool:
    if sentence.is_exclusion or words.has("bar", mention.clause):
        return True
    if any(words.has("none_of", header.lower) for header in sentence.headers):
        return True
    before = words["not_required"].sub(" ", mention.before[-110:])
    return words.has("negation", before) and not words.has("after_negation", before)


def _bar(mention: _Mention, words: Wordings, *, is_note: bool) -> Stance:
    """The stance of a sentence that keeps people out, less those it lets back in."""
    if words.has("large", mention.clause):
        return "active"
    rest = mention.clause[mention.end :]
    admission = words["exception"].search(rest) or words["admit"].search(mention.clause)
    if admission and _is_about(mention, rest, words):
        stance = _admission(mention.before + rest if admission.re is words["admit"] else rest, words)
        return "calm" if stance == "plain" and admission.re is words["exception"] else stance
    is_meaning = is_note or words.has("definition", mention.after)
    if is_meaning and words.has("calm", mention.before) and not words.has("strong", mention.before):
        return "calm"
    after = "" if words.has("other_item", mention.after) else mention.after
    about = words["elsewhere"].sub(" ", f"{mention.before} | {after}")
    if words.has("urgent", about) and not words.has("strong", about):
        return "active"
    if words.has("active", about) and not words.has("ever", mention.clause):
        return "some"
    return "calm" if is_note and words.has("calm", about) else "all"


def _is_about(mention: _Mention, rest: str, words: Wordings) -> bool:
    """Whether what is let back in is this topic: an exception for the brain says nothing of the meninges."""
    if mention.topic == "brain":
        return True
    exception = words["exception"].search(rest) or words["admit"].search(rest)
    if exception is None:
        return False
    boundary = _BOUNDARY.search(rest, 0, exception.start())
    told = rest[(boundary or exception).start() :]
    return words.has("meningeal", told) or not (words.has("mention", told) or words.has("site", told))


def _told(mention: _Mention, words: Wordings) -> str:
    """What a sentence that lets people in tells of them: "who have" before the metastases is no condition."""
    return mention.clause if words.has("if", mention.before) else words["who"].sub(" ", mention.before) + mention.after


def _admission(text: str, words: Wordings) -> Stance:
    """How far a sentence that lets people in goes."""
    told = words["either_form"].sub(" ", text)
    if words.has("not_urgent", text):
        return "active"
    if words.has("calm", told) or words.has("condition", told):
        return "calm"
    return "active" if told != text or words.has("untreated", text) else "plain"


def _entry(mention: _Mention, sentence: Sentence, words: Wordings, *, is_titled: bool) -> Stance | None:
    """The stance of a sentence that keeps nobody out."""
    clause, before = mention.clause, mention.before
    is_choice = any(words.has("alternatives", header.lower) for header in sentence.headers)
    if words.has("not_urgent", clause):
        return "active"
    if is_choice or words.has("admit", clause) or words.has("exception", mention.after):
        return "active" if words.has("growing", before) else _admission(_told(mention, words), words)
    is_bare = not before.strip(" *•·-0123456789.)(")
    is_inclusion = sentence.criterion is not None and sentence.criterion.section.kind == "inclusion"
    if is_inclusion and words.has("calm", before + mention.after) and not (is_titled or words.has("must", before)):
        return "calm"
    is_more_than_a_name = len(mention.after.strip(" *.;:,\n")) > _NAME
    is_named_alone = is_bare and mention.topic == "brain" and (is_titled or is_more_than_a_name)
    is_demanded = words.has("firm_demand", before) or words.has("present", mention.after)
    if is_inclusion and (is_named_alone or is_demanded):
        return "required"
    return "required" if is_titled and words.has("demand", before) else None
