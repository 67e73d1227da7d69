"""Which receptor groups a study admits (`subtypes`), and what it wants of HER2-low (`her2_low`).

Read: the status of ER, PR, hormone receptors and HER2 that a tumour must have or must not have, by words
("HR+/HER2-", "triple negative", "luminal A") or by HER2 scores, over all cohorts that a breast cancer patient could
enter; the titles count too, the conditions only where nothing else speaks.

"Histologically confirmed ER+ and/or PR+, HER2-negative breast cancer" -> subtypes HR+/HER2-.
"HER2 IHC 1+, or 2+ and ISH-negative" -> subtypes HR+/HER2- and TNBC, her2_low required.

Not read: "patients with HER2-positive disease must have had trastuzumab" asks something of some patients; it rules
nobody out by receptor. Thresholds (1 % or 10 % of cells, IHC and ISH scores) are those of the ASCO/CAP guidelines
named in `vocab/data`; a lower or higher cut-off of a study's own changes no group here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from trialfinder.eligibility import receptor_groups as groups
from trialfinder.eligibility.alternatives import BRACKETS, Alternatives, is_limited, is_member, rules_out
from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.receptor_phrases import Phrase, read_phrase
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.receptors import ReceptorWords

KEYS = ("subtypes", "her2_low")

_MOST_STATEMENTS = 200  # no real record makes more


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that admits a group (or rules it out), for a cohort or for all, and the list that it stands in."""

    group: int
    passage: Sentence | FieldText
    start: int
    end: int
    rule: str
    is_out: bool = False
    cohort: str | None = None
    list_start: int | None = None

    def evidence(self, value: str) -> Evidence:
        """The clause, as evidence for one value."""
        return self.passage.evidence(self.start, self.end, value, self.rule)


def _is_condition(phrase: Phrase, lower: str, words: ReceptorWords) -> bool:
    """Whether the sentence speaks of some patients only, or explains a word."""
    before, after = lower[: phrase.start], lower[phrase.end :]
    bare = BRACKETS.sub("", after)
    return bool(
        words.cue("condition").search(before)
        or words.cue("condition_after").search(bare)
        or words.cue("option").search(bare)
        or words.cue("definition").search(lower)
        or words.cue("example").search(before)
    )


def _is_addition(sentence: Sentence, words: ReceptorWords) -> bool:
    """Whether a sentence after another of the same criterion lets somebody in as well."""
    is_first = sentence.criterion is None or sentence.start == sentence.criterion.start
    return not is_first and words.cue("addition").search(sentence.lower) is not None


def _is_open_beside(sentence: Sentence, place: int, words: ReceptorWords) -> bool:
    """Whether, further on, any solid tumour will do as well ("TNBC, or another advanced solid tumour")."""
    return words.cue("open_beside").search(sentence.lower, place) is not None


def _is_open_to_all(study: StudyText, words: ReceptorWords) -> bool:
    """Whether a sentence takes any solid tumour beside those that it names."""
    return any(not sentence.is_exclusion and _is_open_beside(sentence, 0, words) for sentence in study.sentences)


def _is_of_other_tumour(phrase: Phrase, lower: str, words: ReceptorWords) -> bool:
    """Whether the receptor is demanded of another tumour ("HER2-positive gastric cancer")."""
    other = words.cue("other_tumour")
    if other.search(lower) is None:
        return False
    if words.cue("breast").search(lower) is None:
        return True
    is_breast = words.cue("breast").search(lower, phrase.start, phrase.end)
    return is_breast is None and other.match(lower[phrase.end :].lstrip(" -")) is not None


