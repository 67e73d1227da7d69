"""Other illnesses and states that rule people out: pregnancy, HIV, hepatitis, lung, immune and heart disease, cancer.

"Active hepatitis B or C" under Exclusion: hepatitis, in some forms only. "LVEF of at least 50 %" or "negative
pregnancy test" under Inclusion: cardiac, pregnancy. "HIV-infected patients are eligible if the viral load is
undetectable": hiv, as the reading guide lists what is let in only when controlled.

Not read: "Women must use contraception to avoid pregnancy". It is a duty and rules out nobody who is pregnant.
What each condition covers is the reading guide's; a limit on LVEF or QTc stands for heart disease.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.cues import header_negates
from trialfinder.eligibility.mentions import sentences_with, window
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.conditions import AliasKind, Conditions
from trialfinder.vocab.wordings import Wordings, load_wordings

KEYS = ("excluded_conditions",)

_BRACKETS = re.compile(r"\([^()]*\)")
_FRESH = re.compile(r"[;.] |, no(?= )| no(?= other | prior | second | previous )")  # a new statement begins
_CLOSED = re.compile(r"\. |\(|;")  # what follows is another statement
_NEAR = 80  # letters within which a duty is of those who have the condition
_NEXT_WORD = 15  # letters in which the word behind a name stands
_MOST_TRIES = 8  # names of one condition that are looked at in a sentence
_BARE = 25  # words of a plain ban that names what it bars; a longer one tells of limits
_NOTES = 2  # sentences or lines behind a ban that may still be about it
_OTHER_CANCER, _HEART, _VIRUSES, _PREGNANCY = "other_malignancy", "cardiac", "hepatitis", "pregnancy"
_LISTS: tuple[tuple[str, AliasKind], ...] = (("heart_ill", "group"), ("heart_work", "limit"))
_Bar = tuple[str, Sentence, bool]  # condition, sentence, whether only some forms


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The conditions that rule out everybody who has them, in some form at least."""
    words = load_wordings("conditions")
    bars = [
        *_read_names(sentences_with(study, words.literals("touch")), vocabulary.conditions, words),
        *_read_hearts(sentences_with(study, words.literals("touch_heart")), words),
        *_read_other_cancers(sentences_with(study, words.literals("touch_cancer")), words),
    ]
    demands = tuple(
        demand
        for condition in sorted({condition for condition, _, _ in bars})
        if (demand := _demand(study, condition, [bar for bar in bars if bar[0] == condition], words))
    )
    if demands:
        yield Fact(KEYS[0], tuple(demand.members[0] for demand in demands), demands)


def _demand(study: StudyText, condition: str, bars: Sequence[_Bar], words: Wordings) -> Demand | None:
    if not holds_for_all(study, [sentence for _, sentence, _ in bars]):
        return None
    whole = [sentence for _, sentence, is_some in bars if not is_some]
    if condition != _PREGNANCY:
        whole = [sentence for sentence in whole if _is_bare(sentence, words) and not _is_waived(study, sentence, words)]
        if any(words.has("let_in", sentence.lower) for _, sentence, _ in bars):
            whole = []
    told = list(dict.fromkeys([*whole, *(sentence for _, sentence, _ in bars)]))  # what rules out everybody is first
    evidence = tuple(sentence.evidence(None, None, condition, f"conditions.{condition}") for sentence in told)
    return Demand((condition,), evidence, is_conditional=not whole)


def _is_bare(sentence: Sentence, words: Wordings) -> bool:
    """Whether a ban is short, and nothing in it or above it narrows what it bars."""
    if len(sentence.lower.split()) > _BARE or words.has("narrowed", sentence.lower):
        return False
    return not any(words.has("narrowed_below", header.lower) for header in sentence.headers)


def _is_waived(study: StudyText, sentence: Sentence, words: Wordings) -> bool:
    """Whether the sentences behind a ban, or a note below it, let some of those people in."""
    criterion = sentence.criterion
    if criterion is None:
        return False
    behind = [item.lower for item in criterion.sentences if item.start > sentence.start][:_NOTES]
    place = study.criteria.index(criterion) + 1
    below = study.criteria[place : place + _NOTES]
    behind += [item.lower for item in below if criterion in item.headers or words.has("note", item.lower)]
    return any(words.has("waiver", lower) for lower in behind)


def _read_names(sentences: Iterable[Sentence], conditions: Conditions, words: Wordings) -> Iterator[_Bar]:
    """The conditions that sentences rule out by name, by a limit or by a test."""
    for sentence in sentences:
        found: dict[str, AliasKind] = {}
        tries: Counter[str] = Counter()
        for match in conditions.find(sentence.lower):
            condition, kind = match.row.condition, match.row.kind
            tries[condition] += 1
            if kind == "aside" or condition in found or tries[condition] > _MOST_TRIES:
                continue
            if _is_barred(sentence, *window(sentence.lower, match.start, match.end), kind, words):
                found[condition] = kind
        for condition, kind in found.items():
            if not _is_released(sentence, condition, conditions, words):
                yield condition, sentence, not _is_whole(condition, kind, sentence.lower, words)


