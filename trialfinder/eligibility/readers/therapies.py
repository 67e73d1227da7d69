"""Therapies a patient must have had, or must not have had: `prior_required`, `prior_excluded`.

"Prior treatment must have included a taxane" requires `taxane`; "Previous exposure to an mTOR inhibitor" under
Exclusion excludes `mtor_inhibitor`. Deliberately not read: "No chemotherapy within 4 weeks of study entry", because a
washout is no exclusion; a demand on some patients only ("if HER2-positive"); what only one of several cohorts asks.
A ban on chemotherapy or endocrine therapy *for metastatic disease* is a number of lines and is read there.
Sources of all classes: the `source` column of `vocab/data/therapy_classes.csv` and `drugs.csv`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from trialfinder.eligibility.history import COUNTED, History, any_of, history_of
from trialfinder.eligibility.named import SYSTEMIC
from trialfinder.eligibility.same_target import SAME_TARGET, StudyNames, is_same_target, same_target_statements
from trialfinder.eligibility.study_text import StudyText
from trialfinder.eligibility.treatment import Polarity, Statement
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.model.facts import Setting
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.therapies import Therapies

KEYS = ("prior_required", "prior_excluded")
WORDS = re.compile(r"prior|previous|treated|received|therap|exposure|na[iï]ve")
_OPTIONAL = re.compile(r"with or without|\+ ?(?:or|/) ?-|±")
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
        if item.polarity == "demanded" and item.is_failed and item.id not in (SYSTEMIC, *names.given)
    ]
    banned = [item for item in stated if item.polarity == "barred"]
    groups = list(_groups(wanted, therapies))
    demanded = {member for group in groups for member in group.members}
    banned = [
        item for item in banned if item.id in therapies.classes or not demanded & set(therapies.listed_as(item.id))
    ]
    bans = list(_bans([item for item in banned if not is_same_target(item, names, therapies)], therapies))
    own = [item for item in banned if is_same_target(item, names, therapies)]
    own += [item for item in _own_statements(history, names) if not item.is_limited]
    bans += [_same_target(item) for item in _first(own, "barred")]
    groups += [_same_target(item) for item in _first(own, "demanded") if item.clause.has("vaccine")]
    yield _fact("prior_required", groups)
    yield _fact("prior_excluded", bans)


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
    if statement.id in COUNTED and statement.is_failed and statement.polarity == "barred":
        return True
    return statement.id in COUNTED and (statement.is_counted or statement.setting == "metastatic")


def _groups(wanted: Sequence[Statement], therapies: Therapies) -> Iterator[Demand]:
    """One demand for each group of alternatives."""
    above = {id_ for item in wanted for id_ in therapies.ancestors(item.id)}
    named = [item for item in wanted if therapies.listed_as(item.id) and item.id not in above]
    others = [item for item in wanted if not therapies.listed_as(item.id)]
    kept = [item for item in named if not _is_count(item) and not _has_other_way(item, others)]
    for _, items in groupby(kept, key=lambda item: id(any_of(item.criterion) or item.clause)):
        for group in _split_groups(list(items)):
            members = _members(group, therapies)
            first = group[0]
            evidence = tuple(_evidence(first, member, "therapy.required") for member in members)
            yield Demand(tuple(members), evidence, _setting(first), named=_named(group, members, therapies))


def _setting(item: Statement) -> Setting:
    """The setting of a demand; a sentence that names early treatment too is content with either."""
    cues, lower = item.clause.cues, item.clause.sentence.lower
    return "any" if item.setting == "metastatic" and cues.spans("early", lower) else item.setting


def _has_other_way(item: Statement, others: Sequence[Statement]) -> bool:
    """Whether surgery or radiotherapy would do as well ("surgery, radiation and/or chemotherapy")."""
    beside = [other for other in others if other.clause is item.clause]
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
    if any_of(items[0].criterion) is not None or _OR.search(lower[items[0].end : items[-1].start]) or "one of" in lower:
        yield items
    else:
        yield from ([item] for item in items)


def _bans(banned: Sequence[Statement], therapies: Therapies) -> Iterator[Demand]:
    """One demand for each therapy ruled out."""
    seen: set[str] = set()
    plain = [item for item in banned if not _is_count(item)]
    for item in plain:
        for member in therapies.listed_as(item.id):
            if member not in seen:
                seen.add(member)
                evidence = (_evidence(item, member, "therapy.excluded"),)
                named = _named(plain, [member], therapies)
                yield Demand((member,), evidence, item.setting, is_conditional=item.is_conditional, named=named)


def _named(items: Sequence[Statement], members: Sequence[str], therapies: Therapies) -> tuple[str, ...]:
    """What stands for a part of its class only: drugs and narrower classes, unless the class is named as well."""
    found: set[str] = set()
    for member in members:
        ids = {item.id for item in items if member in therapies.listed_as(item.id)}
        if all(member in therapies.ancestors(id_) for id_ in ids):
            found |= ids
    return tuple(sorted(found))
