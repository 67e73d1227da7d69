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
_OR = re.compile(r"[\W_]*(?:or|and/or)[\W_]*|\W*(?:and|/)\W*")  # "PD-L1 negative, or PD-L1 positive" too
_LIST = 3  # names: from here on a symbol between commas is one of a list too
_UNKNOWN_SYMBOL = re.compile(r"(?<=[,:(] )[A-Z][A-Z0-9-]{1,9}(?=[,;)])")
_JOINT = re.compile(r"(?:[\s,/(_]|\b(?:and|or|a|an|the)\b)*")
_BESIDE = 5  # characters: how far "negative" may stand from "MSI-H"
_NEAR = 30  # characters: how far "positive" may stand from "or negative"

Said = tuple[tuple[int, int], State, bool]  # where the state of a name stands, what it is, whether it is a number


@dataclass(frozen=True, slots=True)
class Cluster:
    """Markers that share one state in a text."""

    markers: tuple[str, ...]
    state: State
    start: int
    end: int
    is_score: bool = False  # the state says how much
    is_each: bool = False  # joined by "and" alone: every one is asked for


def _blank(text: str, lower: str, mentions: Sequence[Mention]) -> str:
    """The text in lower case with every marker's name struck out, place for place, and unknown symbols in a list."""
    parts, last = [], 0
    for mention in mentions:
        parts += [lower[last : mention.start], "_" * (mention.end - mention.start)]
        last = mention.end
    blank = "".join([*parts, lower[last:]])
    if len(mentions) < _LIST:
        return blank
    for match in _UNKNOWN_SYMBOL.finditer(text):
        blank = blank[: match.start()] + "_" * (match.end() - match.start()) + blank[match.end() :]
    return blank


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


def _state_of(blank: str, mention: Mention, markers: Biomarkers) -> Said | None:
    """The state of a marker; None where it has none."""
    match = _state_after(blank, mention, markers) or _state_before(blank, mention, markers)
    if match and mention.state and not 0 <= match.start() - mention.end < _BESIDE:
        match = None
    if match and not (mention.state and match["altered"]):
        if _is_either(blank, match, markers) or not _fits(mention, match[0], markers):
            return None
        return match.span(), _meant(mention, match, markers), _is_number(match[0])
    is_said = mention.state or (mention.biomarker != "ERBB2_mutation" and _is_expressed(blank, mention, markers))
    return ((mention.start, mention.end), mention.state or "altered", False) if is_said else None


def _is_number(state: str) -> bool:
    """Whether the state says how much there is of it."""
    return state == "low" or any(char.isdigit() for char in state)


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
    blank = _blank(text, lower, mentions)
    named = [mention for mention in mentions if not _is_drug(lower, blank, mention, markers)]
    found = _with_neighbours(lower, blank, named, [_state_of(blank, mention, markers) for mention in named], markers)
    members: dict[tuple[int, int], list[Mention]] = {}
    states: dict[tuple[int, int], tuple[State, bool]] = {}
    for mention, said in zip(named, found, strict=True):
        if said:
            span, state, is_score = said
            states[span] = (state, is_score)
            members.setdefault(span, []).append(mention)
    for span, group in members.items():
        yield _cluster(lower, span, group, *states[span])


def _is_drug(lower: str, blank: str, mention: Mention, markers: Biomarkers) -> bool:
    """Whether the name belongs to a drug or a laboratory value and not to the tumour."""
    return bool(
        markers.cue("drug_after").match(lower[mention.end : mention.end + 60])
        or markers.cue("drug_before").search(blank[max(0, mention.start - 90) : mention.start])
    )


def _with_neighbours(
    lower: str, blank: str, mentions: Sequence[Mention], found: Sequence[Said | None], markers: Biomarkers
) -> list[Said | None]:
    """The states, with those of a list filled in: a name without one takes it from the name that it is joined to."""
    said = list(found)
    pairs = [
        (first, first + 1)
        for first in range(len(mentions) - 1)
        if _JOINT.fullmatch(blank, mentions[first].end, mentions[first + 1].start)
    ]
    for first, second in pairs:
        before = said[first]
        is_list = before and not said[second] and before[0][0] < mentions[first].start
        if before and is_list and _fits(mentions[second], lower[before[0][0] : before[0][1]], markers):
            said[second] = before
    for first, second in reversed(pairs):
        after, name = said[second], mentions[second]
        is_list = after and not said[first] and (after[0][0] >= name.end or markers.says_state(lower, name))
        if after and is_list and _fits(mentions[first], lower[max(name.start, after[0][0]) : after[0][1]], markers):
            said[first] = after
    return said


def _cluster(lower: str, span: tuple[int, int], named: Sequence[Mention], state: State, is_score: bool) -> Cluster:
    joints = lower[named[0].end : named[-1].start]
    is_each = " and " in joints and not re.search(r"\bor\b|/|,", joints)
    start, end = min(span[0], named[0].start), max(span[1], named[-1].end)
    return Cluster(tuple(dict.fromkeys(item.biomarker for item in named)), state, start, end, is_score, is_each)
