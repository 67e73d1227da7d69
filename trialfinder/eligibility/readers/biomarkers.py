"""Which genes, proteins and scores a tumour must have (`biomarkers_required`) or must not (`biomarkers_excluded`).

Read: a marker with its state (mutated, amplified, lost, positive, high, at least a score; or wild type, negative, low),
demanded under Inclusion or barred under Exclusion, or named so by the title. A marker that must be wild type is read
as excluded, one that may not be wild type as required. Markers joined by "or" are one group.

"Documented PIK3CA mutation, AKT1 mutation or PTEN loss" -> required: one of PIK3CA, AKT1, PTEN.
"Known RB1 loss" under Exclusion -> excluded: RB1.

Not read: "known PIK3CA mutation status" is a test and asks for no result; "PARP inhibitor if BRCA-mutated" holds for
some patients only. Scores and cut-offs (CPS 10, 1 % of cells) are the study's own; any of them is read as "positive".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from trialfinder.eligibility.alternatives import (
    BRACKETS,
    Alternatives,
    is_limited,
    is_member,
    names_several_parts,
    rules_out,
)
from trialfinder.eligibility.biomarker_clusters import LONGEST, Cluster, find_clusters
from trialfinder.eligibility.criteria import Criterion, Sentence
from trialfinder.eligibility.marker_tumours import is_of_other_tumour
from trialfinder.eligibility.receptor_phrases import read_phrase
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.biomarkers import Biomarkers
from trialfinder.vocab.receptors import ReceptorWords

KEYS = ("biomarkers_required", "biomarkers_excluded")

_OR, _AND = re.compile(r"\bor\b"), re.compile(r"\band\b(?!/)")
_NOT_REQUIRED = re.compile(r"[^.;]{0,60}\bnot required")
_OPTIONAL = re.compile(r"\W*not required")
_SEEN = 140  # characters: how far before a marker a test may be named
_MOST_FINDINGS = 200  # no real record makes more
Verdict = Literal["required", "excluded", "altered admitted", "normal admitted"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A cluster that a study requires or excludes."""

    markers: tuple[str, ...]
    verdict: Verdict
    is_each: bool
    evidence: tuple[Evidence, ...]
    cohort: str | None = None
    list_start: int | None = None
    place: int = 0  # where its criterion begins


def _is_only_tested(cluster: Cluster, lower: str, markers: Biomarkers) -> bool:
    """Whether the marker is named for a test whose result is not asked for."""
    before = lower[max(0, cluster.start - _SEEN) : cluster.start]
    after = BRACKETS.sub("", lower[cluster.end :])
    if _NOT_REQUIRED.match(after) or _OPTIONAL.match(lower, cluster.end):
        return True
    is_tested = markers.cue("tested").search(before) or markers.cue("tested_after").match(after)
    return is_tested is not None and not markers.cue("positive_before").search(before)


def _is_condition(cluster: Cluster, lower: str, markers: Biomarkers, words: ReceptorWords) -> bool:
    before, after = lower[: cluster.start], BRACKETS.sub("", lower[cluster.end :])
    if markers.cue("positive_before").search(before):
        return False
    return bool(
        words.cue("condition").search(before)
        or words.cue("condition_after").search(after)
        or words.cue("option").search(after)
        or words.cue("example").search(before)
    )


def _is_beside_receptors(cluster: Cluster, body: str, lower: str, words: ReceptorWords) -> bool:
    """Whether the marker is an alternative to a receptor group ("TNBC or BRCA-mutated")."""
    if not words.may_name(body, lower):
        return False
    phrase = read_phrase(body, lower, words)
    if phrase is None:
        return False
    first, last = sorted([(phrase.start, phrase.end), (cluster.start, cluster.end)])
    if words.cue("other_tumour").search(lower, first[1], last[0]):
        return False  # "TNBC or melanoma with ..." is a list of tumours
    return words.cue("or_between").fullmatch(lower, first[1], last[0]) is not None


def _is_of_some_receptors(cluster: Cluster, body: str, lower: str, words: ReceptorWords) -> bool:
    """Whether an exclusion bars the marker in one receptor group only ("ER-positive with a BRCA mutation")."""
    if not words.may_name(body[: cluster.start], lower[: cluster.start]):
        return False
    phrase = read_phrase(body[: cluster.start], lower[: cluster.start], words)
    return phrase is not None and words.cue("or_between").fullmatch(lower, phrase.end, cluster.start) is None


