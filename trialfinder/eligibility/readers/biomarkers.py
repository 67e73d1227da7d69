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
from dataclasses import dataclass
from typing import Literal

from trialfinder.eligibility.alternatives import Alternatives, rules_out
from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence
from trialfinder.eligibility.receptor_phrases import read_phrase
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.biomarkers import Biomarkers, Mention
from trialfinder.vocab.receptors import ReceptorWords, load_receptors

KEYS = ("biomarkers_required", "biomarkers_excluded")
WORDS = r"mutat|amplif|wild[- ]type|pd-?l1|brca|pik3ca|esr1|fusion|express|\bgene"

_REACH = 160  # how far a state may stand from the name it belongs to
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MUTATED = re.compile(r"mut|alter|variant|insert|activat|aberr")
_LINK = re.compile(r"\b(?:of|in|for|to|by)\b|:")
_ADJECTIVE = re.compile(
    r"(?:high|elev|incr|enrich|express|over-?express|harb|detect|mutat|mutant|wild|low|delet|patho|activ|[≥≤<>]|at least|more|great|less|carr|pos)"
)

State = Literal["altered", "normal"]
Verdict = Literal["required", "excluded", "altered admitted", "normal admitted"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Markers that share one state in a text."""

    markers: tuple[str, ...]
    state: State
    start: int
    end: int
    is_score: bool = False  # the state is a number
    is_each: bool = False  # joined by "and" alone: every one is asked for


@dataclass(frozen=True, slots=True)
class Finding:
    """A cluster that a study requires or excludes."""

    markers: tuple[str, ...]
    verdict: Verdict
    is_each: bool
    evidence: tuple[Evidence, ...]
    cohort: str | None = None
    list_start: int | None = None


def _blank(lower: str, mentions: Sequence[Mention]) -> str:
    """The text with every marker's name blanked, place for place."""
    parts, last = [], 0
    for mention in mentions:
        parts += [lower[last : mention.start], " " * (mention.end - mention.start)]
        last = mention.end
    return "".join([*parts, lower[last:]])


def _state_after(blank: str, mention: Mention, markers: Biomarkers) -> re.Match[str] | None:
    match = markers.states.search(blank, mention.end, mention.end + _REACH)
    if (
        match
        and ";" not in blank[mention.end : match.start()]
        and markers.between.fullmatch(blank, mention.end, match.start())
    ):
        return match
    return None


def _state_before(blank: str, mention: Mention, markers: Biomarkers) -> re.Match[str] | None:
    found = list(markers.states.finditer(blank, max(0, mention.start - _REACH), mention.start))
    if not found:
        return None
    match = found[-1]
    between = blank[match.end() : mention.start]
    is_linked = _LINK.search(between) or (_ADJECTIVE.match(match[0]) and not re.search(r"[,;]", between[:3]))
    return match if is_linked and ";" not in between and markers.between.fullmatch(between) else None


def _state_of(
    blank: str, lower: str, mention: Mention, markers: Biomarkers
) -> tuple[tuple[int, int], State, bool] | None:
    """Where the state of a marker stands, what it is, and whether it is a number; None where it has none."""
    match = _state_after(blank, mention, markers) or _state_before(blank, mention, markers)
    if match and not (mention.state and match["altered"]):
        if _is_either(blank, match, markers) or (
            mention.biomarker == "ERBB2_mutation" and not _MUTATED.match(match[0])
        ):
            return None
        return match.span(), "normal" if match["normal"] else "altered", any(char.isdigit() for char in match[0])
    if mention.state:
        return (mention.start, mention.end), mention.state, False
    before = markers.cue("expressed_before").search(blank[max(0, mention.start - 60) : mention.start])
    is_said = before is not None and mention.biomarker != "ERBB2_mutation"
    return ((mention.start, mention.end), "altered", False) if is_said else None


def _is_either(blank: str, match: re.Match[str], markers: Biomarkers) -> bool:
    """Whether both states are named together: "positive or negative"."""
    for first, second in ((match, markers.states.search(blank, match.end(), match.end() + 30)), (None, match)):
        if first is None:
            found = list(markers.states.finditer(blank, max(0, match.start() - 30), match.start()))
            first = found[-1] if found else None
        if first and second and bool(first["normal"]) != bool(second["normal"]):
            if re.fullmatch(r"\W*(?:or|and|and/or|/)\W*", blank[first.end() : second.start()]):
                return True
    return False


def find_clusters(text: str, lower: str, markers: Biomarkers) -> Iterator[Cluster]:
    """The markers of a text that are given a state, those with the same state together."""
    mentions = markers.find(text, lower)
    if not mentions:
        return
    blank = _blank(lower, mentions)
    members: dict[tuple[int, int], list[Mention]] = {}
    states: dict[tuple[int, int], tuple[State, bool]] = {}
    for mention in mentions:
        is_drug = markers.cue("drug_after").match(lower[mention.end : mention.end + 60])
        if is_drug or markers.cue("drug_before").search(blank[max(0, mention.start - 90) : mention.start]):
            continue
        found = _state_of(blank, lower, mention, markers)
        if found:
            span, state, is_score = found
            states[span] = (state, is_score)
            members.setdefault(span, []).append(mention)
    for span, named in members.items():
        yield _cluster(lower, span, named, *states[span])


def _cluster(lower: str, span: tuple[int, int], named: Sequence[Mention], state: State, is_score: bool) -> Cluster:
    joints = lower[named[0].end : named[-1].start]
    is_each = " and " in joints and not re.search(r"\bor\b|/|,", joints)
    start, end = min(span[0], named[0].start), max(span[1], named[-1].end)
    return Cluster(tuple(dict.fromkeys(item.biomarker for item in named)), state, start, end, is_score, is_each)


def _is_only_tested(cluster: Cluster, lower: str, markers: Biomarkers) -> bool:
    before = lower[max(0, cluster.start - 140) : cluster.start]
    return bool(
        markers.cue("tested").search(before)
        or markers.cue("tested_after").match(lower[cluster.end :])
        or re.match(r"[^.;]{0,60}\bnot required", lower[cluster.end :])
    )


def _is_condition(cluster: Cluster, lower: str, words: ReceptorWords) -> bool:
    before, after = lower[: cluster.start], _BRACKETS.sub("", lower[cluster.end :])
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
    return (
        re.fullmatch(
            r"(?:[^a-z]|\b(?:breast|cancer|disease|tumou?rs?|patients|with|and|a|known)\b)*\bor\b[^.;]{0,40}",
            lower[first[1] : last[0]],
        )
        is not None
    )


def _judge(cluster: Cluster, sentence: Sentence, markers: Biomarkers, words: ReceptorWords) -> Verdict | None:
    """What a sentence says of a cluster: required, excluded, or its state admitted beside others; None for nothing."""
    lower = sentence.lower
    before, after = lower[: cluster.start], _BRACKETS.sub("", lower[cluster.end :])
    if _is_only_tested(cluster, lower, markers) or words.cue("other_tumour").search(lower):
        return None
    if markers.cue("alternative_after").match(after) or markers.cue("alternative_before").search(before):
        return None
    if _is_beside_receptors(cluster, sentence.body, lower, words):
        return None
    is_altered = cluster.state == "altered"
    if markers.cue("negation").search(before):
        is_altered = not is_altered
    is_out = sentence.is_exclusion and not words.cue("must_not").search(before)
    if is_out:
        is_plain = markers.cue("lead").match(before) and not words.cue("limit").search(after)
        return _verdict(is_required=not is_altered) if is_plain else None
    if rules_out(words, lower, cluster.start, cluster.end):
        return None if words.cue("limit").search(after) else _verdict(is_required=not is_altered)
    if _is_condition(cluster, lower, words):
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
        for cluster in find_clusters(sentence.body, sentence.lower, markers):
            verdict = _judge(cluster, sentence, markers, words)
            if verdict:
                evidence = tuple(
                    sentence.evidence(None, None, name, f"biomarkers.{verdict}") for name in cluster.markers
                )
                cohort, in_list = places.cohort_of(criterion, sentence), places.list_of(criterion)
                yield Finding(cluster.markers, verdict, cluster.is_each, evidence, cohort, in_list)


def _read_titles(study: StudyText, markers: Biomarkers, words: ReceptorWords) -> Iterator[Finding]:
    """What the titles say of the people sought; a title says nothing of tests, and has no conditions."""
    for title in study.titles:
        if not markers.may_name(title.body, title.lower) or words.cue("other_tumour").search(title.lower):
            continue
        for cluster in find_clusters(title.body, title.lower, markers):
            before, after = title.lower[: cluster.start], title.lower[cluster.end :]
            if (
                markers.cue("tested_after").match(after)
                or markers.cue("alternative_after").match(after)
                or words.cue("example").search(before)
                or _is_beside_receptors(cluster, title.body, title.lower, words)
            ):
                continue
            is_negated = markers.cue("negation").search(before) is not None
            verdict = _verdict(is_required=(cluster.state == "altered") != is_negated)
            evidence = tuple(title.evidence(None, None, name, "biomarkers.title") for name in cluster.markers)
            yield Finding(cluster.markers, verdict, cluster.is_each, evidence)


def _is_general(finding: Finding, study: StudyText, findings: Sequence[Finding]) -> bool:
    """Whether a finding holds for every cohort: it belongs to none, or each cohort has one of its markers."""
    if finding.cohort is None:
        return True
    with_it = {
        item.cohort for item in findings if item.verdict == finding.verdict and set(item.markers) & set(finding.markers)
    }
    return len(with_it) > 1 and set(study.cohorts) <= with_it


def _named(findings: Iterable[Finding], *verdicts: Verdict) -> set[str]:
    return {marker for finding in findings if finding.verdict in verdicts for marker in finding.markers}


def read(study: StudyText, vocabulary: Vocabulary) -> Iterable[Fact]:
    """The markers required, in groups of alternatives, and those that rule out."""
    markers, words = vocabulary.biomarkers, load_receptors()
    places = Alternatives(study, words)
    findings = [
        finding
        for criterion in study.criteria
        if markers.may_name(criterion.body, criterion.lower)
        for finding in _read_criterion(criterion, markers, words, places)
    ]
    findings += _read_titles(study, markers, words)
    kept = [finding for finding in findings if _is_general(finding, study, findings)]
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
        n_items = sum(
            criterion.headers[-1:] != () and criterion.headers[-1].start == start for criterion in study.criteria
        )
        if len({item.evidence[0].start for item in members}) >= n_items:
            markers = tuple(dict.fromkeys(marker for item in members for marker in item.markers))
            yield Finding(
                markers, "required", is_each=False, evidence=tuple(ev for item in members for ev in item.evidence)
            )


def _fact(key: str, findings: Sequence[Finding], either: set[str]) -> Iterator[Fact]:
    """The fact of a key; a marker of which both states are admitted is neither required nor excluded."""
    demands = list(_demands(findings, either, is_ban=key == "biomarkers_excluded"))
    if demands:
        members = sorted({member for demand in demands for member in demand.members})
        yield Fact(key, tuple(members), tuple(demands))


def _demands(findings: Sequence[Finding], either: set[str], *, is_ban: bool) -> Iterator[Demand]:
    said: set[tuple[str, ...]] = set()
    for finding in findings:
        markers = tuple(sorted(set(finding.markers) - either))
        alone = [(marker,) for marker in markers]
        for group in alone if is_ban or finding.is_each else [markers]:
            if group and group not in said:
                said.add(group)
                yield Demand(group, tuple(item for item in finding.evidence if item.value in group))
