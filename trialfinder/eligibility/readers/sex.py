"""Whether men may enter.

The registry's own field decides first: FEMALE is no. Otherwise "Women aged 18 years or older with stage IV breast
cancer" under Inclusion, or "Male patients" under Exclusion, is no; "Men and women are eligible" is yes.

Not read: "Women of childbearing potential must use contraception". It binds some of those who enter and demands no sex.
"""

from collections.abc import Iterator

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.menopause_words import demands_state
from trialfinder.eligibility.mentions import sentences_with
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Evidence, Fact, SourceField
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.wordings import Wordings, load_wordings

KEYS = ("men",)


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """Whether men may enter, and what says so."""
    del vocabulary
    field = study.source.sex
    sex = field.text.upper() if field else ""
    bars = () if sex in ("FEMALE", "MALE") else tuple(_bars(study))
    if bars:
        yield _fact(value=False, evidence=bars)
    elif field and sex in ("FEMALE", "MALE", "ALL"):
        yield _fact(value=sex != "FEMALE", evidence=(_quote(field, value=sex != "FEMALE"),))


def _fact(*, value: bool, evidence: tuple[Evidence, ...]) -> Fact:
    return Fact("men", value, (Demand((), evidence),))


def _quote(field: SourceField, *, value: bool) -> Evidence:
    return Evidence(value, field.path, field.text, 0, len(field.text), "men.field")


def _bars(study: StudyText) -> Iterator[Evidence]:
    """The sentences that keep men out, if no other lets them in."""
    words = load_wordings("sex")
    touched = sentences_with(study, words.literals("touch_sex"))
    barred = [sentence for sentence in touched if _keeps_men_out(sentence, words)]
    if barred:
        yield from (sentence.evidence(None, None, False, "men.excluded") for sentence in barred)
    elif not any(_lets_men_in(sentence, words) for sentence in touched):
        demands = [sentence for sentence in touched if _demands_women(sentence, words)]
        if holds_for_all(study, demands):
            yield from (sentence.evidence(None, None, False, "men.women_only") for sentence in demands)


def _keeps_men_out(sentence: Sentence, words: Wordings) -> bool:
    lower = sentence.lower
    return words.has("men_excluded", lower) or (sentence.is_exclusion and words.has("no_men", lower))


def _lets_men_in(sentence: Sentence, words: Wordings) -> bool:
    lower = sentence.lower
    if words.has("fertility", lower):
        lower = words["couples"].sub("", lower)
    return words.has("man", lower) and not words.has("reading", lower)


def _demands_women(sentence: Sentence, words: Wordings) -> bool:
    """Whether a sentence asks that whoever enters be a woman, or past the menopause."""
    lower = sentence.lower
    if sentence.is_exclusion or words.has("heading_women", lower):
        return False
    found = words["only_women"].search(lower) if words.has("woman", lower) else None
    if found and _is_of_all(lower[: found.end()], lower[found.end() :], words):
        return True
    return any(demands_state(sentence, state, words) for state in ("post", "pre"))


def _is_of_all(before: str, after: str, words: Wordings) -> bool:
    """Whether the women spoken of are those who enter, and not some of them (with a partner, say)."""
    if words.has("some_people", before) or words["some_women"].match(after):
        return False
    if words.has("age", after[:30]):
        return True
    is_duty_of_all = words.has("all_women", before) and words.has("duty", after[:30])
    return not (is_duty_of_all or words.has("fertility", after[:150]))
