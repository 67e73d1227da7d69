"""Markers with the state that a text gives them: "PIK3CA mutation", "loss of PTEN", "CPS ≥ 10", "BRCA wild type".

A state belongs to a marker where only names, joints and filler words stand between them, and markers that share one
state form one cluster ("mutations in BRCA1, BRCA2 or PALB2").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialfinder.vocab.biomarkers import Biomarkers, Mention, State

LONGEST = 4000  # characters of a sentence; no real one is longer
_REACH = 160  # characters: how far a state may stand from the name it belongs to
_OR = re.compile(r"\W*(?:or|and|and/or|/)\W*")
_BESIDE = 5  # characters: how far "negative" may stand from "MSI-H"
_NEAR = 30  # characters: how far "positive" may stand from "or negative"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Markers that share one state in a text."""

    markers: tuple[str, ...]
    state: State
    start: int
    end: int
    is_score: bool = False  # the state is a number
    is_each: bool = False  # joined by "and" alone: every one is asked for


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
    is_beside = markers.cue("adjective").match(match[0]) and not re.search(r"[,;]", between[:3])
    is_linked = is_beside or markers.cue("link").search(between)
    return match if is_linked and ";" not in between and markers.between.fullmatch(between) else None


def _state_of(blank: str, mention: Mention, markers: Biomarkers) -> tuple[tuple[int, int], State, bool] | None:
    """Where the state of a marker stands, what it is, and whether it is a number; None where it has none."""
    match = _state_after(blank, mention, markers) or _state_before(blank, mention, markers)
    if match and mention.state and not 0 <= match.start() - mention.end < _BESIDE:
        match = None
    if match and not (mention.state and match["altered"]):
        if _is_either(blank, match, markers) or not _fits(mention, match[0], markers):
            return None
        return match.span(), _meant(mention, match, markers), any(char.isdigit() for char in match[0])
    is_said = mention.state or (mention.biomarker != "ERBB2_mutation" and _is_expressed(blank, mention, markers))
    return ((mention.start, mention.end), mention.state or "altered", False) if is_said else None


def _fits(mention: Mention, state: str, markers: Biomarkers) -> bool:
    """Whether the state is one of the marker: of ERBB2 only mutations count here, its copies are HER2 status."""
    return mention.biomarker != "ERBB2_mutation" or markers.cue("mutated").match(state) is not None


def _meant(mention: Mention, match: re.Match[str], markers: Biomarkers) -> State:
    """What the state says of the marker: a gene whose loss is the finding is altered where its protein is negative."""
    is_normal = match["normal"] is not None
    if markers.rows[mention.biomarker].is_loss and markers.cue("protein").match(match[0]):
        is_normal = not is_normal
    return "normal" if is_normal else "altered"


def _is_expressed(blank: str, mention: Mention, markers: Biomarkers) -> bool:
    """Whether the text asks for expression without saying how much."""
    if markers.cue("expressed_before").search(blank[max(0, mention.start - 60) : mention.start]):
        return True
    after = markers.cue("only_expressed").match(blank[mention.end :])
    return after is not None and markers.cue("sampled").search(blank) is None


def _is_either(blank: str, match: re.Match[str], markers: Biomarkers) -> bool:
    """Whether both states are named together: "positive or negative"."""
    before = list(markers.states.finditer(blank, max(0, match.start() - _NEAR), match.start()))[-1:]
    after = markers.states.search(blank, match.end(), match.end() + _NEAR)
    pairs = [(first, match) for first in before] + [(match, second) for second in (after,) if second]
    return any(
        bool(first["normal"]) != bool(second["normal"]) and _OR.fullmatch(blank, first.end(), second.start())
        for first, second in pairs
    )


def find_clusters(text: str, lower: str, markers: Biomarkers) -> Iterator[Cluster]:
    """The markers of a text that are given a state, those with the same state together."""
    text, lower = text[:LONGEST], lower[:LONGEST]
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
        found = _state_of(blank, mention, markers)
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
