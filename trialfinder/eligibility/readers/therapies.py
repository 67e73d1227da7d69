"""Therapies a patient must have had, or must not have had: `prior_required`, `prior_excluded`.

"Prior treatment must have included a taxane" requires `taxane`; "Previous exposure to an mTOR inhibitor" under
Exclusion excludes `mtor_inhibitor`. Deliberately not read: "No chemotherapy within 4 weeks of study entry", because a
washout is no exclusion; a demand on some patients only ("if HER2-positive"); what only one of several cohorts asks.
A ban on chemotherapy or endocrine therapy *for metastatic disease* is a number of lines and is read there.
Sources of all classes: the `source` column of `vocab/data/therapy_classes.csv` and `drugs.csv`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from trialfinder.eligibility.criteria import Criterion
from trialfinder.eligibility.history import COUNTED, History, any_of, history_of, is_named_by_its_part
from trialfinder.eligibility.named import SYSTEMIC
from trialfinder.eligibility.polarity import Polarity
from trialfinder.eligibility.same_target import SAME_TARGET, StudyNames, is_same_target, same_target_statements
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Statement
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.model.facts import Setting
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.therapies import Therapies
from trialfinder.vocab.wordings import load_wordings

KEYS = ("prior_required", "prior_excluded")
_FRAMES = load_wordings("treatment_frames")
_OPTIONAL = re.compile(r"with or without|\+ ?(?:or|/) ?-|±")
_ORDINAL = re.compile(r"\b(?:first|1st|second|2nd|third|3rd)[ -]lines?(?: [a-z-]+)? $")
_DEFINED = re.compile(r"\bdefined (?:as|by)\b[^.;]{0,30}$|\bany of (?:the following|these)\b[^.;]{0,30}$")
_SOON = 5  # characters behind the last of several therapies, for one that no name is known of
_OR_OTHER = _FRAMES["or_other_treatment"]
_HER2_THERAPY = "her2_therapy"
_BEFORE_SURGERY, _AFTER_SURGERY = _FRAMES["before_surgery_only"], _FRAMES["after_surgery_too"]
_SOME = re.compile(r"\b(?:some|any|a) (?:type or )?combination of\b|\bsome (?:type|form)s?\b")
_OR = re.compile(r"\bor\b|/")


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The therapies demanded and ruled out by every part of the study that is open to the patient."""
    history = history_of(study, vocabulary)
    therapies = vocabulary.therapies
    names = StudyNames(study, therapies)
    stated = [item for item in history.statements if not item.is_limited and item.id != SYSTEMIC]
    wanted = [item for item in stated if item.polarity == "demanded" and not item.clause.has("eligible")]
    wanted += [
        item
        for item in history.titles
        if item.polarity == "demanded"
        and item.id not in (SYSTEMIC, *names.given)
        and item.clause.last_before("failed" if item.is_failed else "prior", item.start)
    ]
    banned = [item for item in stated if item.polarity == "barred"]
    banned += _of_her2_disease(history.statements)
    groups = list(_groups(wanted, therapies))
    demanded = {member for group in groups for member in group.members}
    banned = [
        item for item in banned if item.id in therapies.classes or not demanded & set(therapies.listed_as(item.id))
    ]
    of_same_target = _of_same_target(banned, names, therapies)
    bans = list(_bans([item for item in banned if id(item) not in of_same_target], therapies, groups))
    own = [item for item in banned if id(item) in of_same_target]
    own += [item for item in _own_statements(history, names) if not item.is_limited]
    bans += [_same_target(item) for item in _first(own, "barred")]
    groups += [_same_target(item) for item in _first(own, "demanded") if item.clause.has("vaccine")]
    yield _fact("prior_required", groups)
    yield _fact("prior_excluded", bans)


def _of_her2_disease(statements: Iterable[Statement]) -> Iterator[Statement]:
    """All treatment but endocrine therapy, barred for HER2-positive disease, is HER2 therapy before all."""
    for item in statements:
        is_whole_ban = item.id == SYSTEMIC and item.polarity == "barred" and not (item.is_counted or item.is_limited)
        if is_whole_ban and item.clause.has("not_endocrine") and "her2" in item.clause.lower:
            yield replace(item, id=_HER2_THERAPY)