def _is_barred(phrase: Phrase, lower: str, words: ReceptorWords) -> bool:
    """Whether an exclusion bars the receptor group itself, without a way round it."""
    before = lower[: phrase.start]
    return bool(words.cue("lead").match(before)) and not is_limited(words, lower[phrase.end :])


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between the semicolons that stand in no bracket, as places in its body."""
    if ";" not in sentence.body:
        yield 0, len(sentence.body)
        return
    start = depth = 0
    for place, sign in enumerate(sentence.body):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == ";" and depth <= 0:
            yield start, place
            start = place + 1
    yield start, len(sentence.body)


def _stance(phrase: Phrase, lower: str, words: ReceptorWords, *, is_exclusion: bool) -> bool | None:
    """Whether a clause rules the phrase out (True), demands it (False), or neither (None)."""
    before = lower[: phrase.start]
    if _is_of_other_tumour(phrase, lower, words):
        return None
    if words.cue("must_not").search(before):  # under Exclusion too: "patients must not have ..." is a demand there
        return _unless_condition(phrase, lower, words, is_out=not phrase.is_negated)
    if is_exclusion:
        return True if _is_barred(phrase, lower, words) else None
    if rules_out(words, lower, phrase.start, phrase.end):
        return None if is_limited(words, lower[phrase.end :]) else True
    return _unless_condition(phrase, lower, words, is_out=False)


def _unless_condition(phrase: Phrase, lower: str, words: ReceptorWords, *, is_out: bool) -> bool | None:
    return None if _is_condition(phrase, lower, words) else is_out


def _read_clause(
    sentence: Sentence, start: int, end: int, words: ReceptorWords, places: Alternatives
) -> Statement | None:
    body, lower = sentence.body[start:end], sentence.lower[start:end]
    phrase = read_phrase(body, lower, words, commas_are_or=sentence.is_exclusion)
    if phrase is None or phrase.group in (groups.NOBODY, groups.EVERYBODY):
        return None
    is_out = _stance(phrase, lower, words, is_exclusion=sentence.is_exclusion)
    if is_out is None or (
        not is_out and (_is_addition(sentence, words) or _is_open_beside(sentence, start + phrase.end, words))
    ):
        return None
    criterion = sentence.criterion
    cohort = places.cohort_of(criterion, sentence) if criterion else None
    in_list = places.list_of(criterion) if criterion else None
    rule = "receptors.excluded" if is_out else "receptors.admitted"
    return Statement(phrase.group, sentence, start, end, rule, is_out, cohort, in_list)


def _statements(study: StudyText, words: ReceptorWords, places: Alternatives) -> Iterator[Statement]:
    for criterion in study.criteria:
        if not words.may_name(criterion.body, criterion.lower):
            continue
        for sentence in criterion.sentences:
            if not words.may_name(sentence.body, sentence.lower):
                continue
            clauses = (_read_clause(sentence, *place, words, places) for place in _clauses(sentence))
            yield from _joined([clause for clause in clauses if clause])


def _joined(clauses: list[Statement]) -> list[Statement]:
    """The clauses of one sentence as one statement, where they all demand and somebody meets them all."""
    group = groups.EVERYBODY
    for clause in clauses:
        group &= groups.NOBODY if clause.is_out else clause.group
    if len(clauses) < 2 or not group:
        return clauses
    return [replace(clauses[0], group=group, end=clauses[-1].end)]


def _together(statements: Sequence[Statement]) -> int:
    """What statements admit together: all of them, or, where that is nobody, each as an alternative."""
    by_axes: dict[tuple[bool, bool], int] = {}
    for statement in statements:
        axes = _axes(statement.group)
        before = by_axes.get(axes, groups.EVERYBODY)
        by_axes[axes] = (before & statement.group) or (before | statement.group)
    whole = groups.EVERYBODY
    for group in by_axes.values():
        whole &= group
    return whole or _alternatives(statements)


def _alternatives(statements: Sequence[Statement]) -> int:
    """Statements that contradict another are alternatives; what agrees with all of them is demanded beside."""
    whole, union = groups.EVERYBODY, groups.NOBODY
    for statement in statements:
        if all(statement.group & other.group for other in statements):
            whole &= statement.group
        else:
            union |= statement.group
    return whole & union


def _axes(group: int) -> tuple[bool, bool]:
    """Whether a group says something of hormone receptors, of HER2."""
    hr, her2 = group & groups.HR_POSITIVE, group >> 4
    return hr != her2, bool((hr | her2) != groups.HR_POSITIVE)


def _has_open_door(study: StudyText, words: ReceptorWords, places: Alternatives, closed: Sequence[Statement]) -> bool:
    """Whether a part of the study, or a member of the same list, takes a breast cancer whatever its receptors."""
    said = {statement.cohort for statement in closed}
    lists = {item.list_start: item.passage.start for item in closed if item.list_start is not None}
    if places.has_silent_part(said):
        return True
    is_late = all(
        words.cue("later_part").search(cohort or "") and not words.cue("early_part").search(cohort or "")
        for cohort in said
    )
    speaking = {id(statement.passage.criterion) for statement in closed if isinstance(statement.passage, Sentence)}
    for criterion in study.criteria:
        if criterion.is_exclusion or id(criterion) in speaking:
            continue
        if is_late and words.cue("early_part").search(criterion.lower):
            return True
        is_listed = any(is_member(criterion, start, last) for start, last in lists.items())
        is_whole = words.cue("whole_tumour").match(criterion.lower)
        if is_whole and places.is_other_part(places.cohort_of(criterion), said):
            return True
        if words.cue("any_tumour").search(criterion.lower):
            cohort = places.cohort_of(criterion)
            if is_listed or (cohort is None and is_late) or (cohort is not None and cohort not in said):
                return True
        elif is_listed and words.cue("alternatives").search(criterion.headers[-1].lower) and _is_open(criterion, words):
            return True
    return False


def _is_open(criterion: Criterion, words: ReceptorWords) -> bool:
    """Whether a member of a list of alternatives names neither a receptor, a score nor another tumour."""
    lower = criterion.lower
    is_other = words.cue("other_tumour").search(lower) or (
        words.cue("named_tumour").search(lower) and not words.cue("breast").search(lower)
    )
    return not (is_other or words.may_name(criterion.body, lower) or words.scores_in(lower))


def _admitted(study: StudyText, words: ReceptorWords, places: Alternatives, statements: Sequence[Statement]) -> int:
    """The groups that the criteria admit: what all demand, and of what some cohorts demand the union."""
    inside = [statement for statement in statements if not statement.is_out]
    general = [item for item in inside if item.cohort is None and item.list_start is None]
    special = [item for item in inside if item.cohort is not None or item.list_start is not None]
    group = _together(general)
    if special and not _has_open_door(study, words, places, special):
        by_cohort: dict[object, list[Statement]] = {}
        for item in special:
            by_cohort.setdefault(
                (item.cohort, item.list_start, item.passage.start if item.list_start else 0), []
            ).append(item)
        union = groups.NOBODY
        for items in by_cohort.values():
            union |= _together(items)
        group = (group & union) or union
    for statement in statements:
        if statement.is_out and statement.cohort is None:
            group = (group & ~statement.group) or group
    return group


def _title_statements(passages: Iterable[FieldText], words: ReceptorWords, rule: str) -> Iterator[Statement]:
    for passage in passages:
        if not words.may_name(passage.body, passage.lower) or words.cue("any_tumour").search(passage.lower):
            continue
        phrase = read_phrase(passage.body, passage.lower, words)
        if phrase is None or phrase.group in (groups.NOBODY, groups.EVERYBODY):
            continue
        before = passage.lower[: phrase.start]
        if not words.cue("example").search(before):
            group = phrase.group
            if words.cue("rules_out_before").search(before):
                group = groups.EVERYBODY & ~group
            yield Statement(group, passage, 0, len(passage.body), rule)


def _of_conditions(study: StudyText, words: ReceptorWords) -> list[Statement]:
    """What the conditions say, where none of them names breast cancer without its receptors."""
    found = list(_title_statements(study.conditions, words, "receptors.condition"))
    speaking = {id(statement.passage) for statement in found}
    is_plain = any(
        words.cue("breast").search(condition.lower) and id(condition) not in speaking for condition in study.conditions
    )
    return [] if is_plain else found


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The receptor groups admitted, and HER2-low, with every sentence that narrowed them."""
    words: ReceptorWords = vocabulary.receptors
    places = Alternatives(study, words)
    statements = list(islice(_statements(study, words, places), _MOST_STATEMENTS))
    titles = list(_title_statements(study.titles, words, "receptors.title"))
    named = titles or ([] if statements or _is_open_to_all(study, words) else _of_conditions(study, words))
    group = _admitted(study, words, places, statements) if statements else groups.EVERYBODY
    sources = list(statements)
    if named and group & _together(named):
        group &= _together(named)
        sources += named
    if group not in (groups.NOBODY, groups.EVERYBODY):
        yield from _facts(group, sources)


def _facts(group: int, statements: Sequence[Statement]) -> Iterator[Fact]:
    subtypes = groups.subtypes_of(group)
    if len(subtypes) < len(groups.subtypes_of(groups.EVERYBODY)):
        demands = tuple(Demand((name,), tuple(item.evidence(name) for item in statements)) for name in subtypes)
        yield Fact("subtypes", subtypes, demands)
    her2_low = groups.her2_low_of(group)
    if her2_low:
        evidence = tuple(item.evidence(her2_low) for item in statements if _axes(item.group)[1])
        is_ultralow_in = her2_low == "required" and group & groups.HER2_ULTRALOW
        members = (her2_low, "ultralow") if is_ultralow_in else (her2_low,)
        yield Fact("her2_low", her2_low, (Demand(members, evidence),))