def _says_nothing(cluster: Cluster, sentence: Sentence, markers: Biomarkers, words: ReceptorWords) -> bool:
    """Whether the marker is only tested, of another tumour, or one way in beside others that are no markers."""
    lower = sentence.lower[:LONGEST]
    if _is_only_tested(cluster, lower, markers) or is_of_other_tumour(cluster, lower, words):
        return True
    if sentence.is_exclusion:
        return _is_of_some_receptors(cluster, sentence.body, lower, words)
    before, after = lower[: cluster.start], BRACKETS.sub("", lower[cluster.end :])
    return bool(
        markers.cue("alternative_after").match(after)
        or markers.cue("alternative_before").search(before)
        or (markers.cue("or_before").search(before) and not markers.may_name(sentence.body[: cluster.start], before))
        or _is_beside_receptors(cluster, sentence.body, lower, words)
    )


def _is_denied(cluster: Cluster, before: str, after: str, markers: Biomarkers) -> bool:
    """Whether the sentence turns the state; "do not express (CPS < 10)" says the same twice."""
    if cluster.is_score and cluster.state == "normal":
        return False
    return bool(markers.cue("negation").search(before) or markers.cue("denied_after").match(after))


def _judge(cluster: Cluster, sentence: Sentence, markers: Biomarkers, words: ReceptorWords) -> Verdict | None:
    """What a sentence says of a cluster: required, excluded, or its state admitted beside others; None for nothing."""
    if _says_nothing(cluster, sentence, markers, words):
        return None
    lower = sentence.lower[:LONGEST]
    before, after = lower[: cluster.start], lower[cluster.end :]
    is_altered = (cluster.state == "altered") != _is_denied(cluster, before, after, markers)
    is_out = sentence.is_exclusion and not words.cue("must_not").search(before)
    if is_out:
        is_plain = markers.cue("lead").match(before) and not is_limited(words, after)
        return _verdict(is_required=not is_altered) if is_plain else None
    if rules_out(words, lower, cluster.start, cluster.end):
        return None if is_limited(words, after) else _verdict(is_required=not is_altered)
    if _is_condition(cluster, lower, markers, words):
        return "altered admitted" if is_altered else "normal admitted"
    is_low_score = cluster.is_score and cluster.markers == ("other",)
    return _verdict(is_required=is_altered or is_low_score)


def _verdict(*, is_required: bool) -> Verdict:
    return "required" if is_required else "excluded"


def _read_criterion(
    criterion: Criterion, markers: Biomarkers, words: ReceptorWords, places: Alternatives
) -> Iterator[Finding]:
    if any(words.cue("other_tumour").search(header.lower) for header in criterion.headers):
        return
    for sentence in criterion.sentences:
        found = list(find_clusters(sentence.body, sentence.lower, markers))
        judged = [(cluster, _judge(cluster, sentence, markers, words)) for cluster in found]
        cohort, in_list = places.cohort_of(criterion, sentence), places.list_of(criterion)
        if cohort and _is_said_again(judged) and names_several_parts(sentence.lower):
            cohort = None
        for cluster, verdict in _grouped(judged, sentence.lower[:LONGEST]):
            evidence = tuple(sentence.evidence(None, None, name, f"biomarkers.{verdict}") for name in cluster.markers)
            yield Finding(cluster.markers, verdict, cluster.is_each, evidence, cohort, in_list, criterion.start)


def _is_said_again(judged: Sequence[tuple[Cluster, Verdict | None]]) -> bool:
    """Whether a sentence says the same of the same markers more than once."""
    said = [(cluster.markers, verdict) for cluster, verdict in judged if verdict]
    return len(said) > len(set(said))


def _grouped(judged: Sequence[tuple[Cluster, Verdict | None]], lower: str) -> Iterator[tuple[Cluster, Verdict]]:
    """The clusters that say something; those required and joined by "or" become one."""
    required = [cluster for cluster, verdict in judged if verdict == "required"]
    if len(required) > 1:
        joints = BRACKETS.sub("", lower[required[0].end : required[-1].start])
        if _OR.search(joints) and not _AND.search(joints):
            markers = tuple(dict.fromkeys(name for cluster in required for name in cluster.markers))
            yield replace(required[0], markers=markers, end=required[-1].end, is_each=False), "required"
            judged = [(cluster, verdict) for cluster, verdict in judged if verdict != "required"]
    for cluster, verdict in judged:
        if verdict:
            yield cluster, verdict