def _of_same_target(banned: Sequence[Statement], names: StudyNames, therapies: Therapies) -> frozenset[int]:
    """Which bans are on the study's own drug or target; in a bare record's list of several classes none is."""
    own = [item for item in banned if is_same_target(item, names, therapies)]
    classes: dict[int, set[str]] = {}
    for item in banned:
        if therapies.listed_as(item.id):
            classes.setdefault(id(item.clause), set()).update(therapies.classes_of(item.id))
    return frozenset(
        id(item)
        for item in own
        if not (names.is_bare and therapies.listed_as(item.id) and len(classes[id(item.clause)]) > 1)
    )


_SPEAKS = re.compile(r"prior|previous|received|treated|exposure|treatment with|use of|vaccin")


def _own_statements(history: History, names: StudyNames) -> Iterator[Statement]:
    for sentence in history.sentences:
        if _SPEAKS.search(sentence.lower):
            yield from same_target_statements(sentence, history, names)


def _first(items: Iterable[Statement], polarity: Polarity) -> list[Statement]:
    return [item for item in items if item.polarity == polarity][:1]


def _same_target(item: Statement) -> Demand:
    evidence = (_evidence(item, SAME_TARGET, "therapy.same_target"),)
    return Demand((SAME_TARGET,), evidence, item.setting)


def _fact(key: str, demands: Sequence[Demand]) -> Fact:
    members = {member for demand in demands for member in demand.members}
    return Fact(key, tuple(sorted(members)), tuple(demands))


def _evidence(statement: Statement, value: str, rule: str) -> Evidence:
    return statement.clause.sentence.evidence(None, None, value, rule)


def _is_count(statement: Statement) -> bool:
    """Whether it says how many lines, or bans any line for metastatic disease, and is read as that."""
    if statement.is_counted and statement.polarity == "barred":
        return True
    if statement.id in COUNTED and _ORDINAL.search(statement.clause.lower[: statement.start]):
        return True
    if statement.id in COUNTED and statement.is_failed and statement.polarity == "barred":
        return True
    is_of_any_setting = (
        statement.setting == "any" and statement.clause.has("early") and statement.clause.has("metastatic")
    )
    is_number = statement.is_counted and not is_of_any_setting and statement.setting != "early"
    return statement.id in COUNTED and (is_number or statement.setting == "metastatic")


def _groups(wanted: Sequence[Statement], therapies: Therapies) -> Iterator[Demand]:
    """One demand for each group of alternatives."""
    above = {id_ for item in wanted for id_ in therapies.ancestors(item.id)}
    named = [item for item in wanted if therapies.listed_as(item.id) and item.id not in above]
    others = [item for item in wanted if not therapies.listed_as(item.id)]
    kept = [
        item
        for item in named
        if not _is_count(item) and not _has_other_way(item, others) and not is_named_by_its_part(item, named)
    ]
    for _, items in groupby(kept, key=lambda item: id(any_of(item.criterion) or _definition(item) or item.clause)):
        for group in _split_groups(list(items)):
            members = _members(group, therapies)
            first = group[0]
            evidence = tuple(_evidence(first, member, "therapy.required") for member in members)
            yield Demand(tuple(members), evidence, _setting(group), named=_named(group, members, therapies))


def _setting(group: Sequence[Statement]) -> Setting:
    """The setting of a demand; a sentence that names early treatment too is content with either."""
    item = group[0]
    if len({other.setting for other in group}) > 1:
        return "any"
    cues, lower = item.clause.cues, item.clause.sentence.lower
    return "any" if item.setting == "metastatic" and cues.spans("early", lower) else item.setting


