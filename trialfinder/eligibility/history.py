"""All that one study's record says of earlier treatment, found once for the readers that share it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement, statements_of
from trialfinder.vocab import Vocabulary

_HINT = re.compile(
    r"treat|therap|chemo|regimen|\blines?\b|-line|prior|previous|receiv|receipt|progress|refractor|relaps|recurr|fail|na[iï]ve|exposure|exposed|resist"
    r"|former|history of|intoler|exhaust|after|following|has had|have had"
)
_ANY_OF = re.compile(r"\b(?:one|any|either|at least one|one or more|at least 1) of\b|\beither\b|\bone or more\b")
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
        titles = [item for title in study.titles[:1] for item in statements_of(title, vocabulary.therapies)]
        kept = tuple(item for item in found if not _is_loose_alternative(item, found, study.criteria))
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