def _is_released(sentence: Sentence, condition: str, conditions: Conditions, words: Wordings) -> bool:
    """Whether the same criterion says in so many words that the condition keeps nobody out."""
    others = sentence.criterion.sentences if sentence.is_exclusion and sentence.criterion else ()
    return any(
        words.has("not_kept_out", other.lower)
        and any(match.row.condition == condition for match in conditions.find(other.lower))
        for other in others
        if other is not sentence
    )


def _is_whole(condition: str, kind: AliasKind, lower: str, words: Wordings) -> bool:
    """Whether everybody with the condition is ruled out, and not only those with one of its illnesses or forms."""
    if words.has("some_forms", lower):
        return False
    return kind in ("group", "test") or (condition == _VIRUSES and words.has("both_viruses", lower))


def _read_hearts(sentences: Iterable[Sentence], words: Wordings) -> Iterator[_Bar]:
    """The heart where it stands in a list of organs, away from the word for its illness or its function."""
    for sentence in sentences:
        lower = sentence.lower
        for name, kind in _LISTS:
            found = words[name].search(lower)
            if found and _is_barred(sentence, *window(lower, *found.span()), kind, words):
                is_one = words.has("one_heart_illness", lower[found.start() : found.end() + _NEXT_WORD])
                yield _HEART, sentence, kind == "limit" or is_one or words.has("some_forms", lower)


def _read_other_cancers(sentences: Iterable[Sentence], words: Wordings) -> Iterator[_Bar]:
    hints = words.literals("touch_other")
    for sentence in sentences:
        lower = sentence.lower
        span = _other_cancer(lower, words) if any(hint in lower for hint in hints) else None
        if span and _is_barred(sentence, *window(lower, *span), "illness", words):
            yield _OTHER_CANCER, sentence, words.has("some_forms", lower)


def _other_cancer(lower: str, words: Wordings) -> tuple[int, int] | None:
    """Where a sentence speaks of another cancer than the one that is studied."""
    if not words.has("other_cancer", lower):
        return None
    blank = words["own_cancer"].sub(lambda match: "_" * len(match[0]), lower)
    found = words["other_cancer"].search(blank)
    return found.span() if found else None


def _is_barred(sentence: Sentence, lower: str, start: int, end: int, kind: AliasKind, words: Wordings) -> bool:
    """Whether the sentence, or its part `lower`, rules out those who have what stands at `start:end`, in some form."""
    if _is_by_the_way(lower, start, end, words):
        return False
    if kind == "limit":
        return words.has("limit_sign", lower)
    if sentence.is_exclusion:
        return not _is_let_in(lower, start, end, words)
    if kind == "test":
        return words.has("negative", lower)
    return not words.has("status_only", lower) and _is_ruled_out(sentence, lower, start, end, words)


def _is_ruled_out(sentence: Sentence, lower: str, start: int, end: int, words: Wordings) -> bool:
    if words.has("negative_after", lower[end:]):
        return True
    return (
        _is_denied(sentence, lower[max(0, start - 160) : start], words)
        or words.has("bar", lower)
        or _is_let_in_partly(lower, end, words)
    )


def _is_by_the_way(lower: str, start: int, end: int, words: Wordings) -> bool:
    """Whether it is named in an exception, as the cause of something else, or for a medicine."""
    before = words["stay"].sub("", _FRESH.split(_BRACKETS.sub("", lower[:start]))[-1])
    if words.has("reason", before) and not words.has("bar_next", lower[end:]):
        return True
    if any(words.has(name, before) for name in ("exception_start", "cause", "treated_for")):
        return True
    return words.has("drug_lists", lower[max(0, start - 60) : end + 20])


def _is_denied(sentence: Sentence, before: str, words: Wordings) -> bool:
    return words.has("denial", before) or any(
        header_negates(header) or _rules_out_its_list(header, words) for header in sentence.headers
    )


def _rules_out_its_list(header: Criterion, words: Wordings) -> bool:
    """Whether a line denies all that is listed under it, and does not list exceptions."""
    lower = header.lower
    return header.is_header and words.has("header_denial", lower) and not words.has("exception_start", lower)


def _is_let_in(lower: str, start: int, end: int, words: Wordings) -> bool:
    """Whether a sentence under Exclusion lets everybody with the condition in after all."""
    after = _CLOSED.split(lower[end:], maxsplit=1)[0]
    return words.has("let_in", after) and not (words.has("on_condition", lower) or words.has("bar", lower[start:]))


def _is_let_in_partly(lower: str, end: int, words: Wordings) -> bool:
    """Whether only some people with the condition may enter."""
    is_let_in = words.has("let_in", lower) and words.has("on_condition", lower)
    return is_let_in or words.has("must_be", lower[end : end + _NEAR])