def _read_titles(study: StudyText, markers: Biomarkers, words: ReceptorWords) -> Iterator[Finding]:
    """What the titles say of the people sought; a title says nothing of tests, and has no conditions."""
    for title in study.titles:
        if not markers.may_name(title.body, title.lower):
            continue
        for cluster in find_clusters(title.body, title.lower, markers):
            if is_of_other_tumour(cluster, title.lower, words):
                continue
            before, after = title.lower[: cluster.start], title.lower[cluster.end : LONGEST]
            if (
                markers.cue("tested_after").match(after)
                or markers.cue("alternative_after").match(after)
                or words.cue("example").search(before)
                or markers.cue("topic").search(before)
                or _is_beside_receptors(cluster, title.body[:LONGEST], title.lower[:LONGEST], words)
            ):
                continue
            is_negated = markers.cue("negation").search(before) is not None
            verdict = _verdict(is_required=(cluster.state == "altered") != is_negated)
            evidence = tuple(title.evidence(None, None, name, "biomarkers.title") for name in cluster.markers)
            yield Finding(cluster.markers, verdict, cluster.is_each, evidence)


def _is_general(finding: Finding, places: Alternatives, findings: Sequence[Finding]) -> bool:
    """Whether a finding holds for every cohort: it belongs to none, or each cohort has one of its markers."""
    if finding.cohort is None:
        return True
    with_it = {
        item.cohort for item in findings if item.verdict == finding.verdict and set(item.markers) & set(finding.markers)
    }
    return len(with_it) > 1 and not places.has_silent_part(with_it)


def _named(findings: Iterable[Finding], *verdicts: Verdict) -> set[str]:
    return {marker for finding in findings if finding.verdict in verdicts for marker in finding.markers}


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The markers required, in groups of alternatives, and those that rule out."""
    markers, words = vocabulary.biomarkers, vocabulary.receptors
    places = Alternatives(study, words)
    found = (
        finding
        for criterion in study.criteria
        if markers.may_name(criterion.body, criterion.lower)
        for finding in _read_criterion(criterion, markers, words, places)
    )
    findings = list(islice(found, _MOST_FINDINGS))
    findings += _read_titles(study, markers, words)
    kept = [finding for finding in findings if _is_general(finding, places, findings)]
    required = list(_merged([finding for finding in kept if finding.verdict == "required"], study))
    excluded = [finding for finding in kept if finding.verdict == "excluded"]
    both = (_named(required, "required") & _named(excluded, "excluded")) - {"other"}
    yield from _fact(KEYS[0], required, both | _named(findings, "normal admitted"))
    yield from _fact(KEYS[1], excluded, both | _named(findings, "altered admitted"))


def _merged(findings: Sequence[Finding], study: StudyText) -> Iterator[Finding]:
    """The members of a list of alternatives as one group, or nothing where one of them is no marker."""
    lists: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.list_start is None:
            yield finding
        else:
            lists.setdefault(finding.list_start, []).append(finding)
    for start, members in lists.items():
        last = max(item.place for item in members)
        n_items = sum(is_member(criterion, start, last) for criterion in study.criteria)
        if len({item.place for item in members}) >= n_items:
            markers = tuple(dict.fromkeys(marker for item in members for marker in item.markers))
            evidence = tuple(entry for item in members for entry in item.evidence)
            yield Finding(markers, "required", is_each=False, evidence=evidence)


def _fact(key: str, findings: Sequence[Finding], either: set[str]) -> Iterator[Fact]:
    """The fact of a key; a marker of which both states are admitted is neither required nor excluded."""
    demands = list(_demands(findings, either, is_ban=key == "biomarkers_excluded"))
    demands = [demand for demand in demands if not _is_part_of_another(demand, demands)]
    if demands:
        members = sorted({member for demand in demands for member in demand.members})
        yield Fact(key, tuple(members), tuple(demands))


def _is_part_of_another(demand: Demand, demands: Sequence[Demand]) -> bool:
    """Whether a wider choice is offered elsewhere: a title that names one marker of three demands no more than they."""
    return any(set(demand.members) < set(other.members) for other in demands)


def _demands(findings: Sequence[Finding], either: set[str], *, is_ban: bool) -> Iterator[Demand]:
    said: set[tuple[str, ...]] = set()
    for finding in findings:
        markers = tuple(sorted(set(finding.markers) - either))
        alone = [(marker,) for marker in markers]
        for group in alone if is_ban or finding.is_each else [markers]:
            if group and group not in said:
                said.add(group)
                yield Demand(group, tuple(item for item in finding.evidence if item.value in group))