def _definition(item: Statement) -> Criterion | None:
    """The header that defines what the criteria below it are each a case of ("AI-resistant, defined as:"), if any."""
    header = item.criterion.headers[-1] if item.criterion is not None and item.criterion.headers else None
    return header if header is not None and _DEFINED.search(header.lower) else None


def _has_other_way(item: Statement, others: Sequence[Statement]) -> bool:
    """Whether surgery or radiotherapy would do as well ("surgery, radiation and/or chemotherapy")."""
    beside = [other for other in others if other.clause is item.clause]
    if _OR_OTHER.match(item.clause.lower, item.end):
        return True
    if beside and _SOME.search(item.clause.lower):
        return True
    between = (item.clause.lower[min(item.end, other.end) : max(item.start, other.start)] for other in beside)
    return any(_OR.search(words) and not _OPTIONAL.search(words) for words in between)


def _members(group: Sequence[Statement], therapies: Therapies) -> list[str]:
    """The guide's classes of a group; a broad one that stands in for a class without a name goes where others are."""
    own = {member for item in group for member in therapies.listed_as(item.id)}
    exact = {
        member for item in group for member in therapies.listed_as(item.id) if member in therapies.classes_of(item.id)
    }
    return sorted(exact or own)


def _split_groups(items: list[Statement]) -> Iterator[list[Statement]]:
    """Mentions of a clause that are joined by "or" stand together, others apart."""
    lower = items[0].clause.lower
    is_list = any_of(items[0].criterion) is not None or _definition(items[0]) is not None
    ends = [*(item.start for item in items[1:]), items[-1].end + _SOON]
    between = " ".join(lower[item.end : end] for item, end in zip(items, ends, strict=True))
    if is_list or _OR.search(between) or "one of" in lower:
        yield items
    else:
        yield from ([item] for item in items)


def _bans(banned: Sequence[Statement], therapies: Therapies, groups: Sequence[Demand]) -> Iterator[Demand]:
    """One demand for each therapy ruled out: the widest of its bans, unless the very same is demanded.

    A ban on a drug or on a narrower class keeps its name: the others of the class are not barred.
    """
    demanded = {(group.members[0], group.setting) for group in groups if len(group.members) == 1}
    by_member: dict[str, list[Statement]] = {}
    for item in banned:
        if _is_count(item) or is_named_by_its_part(item, banned):
            continue
        for member in therapies.listed_as(item.id):
            if (member, item.setting) not in demanded:
                by_member.setdefault(member, []).append(item)
    for member, items in by_member.items():
        yield _ban(member, items, therapies)


def _ban(member: str, items: Sequence[Statement], therapies: Therapies) -> Demand:
    """What several bans on a class and its parts rule out together."""
    whole = [item for item in items if member not in therapies.ancestors(item.id)]
    widest = min(whole or items, key=lambda item: (item.setting != "any", _is_of_some_forms(item)))
    alike = [item for item in items if item.setting == widest.setting]
    evidence = (_evidence(widest, member, "therapy.excluded"),)
    named = () if whole else _named(alike, [member], therapies)
    return Demand((member,), evidence, widest.setting, is_conditional=_is_of_some_forms(widest), named=named)


def _is_of_some_forms(item: Statement) -> bool:
    """Whether having had it does not always rule out: with exceptions, after failure, of some length or time only."""
    return item.is_conditional or item.is_failed or item.is_of_length or _is_before_surgery(item)


def _is_before_surgery(item: Statement) -> bool:
    """Whether only treatment before an operation is barred, of early disease that may have been treated after it."""
    words = item.clause.lower
    return item.setting == "early" and bool(_BEFORE_SURGERY.search(words)) and not _AFTER_SURGERY.search(words)


def _named(items: Sequence[Statement], members: Sequence[str], therapies: Therapies) -> tuple[str, ...]:
    """What stands for a part of its class only: drugs and narrower classes, unless the class is named as well."""
    found: set[str] = set()
    for member in members:
        ids = {item.id for item in items if member in therapies.listed_as(item.id)}
        if all(member in therapies.ancestors(id_) for id_ in ids):
            found |= ids
    return tuple(sorted(found))
