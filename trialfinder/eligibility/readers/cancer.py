"""Whether a person with breast cancer can enter, and beside which other tumours.

What is read: the tumours that titles, conditions and inclusion criteria name. Only breast cancer is `breast_only`; breast beside other
tumours, or solid tumours with breast named anywhere in the record, is `breast_named`; solid tumours or cancers in general is `any_solid`;
other tumours alone, healthy people, women at risk and survivors who must be free of disease are `not_breast`.

- "Histologically confirmed adenocarcinoma of the breast" → breast_only.
- "Advanced solid tumours, including triple-negative breast and ovarian cancer" → breast_named.
- Not read: "no other malignancy except in situ carcinoma of the cervix or breast": an earlier cancer that is forgiven is no disease under study.

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
from trialfinder.vocab.tumours import TumourKind, load_tumours

KEYS = ("cancer",)
WORDS = re.compile(r"cancer|carcinoma|tumou?r|malignan|neoplas|breast|tnbc|\bmbc\b")

_OTHER_CANCER = re.compile(
    r"(?:other|prior|previous|second|concurrent|past|another|history of|additional|co-?existing|synchronous)\b[^.;]{0,60}(?:malignan|cancer|carcinoma|neoplas|tumou?r)"
    r"|cervix|cervical (?:cancer|carcinoma|intra)|basal[- ]cell|non-?melanoma|skin cancer|in[- ]situ|malignanc\w* (?:other than|except|within|in the)|disease-free (?:for|from)"
)
_RELATIVE = re.compile(
    r"(?:risk (?:of|for|factors?)|family history|relatives?|gail|screening|prevent\w*|develop\w*|suspicious|suspected|predispos\w*)\b[^.;]{0,40}$"
)
_AT_RISK = re.compile(
    r"\brisk\b|prevent|screening|healthy|mammogra|carriers|chemoprevention|family history|without (?:breast )?cancer|volunteers"
)
_SURVIVOR = re.compile(r"\bsurvivors?|\bsurvivorship|history of breast cancer|after (?:breast )?cancer")
_FREE = re.compile(
    r"(?:free of|no (?:current |clinical )?evidence of|without|no (?:active|current)) (?:\w+ ){0,2}(?:disease|cancer|recurrence)|disease-free|completed? (?:\w+ ){0,4}(?:treatment|therapy|chemotherapy|radiation)"
    r"|undergone treatment with curative|curative intent"
)
_OWN_HISTORY = re.compile(
    r"(?:personal |prior |previous |past )?(?:history|diagnosis|diagnosed|prior|previous|current|active|known|existing)\b[^.;]{0,40}(?:breast cancer|cancer|malignan|dcis|breast carcinoma)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: TumourKind
    passage: Sentence | FieldText
    start: int
    end: int
    is_denied: bool


def _is_denied(passage: Sentence | FieldText, start: int) -> bool:
    """Whether the tumour is named as one that is left out ("excluding breast", "no breast cancer")."""
    for cue in find_cues(passage):
        if cue.kind == "negation" and cue.direction != "backward" and 0 <= start - cue.end <= 40:
            return not re.search(r"[.;:]|\bwith\b", passage.lower[cue.end : start])
    return False


def _mentions(passages: Iterable[Sentence | FieldText]) -> Iterator[_Mention]:
    for passage in passages:
        lower = passage.lower
        if not WORDS.search(lower) and "ectom" not in lower and "melanoma" not in lower and "sclc" not in lower:
            continue
        is_lead = isinstance(passage, FieldText)
        if not is_lead and (passage.is_exclusion or _OTHER_CANCER.search(lower)):
            continue
        for match in load_tumours().find(lower):
            if not _RELATIVE.search(lower[max(0, match.start - 60) : match.start]):
                yield _Mention(match.row.kind, passage, match.start, match.end, _is_denied(passage, match.start))


def _of(kind: TumourKind, *groups: Sequence[_Mention]) -> list[_Mention]:
    return [mention for group in groups for mention in group if mention.kind == kind and not mention.is_denied]


def _fact(value: str, rule: str, mention: _Mention | None, fallback: FieldText | None) -> Iterable[Fact]:
    if mention is not None:
        evidence = mention.passage.evidence(None, None, value, rule)
    elif fallback is not None:
        evidence = fallback.evidence(None, None, value, rule)
    else:
        return ()
    return (Fact("cancer", value, (Demand((value,), (evidence,)),)),)


def _stands_apart(study: StudyText, lead: Sequence[_Mention], inclusion: Sequence[_Mention]) -> str | None:
    """The rule by which people with breast cancer themselves cannot enter, if there is one."""
    titles = " ".join(title.lower for title in study.titles)
    texts = [sentence.lower for sentence in study.sentences if not sentence.is_exclusion]
    barred = [sentence.lower for sentence in study.sentences if sentence.is_exclusion]
    if _SURVIVOR.search(titles) and any(map(_FREE.search, texts)) and not re.search(r"metastatic|stage iv", titles):
        return "cancer.survivors"
    has_patients = bool(_of("breast", inclusion)) or bool(_of("other", lead))
    if _AT_RISK.search(titles) and not has_patients and any(map(_OWN_HISTORY.search, barred)):
        return "cancer.at_risk"
    return None


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The kind of tumours admitted; nothing where the record names none."""
    del vocabulary
    lead = list(_mentions((*study.titles, *study.conditions)))
    inclusion = list(_mentions(study.sentences))
    more = list(_mentions((*study.keywords, *study.arms, *study.study_population)))
    first_text = next(iter((*study.titles, *study.conditions)), None)
    breast = _of("breast", lead, inclusion, more)
    solid, other = _of("solid", lead, inclusion), _of("other", lead, inclusion)
    apart = _stands_apart(study, lead, inclusion)
    if apart:
        return _fact("not_breast", apart, None, first_text)
    if not breast and _of("solid", lead, inclusion):
        breast = _of("breast", list(_mentions((*study.summary, *study.description, *study.interventions))))
    if breast:
        is_alone = not other and not _of("solid", lead) and (_of("breast", lead) or not solid)
        return _fact("breast_only" if is_alone else "breast_named", "cancer.breast", breast[0], None)
    if any(mention.kind == "breast" for mention in (*lead, *inclusion)):
        return _fact("not_breast", "cancer.breast_left_out", None, first_text)
    if solid:
        return _fact("any_solid", "cancer.solid", solid[0], None)
    if other or study.criteria:
        generic = _of("cancer", lead, inclusion)
        if generic and not other:
            return _fact("any_solid", "cancer.any", generic[0], None)
        return _fact("not_breast", "cancer.other", other[0] if other else None, first_text)
    return ()
