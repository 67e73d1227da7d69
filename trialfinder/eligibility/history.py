"""All that one study's record says of earlier treatment, found once for the readers that share it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from weakref import WeakKeyDictionary

from trialfinder.eligibility.clauses import Clause, clauses_of, names_other_tumour
from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement, statements_of
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.treatment_cues import load_treatment_cues
from trialfinder.vocab.wordings import load_wordings

_FRAMES = load_wordings("treatment_frames")
_HINT = _FRAMES["treatment_hint"]
_ANY_OF = re.compile(r"\b(?:one|any|either|1|one or more)(?: \(1\))? of\b|\beither\W*$|\bone or more\W*$")
LONGEST = 2000  # characters; the longest sentence of 1,000 records has 1,500
CONJUGATE = "adc"  # its payload is named as a drug would be
_LIST_REACH = 4  # criteria below a line that may belong to its list, where nothing is indented
MOST_PARTS = 40  # clauses, or therapies named; the fullest sentence of 1,000 records has 16
COUNTED = ("chemotherapy", "endocrine_therapy")
_SUCH_AS = re.compile(r"\b(?:including|includes?|such as|e\.?g|like|i\.?e|for example|namely)\b|\(")
_FOR_EXAMPLE = re.compile(r"\b(?:such as|e\.?g|like|for example)\b")
_WITH = _FRAMES["named_by"]
_HELD = _FRAMES["held_for_example"]
_BASED = re.compile(r"[ -]*(?:based|containing|type)?[ -]*(?:single-agent |combination )?")
_HOLDING = re.compile(r"[ -](?:based|containing)[ -](?:[a-z-]+ )?")
_DECLINED = _FRAMES["declined"]
_OR_ALOUD = re.compile(r"(?<![A-Z]) OR (?![A-Z]{2})")
_MUST_HAVE = re.compile(r"\W*(?:patients?|subjects?|participants?)(?: (?:must|should|with|have|has))+ (?!no\b|not\b)")
_OR_START = re.compile(r"\W*or\b")
_OR_END = re.compile(r"\bor\W*$")


class History:
    """What the criteria, and what the titles say of earlier treatment; each sentence is taken apart once."""

    def __init__(self, study: StudyText, vocabulary: Vocabulary) -> None:
        """Keep the texts (not the study itself, which must be free to go) and what they are read with."""
        self.criteria = study.criteria
        sentences = (sentence for field in study.summary for sentence in field.sentences)
        self.summary = tuple(sentence for sentence in sentences if len(sentence.lower) <= LONGEST)
        self._sentences = study.sentences
        self._title_fields = study.titles
        self.therapies: Therapies = vocabulary.therapies
        self._parts: dict[int, tuple[tuple[Clause, ...], tuple[Mention, ...]]] = {}

    def parts(self, sentence: Sentence | FieldText) -> tuple[tuple[Clause, ...], tuple[Mention, ...]]:
        """The clauses of a sentence, and the therapies that it names."""
        parts = self._parts.get(id(sentence))
        if parts is None:
            parts = tuple(clauses_of(sentence)), self.therapies.mentions(sentence.body)
            is_endless = max(len(parts[0]), len(parts[1])) > MOST_PARTS
            parts = self._parts[id(sentence)] = ((), ()) if is_endless else parts
        return parts

    def _read(self, sentences: Iterable[Sentence | FieldText]) -> Iterator[Statement]:
        for sentence in sentences:
            yield from statements_of(*self.parts(sentence), self.therapies)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the criteria that may speak of earlier treatment."""
        return tuple(item for item in self._sentences if len(item.lower) <= LONGEST and _speaks_of_treatment(item))

    @cached_property
    def titles(self) -> tuple[Statement, ...]:
        """What the titles say."""
        return tuple(self._read(field for field in self._title_fields if len(field.lower) <= LONGEST))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the criteria say, in the order of the text, without loose alternatives and mere examples."""
        found = tuple(self._read(self.sentences))
        beside: dict[int, list[Statement]] = {}
        for item in found:
            beside.setdefault(id(item.clause.sentence), []).append(item)
        demanded = frozenset(id(item.criterion) for item in found if item.polarity == "demanded")
        return tuple(
            item
            for item in found
            if not _is_example(item, beside[id(item.clause.sentence)], self.therapies)
            and not self.is_of_other_tumour(item.criterion)
            and not (item.polarity == "demanded" and self._is_of_some(item.criterion, demanded))
            and not (item.polarity == "demanded" and _has_unlike_way(item, self.parts(item.clause.sentence)[1]))
        )

    def _is_of_some(self, criterion: Criterion | None, demanded: frozenset[int]) -> bool:
        """Whether a criterion is one way of several, or is for one receptor group as those above or beside it are."""
        if criterion is None:
            return False
        if may_be_declined(criterion.headers):
            return True
        place = self._places[id(criterion)]
        above = (*criterion.headers, *self.criteria[max(0, place - _LIST_REACH) : place])
        beside = (*self.criteria[max(0, place - 1) : place], *self.criteria[place + 1 : place + 2])
        return (
            any(id(item) in self._group_lines for item in above)
            or (id(criterion) in self._of_group and any(id(item) in self._of_group for item in beside))
            or self._has_loose_alternative(criterion, demanded)
        )

    @cached_property
    def _of_group(self) -> frozenset[int]:
        """The criteria that end in the receptor group that they are for ("trastuzumab for HER2-positive disease")."""
        cues = load_treatment_cues()
        return frozenset(
            id(item) for item in self.criteria if not item.is_exclusion and cues.spans("group_disease", item.lower)
        )

    @cached_property
    def _group_lines(self) -> frozenset[int]:
        """The lines that open a list for one receptor group ("Patients with ER-positive disease must meet:")."""
        cues = load_treatment_cues()
        lines = (item for item in self.criteria if not item.is_exclusion and item.lower.rstrip().endswith(":"))
        return frozenset(id(item) for item in lines if cues.spans("subgroup", item.lower))

    def _has_loose_alternative(self, criterion: Criterion | None, demanded: frozenset[int]) -> bool:
        """Whether a criterion is one of several alternatives, of which another asks for no treatment."""
        return criterion is not None and any(id(other) not in demanded for other in self.alternatives(criterion))

    def alternatives(self, criterion: Criterion) -> Iterator[Criterion]:
        """The criteria of which one is enough: below a header "one of the following", or joined by "or"."""
        header = any_of(criterion)
        if header is not None:
            below = self._below.get(id(header), ())
            yield from _first_of_treatment(below, criterion) if _is_flat(criterion, header) else below
        index = self._places[id(criterion)]
        after = self.criteria[index + 1] if index + 1 < len(self.criteria) else None
        if after is not None and (_OR_START.match(after.lower) or _OR_END.search(criterion.lower)):
            yield after
        if index and (_OR_START.match(criterion.lower) or _OR_END.search(self.criteria[index - 1].lower)):
            yield self.criteria[index - 1]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(criterion): number for number, criterion in enumerate(self.criteria)}

    @cached_property
    def _below(self) -> dict[int, list[Criterion]]:
        """The criteria right below each header."""
        below: dict[int, list[Criterion]] = {}
        for criterion in self.criteria:
            if criterion.headers:
                below.setdefault(id(criterion.headers[-1]), []).append(criterion)
        return below

    def is_of_other_tumour(self, criterion: Criterion | None) -> bool:
        """Whether a criterion stands below a short line that names another tumour (a basket trial's own list)."""
        if criterion is None or criterion.is_exclusion:
            return False
        if _is_for_other_tumour(criterion):
            return True
        if not self._other_tumours:
            return False
        index = self._places[id(criterion)]
        for number in range(index - 1, max(-1, index - 7), -1):
            if number in self._other_tumours:
                return number - 1 not in self._other_tumours  # one of several in a row is an item of a list
            if "breast" in self.criteria[number].lower or "tnbc" in self.criteria[number].lower:
                return False
        return False

    @cached_property
    def _other_tumours(self) -> frozenset[int]:
        """The numbers of the short lines that name another tumour than breast cancer."""
        cues = load_treatment_cues()
        short = ((number, item.lower) for number, item in enumerate(self.criteria) if len(item.lower.strip()) <= 50)
        return frozenset(number for number, lower in short if names_other_tumour(lower, cues))


def _has_unlike_way(item: Statement, named: Sequence[Mention]) -> bool:
    """Whether a sentence joins its alternatives by a written-out OR, and one of them names no treatment."""
    body = item.clause.sentence.body
    cuts = [0, *(match.end() for match in _OR_ALOUD.finditer(body)), len(body) + 1]
    return not all(any(first <= other.start < last for other in named) for first, last in pairwise(cuts))


def _is_for_other_tumour(criterion: Criterion) -> bool:
    """Whether a criterion of several sentences opens with the other tumour that all of it is about."""
    if len(criterion.sentences) < 2 or not _MUST_HAVE.match(criterion.lower):
        return False
    cues = load_treatment_cues()
    return names_other_tumour(criterion.sentences[0].lower, cues) and names_other_tumour(criterion.lower, cues)


_known: WeakKeyDictionary[StudyText, History] = WeakKeyDictionary()


def _speaks_of_treatment(sentence: Sentence) -> bool:
    """A cheap test: whether a sentence (or a header above it) may speak of earlier treatment at all."""
    return _hints(sentence) or any(map(_hints, sentence.headers))


def _hints(passage: Sentence | Criterion) -> bool:
    return _HINT.search(passage.lower) is not None


def history_of(study: StudyText, vocabulary: Vocabulary) -> History:
    """The history that a study asks for, made once for all readers."""
    history = _known.get(study)
    if history is None:
        history = _known[study] = History(study, vocabulary)
    return history


def may_be_declined(headers: Iterable[Criterion]) -> bool:
    """Whether a line above lets in who declined what stands below it."""
    return any(_DECLINED.search(header.lower) is not None for header in headers)


def _is_flat(criterion: Criterion, header: Criterion) -> bool:
    """Whether a plain line stands as deep as the line above it, so that the end of the list is not to be seen."""
    plain = criterion.body.lstrip(" ")
    return plain[:1].isalpha() and len(criterion.body) - len(plain) <= len(header.body) - len(header.body.lstrip(" "))


def _first_of_treatment(below: Sequence[Criterion], criterion: Criterion) -> Sequence[Criterion]:
    """The first lines below a header, as long as they are about treatment, and two at least: one alone is no choice.

    None where the criterion comes later.
    """
    first = tuple(takewhile(lambda item: _HINT.search(item.lower) is not None, below))
    if criterion not in first:
        return ()
    return first if len(first) > 1 else below[:2]


def any_of(criterion: Criterion | None) -> Criterion | None:
    """The header that makes a criterion one of several alternatives ("one of the following:"), if any."""
    header = criterion.headers[-1] if criterion is not None and criterion.headers else None
    is_any = header is not None and not header.is_exclusion and _ANY_OF.search(header.lower) is not None
    return header if is_any else None


def _is_example(item: Statement, stated: Sequence[Statement], therapies: Therapies) -> bool:
    """Whether it only illustrates a broader class in the same sentence, or is named more exactly by its neighbour."""
    if item.polarity == "admitted":
        return False
    beside = [other for other in stated if other.polarity == item.polarity and other is not item]
    above = set(therapies.ancestors(item.id))
    pattern = _SUCH_AS if item.polarity == "barred" else _FOR_EXAMPLE
    broader = [other for other in beside if other.id in above and other.end <= item.start]
    for other in sorted(broader, key=lambda other: -other.end):
        between = item.clause.sentence.lower[other.end : item.start]
        if pattern.search(between) and not _HELD.search(between):
            if ")" not in between and ";" not in between and other.id in therapies.listed_as(other.id):
                return True
            break
    return item.polarity == "barred" and any(_names_more_exactly(other, item, therapies) for other in beside)


def is_named_by_its_part(item: Statement, stated: Sequence[Statement]) -> bool:
    """Whether chemotherapy or endocrine therapy is named by what it holds ("trastuzumab-containing chemotherapy")."""
    return item.id in COUNTED and any(
        other.clause is item.clause and _HOLDING.fullmatch(item.clause.lower, other.end, item.start)
        for other in stated
        if other.id != item.id and other.end <= item.start
    )


def _names_more_exactly(other: Statement, item: Statement, therapies: Therapies) -> bool:
    """Whether a neighbour says what is meant ("taxane-based chemotherapy", "hormonal therapy with letrozole")."""
    lower = item.clause.sentence.lower
    is_below = item.id in therapies.ancestors(other.id)
    is_stand_in = not set(therapies.listed_as(item.id)) & set(therapies.classes_of(item.id))
    conjugates = [CONJUGATE in (id_, *therapies.ancestors(id_)) for id_ in (item.id, other.id)]
    is_payload = not item.is_drug or (other.end <= item.start and _WITH.search(lower[other.end : item.start]))
    if is_stand_in and conjugates == [False, True] and is_payload:
        return True
    if is_below and set(therapies.listed_as(item.id)) <= set(therapies.ancestors(item.id)):
        return True
    if (
        is_below
        and item.id in COUNTED
        and item.end <= other.start
        and _WITH.search(lower[item.end : min(other.start, item.end + 60)])
    ):
        return True
    return is_below and other.end <= item.start and _BASED.fullmatch(lower, other.end, item.start) is not None
