"""All that one study's record says of earlier treatment, found once for the readers that share it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement, names_other_tumour, statements_of
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.therapies import Therapies
from trialfinder.vocab.treatment_cues import load_treatment_cues

_HINT = re.compile(
    r"treat|therap|chemo|regime|\blines?\b|-line|prior|previous|receiv|receipt|progress|refractor|relaps|recurr|fail|na[iï]ve|exposure|exposed|resist"
    r"|former|complet|history of|intoler|exhaust|after|following|has had|have had"
)
_ANY_OF = re.compile(r"\b(?:one|any|either|1|one or more)(?: \(1\))? of\b|\beither\W*$|\bone or more\W*$")
COUNTED = ("chemotherapy", "endocrine_therapy")
_SUCH_AS = re.compile(r"\b(?:including|includes?|such as|e\.?g|like|i\.?e|for example|namely)\b|\(")
_FOR_EXAMPLE = re.compile(r"\b(?:such as|e\.?g|like|for example)\b")
_WITH = re.compile(r"\b(?:with|using|specifically|containing|consisting of|based)\b")
_BASED = re.compile(r"[ -]*(?:based|containing|type)?[ -]*(?:single-agent |combination )?")
_OR_START = re.compile(r"\W*or\b")
_OR_END = re.compile(r"\bor\W*$")


@dataclass(frozen=True, eq=False)
class History:
    """What the criteria, and what the titles say of earlier treatment."""

    statements: tuple[Statement, ...]
    titles: tuple[Statement, ...]


_known: WeakKeyDictionary[StudyText, History] = WeakKeyDictionary()


def speaks_of_treatment(sentence: Sentence | FieldText) -> bool:
    """A cheap test: whether a sentence (or a header above it) may speak of earlier treatment at all."""
    if _HINT.search(sentence.lower):
        return True
    return isinstance(sentence, Sentence) and any(_HINT.search(header.lower) for header in sentence.headers)


def history_of(study: StudyText, vocabulary: Vocabulary) -> History:
    """The statements of a study, in the order of its text."""
    history = _known.get(study)
    if history is None:
        found = [
            statement
            for sentence in study.sentences
            if speaks_of_treatment(sentence)
            for statement in statements_of(sentence, vocabulary.therapies)
        ]
        titles = [item for title in study.titles for item in statements_of(title, vocabulary.therapies)]
        kept = tuple(
            item
            for item in found
            if not _is_loose_alternative(item, found, study.criteria) and not is_of_other_tumour(item.criterion, study.criteria) and not _is_example(item, found, vocabulary.therapies)
        )
        history = _known[study] = History(kept, tuple(titles))
    return history


def _is_loose_alternative(statement: Statement, found: Sequence[Statement], criteria: Sequence[Criterion]) -> bool:
    """Whether a demand is one of several alternatives of which another asks for no treatment, so that it is no demand."""
    criterion = statement.criterion
    if criterion is None or statement.polarity != "demanded":
        return False
    demanded = {id(item.criterion) for item in found if item.polarity == "demanded"}
    return any(id(other) not in demanded for other in _alternatives(criterion, criteria))


def _alternatives(criterion: Criterion, criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    header = criterion.headers[-1] if criterion.headers else None
    if header is not None and _ANY_OF.search(header.lower) and not criterion.is_exclusion:
        yield from (other for other in criteria if other.headers and other.headers[-1] is header)
    index = next(number for number, other in enumerate(criteria) if other is criterion)
    after = criteria[index + 1] if index + 1 < len(criteria) else None
    if after is not None and (_OR_START.match(after.lower) or _OR_END.search(criterion.lower)):
        yield after
    if index and (_OR_START.match(criterion.lower) or _OR_END.search(criteria[index - 1].lower)):
        yield criteria[index - 1]


def _is_example(item: Statement, stated: Sequence[Statement], therapies: Therapies) -> bool:
    """Whether it only illustrates a broader class that stands beside it, or is named more exactly by its neighbour."""
    if item.polarity == "admitted":
        return False
    beside = [other for other in stated if other.polarity == item.polarity and other is not item and other.clause.sentence is item.clause.sentence]
    above = set(therapies.ancestors(item.id))
    broader = max((other for other in beside if other.id in above and other.end <= item.start), key=lambda other: other.end, default=None)
    if broader is not None and broader.id in therapies.listed_as(broader.id):
        between = item.clause.sentence.lower[broader.end : item.start]
        pattern = _SUCH_AS if item.polarity == "barred" else _FOR_EXAMPLE
        if pattern.search(between) and ")" not in between:
            return True
    return item.polarity == "barred" and any(_names_more_exactly(other, item, therapies) for other in beside)


def _names_more_exactly(other: Statement, item: Statement, therapies: Therapies) -> bool:
    """Whether a neighbour says what is meant: "taxane-based chemotherapy", "hormonal therapy with letrozole", "a SERM (tamoxifen)"."""
    lower = item.clause.sentence.lower
    is_below = item.id in therapies.ancestors(other.id)
    if is_below and set(therapies.listed_as(item.id)) <= set(therapies.ancestors(item.id)):
        return True
    if item.id in COUNTED and item.end <= other.start and _WITH.search(lower[item.end : min(other.start, item.end + 60)]):
        return True
    return is_below and other.end <= item.start and _BASED.fullmatch(lower, other.end, item.start) is not None


def is_of_other_tumour(criterion: Criterion | None, criteria: Sequence[Criterion]) -> bool:
    """Whether it stands below a short line that names another tumour (a basket trial's own list)."""
    if criterion is None or criterion.is_exclusion:
        return False
    cues = load_treatment_cues()
    index = next(number for number, other in enumerate(criteria) if other is criterion)
    for other in reversed(criteria[max(0, index - 6) : index]):
        if len(other.lower.strip()) <= 50 and names_other_tumour(other.lower, cues):
            return True
        if "breast" in other.lower or "tnbc" in other.lower:
            return False
    return False
