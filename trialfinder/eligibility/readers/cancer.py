"""Whether a person with breast cancer can enter, and beside which other tumours.

What is read: the tumours that titles, conditions and inclusion criteria name. Only breast cancer is `breast_only`;
breast beside other tumours, or solid tumours with breast named anywhere in the record, is `breast_named`; solid tumours
or cancers in general is `any_solid`; other tumours alone, healthy people, women at risk and survivors who must be free
of disease are `not_breast`.

- "Histologically confirmed adenocarcinoma of the breast" → breast_only.
- "Advanced solid tumours, including triple-negative breast and ovarian cancer" → breast_named.
- Not read: "no other malignancy except in situ carcinoma of the cervix or breast": an earlier cancer that is forgiven
  is not the disease under study.

Source: the reading guide's definition of `cancer`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.cues import find_cues
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.contexts import holds, pattern_of, words_as_texts, words_of
from trialfinder.vocab.literals import may_hold
from trialfinder.vocab.tumours import TumourKind, load_tumours

KEYS = ("cancer",)


@dataclass(frozen=True, slots=True)
class _Named:
    """A tumour that a passage names; `is_left_out` where it says so ("excluding breast")."""

    kind: TumourKind
    passage: Sentence | FieldText
    is_left_out: bool


def _is_left_out(passage: Sentence | FieldText, start: int) -> bool:
    for cue in reversed(find_cues(passage)):
        if cue.kind == "negation" and cue.direction != "backward" and cue.end <= start:
            between = passage.lower[cue.end : start]
            return len(between) <= 70 and not re.search(r"[.;:]|\b(?:with|than)\b", between)
    return False


def _named(passages: Iterable[Sentence | FieldText]) -> Iterator[_Named]:
    """The tumours that the passages name as what is studied, not as a risk, an excluded or a forgiven one."""
    hints = words_as_texts("tumour_hint")
    for passage in passages:
        lower = passage.lower
        if not may_hold(hints, lower):
            continue
        if isinstance(passage, Sentence) and (passage.is_exclusion or holds("other_cancer", lower)):
            continue
        is_response = holds("response_criteria", lower)
        for match in load_tumours().find(lower):
            kind = match.row.kind
            before = re.split(r"[.;]", lower[max(0, match.start - 70) : match.start])[-1]
            if kind != "none" and not holds("risk_of", before) and not (is_response and kind == "solid"):
                yield _Named(kind, passage, _is_left_out(passage, match.start))


def _of(kind: TumourKind, *groups: Sequence[_Named]) -> list[_Named]:
    return [item for group in groups for item in group if item.kind == kind and not item.is_left_out]


def _any(context: str, passages: Iterable[Sentence | FieldText]) -> Sentence | FieldText | None:
    """The first passage that holds a wording of a context."""
    return next((passage for passage in passages if holds(context, passage.lower)), None)


def _fact(value: str, rule: str, passage: Sentence | FieldText) -> tuple[Fact]:
    return (Fact("cancer", value, (Demand((value,), (passage.evidence(None, None, value, rule),)),)),)


def _barred() -> str:
    return rf"{words_of('breast_barred')}(?:,? {words_of('bar_tail')})?"


def _bars_breast_cancer(sentence: Sentence) -> bool:
    """Whether any breast cancer at all, now or ever, rules out: the sentence says nothing else."""
    if not sentence.is_exclusion:
        return False
    whole = sentence.lower.strip(" \n*-.;,:•·()0123456789")
    whole = re.sub(rf"^{words_of('bar_subject')}\W+", "", whole)
    return re.fullmatch(_barred(), whole) is not None


def _bars_history(study: StudyText) -> bool:
    """Whether a cancer of one's own rules out."""
    return _any("own_history", (sentence for sentence in study.sentences if sentence.is_exclusion)) is not None


def _without_patients(study: StudyText, inclusion: Sequence[_Named]) -> tuple[str, Sentence | FieldText] | None:
    """The rule and passage by which people with breast cancer themselves cannot enter, if there are any."""
    asked = [sentence for sentence in study.sentences if not sentence.is_exclusion]
    survivors = _any("survivor_title", study.titles) or _any("survivor", asked)
    if survivors and _any("free_of_disease", asked) and "metasta" not in survivors.lower:
        return "cancer.survivors", survivors
    if _of("breast", inclusion):
        return None
    benign = _any("benign_disease", asked)
    if benign and not _any("cancer_beside", asked) and not _any("suspected_disease", asked):
        return "cancer.benign", benign
    at_risk = _any("at_risk_person", asked) or (_bars_history(study) and _any("screened_person", asked))
    if at_risk and not _any("population", asked) and not _any("suspected_disease", asked):
        return "cancer.at_risk", at_risk
    barred = next((sentence for sentence in study.sentences if _bars_breast_cancer(sentence)), None)
    if barred and not inclusion:
        return "cancer.barred", barred
    title = _any("at_risk", study.titles)
    return ("cancer.at_risk_title", title) if title and _bars_history(study) else None


def _general(study: StudyText, lead: Sequence[_Named], inclusion: Sequence[_Named]) -> Sentence | FieldText | None:
    """A passage that admits cancers in general, where no breast cancer is named."""
    other = _of("other", lead)
    for item in (*_of("solid", lead), *_of("general", lead), *_of("solid", inclusion), *_of("general", inclusion)):
        if not other or item.kind == "solid" or item.passage in study.titles:
            return item.passage
    if other or _of("other", inclusion):
        return None
    whole = pattern_of("general_condition")
    condition = next((item for item in study.conditions if whole.fullmatch(item.lower.strip())), None)
    return condition or _any("population", (item.passage for item in _of("cancer", lead, inclusion)))


def _is_alone(lead: Sequence[_Named], inclusion: Sequence[_Named]) -> bool:
    """Whether breast cancer is the only tumour named."""
    if _of("other", lead, inclusion) or _of("solid", lead, inclusion):
        return False
    return bool(_of("breast", lead)) or not _of("general", lead, inclusion)


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The kind of tumours admitted; nothing where the record names none."""
    del vocabulary
    lead = list(_named((*study.titles, *study.conditions)))
    inclusion = list(_named(study.sentences))
    apart = _without_patients(study, inclusion)
    if apart:
        return _fact("not_breast", *apart)
    general = _general(study, lead, inclusion)
    breast = _of("breast", lead, inclusion) or _of("breast", list(_named((*study.keywords, *study.study_population))))
    if not breast and general:
        breast = _of("breast", list(_named((*study.arms, *study.interventions, *study.summary, *study.description))))
    left_out = [item.passage for item in (*lead, *inclusion) if item.kind == "breast" and item.is_left_out]
    if left_out and not breast:
        return _fact("not_breast", "cancer.breast_left_out", left_out[0])
    if breast:
        return _fact(
            "breast_only" if _is_alone(lead, inclusion) else "breast_named", "cancer.breast", breast[0].passage
        )
    if general:
        return _fact("any_solid", "cancer.solid", general)
    told = [*(item.passage for item in _of("other", lead, inclusion)), *study.titles, *study.conditions]
    return _fact("not_breast", "cancer.other", told[0]) if told and study.criteria else ()
