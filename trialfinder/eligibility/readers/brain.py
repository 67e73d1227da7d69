"""Metastases of the brain and of the meninges: required, let in, let in when stable, or ruled out.

"Patients with treated brain metastases that are stable off steroids are eligible": `brain_metastases` is
`stable_only`. "Known brain or leptomeningeal metastases" under Exclusion: both are `excluded`.

Not read: "Patients with neurological symptoms must undergo an MRI to rule out brain metastases". It asks for a test;
who may enter is said elsewhere or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from trialfinder.eligibility.central_nervous import Stance, Statement, read_statements
from trialfinder.eligibility.reach import holds_for_all, part_of
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary

KEYS = ("brain_metastases", "leptomeningeal")

# The first row with a stance that the study takes decides: a person whom any sentence lets in is let in.
_BRAIN: tuple[tuple[str, frozenset[Stance]], ...] = (
    ("required", frozenset({"required"})),
    ("allowed", frozenset({"active"})),
    ("stable_only", frozenset({"calm"})),
    ("excluded", frozenset({"all"})),
    ("stable_only", frozenset({"some"})),
    ("allowed", frozenset({"plain"})),
)
_MENINGES: tuple[tuple[str, frozenset[Stance]], ...] = (
    ("required", frozenset({"required"})),
    ("allowed", frozenset({"active", "calm", "plain"})),
    ("excluded", frozenset({"all", "some"})),
)
_MOST_STATEMENTS = 80  # no study says more of it; a text that does is rubbish
_OUT: frozenset[Stance] = frozenset({"all", "some"})


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """What the study says of metastases of the brain and of the meninges."""
    del vocabulary
    statements = [_for_everybody(study, item) for item in islice(read_statements(study), _MOST_STATEMENTS)]
    for key, topic, decisions in (("brain_metastases", "brain", _BRAIN), ("leptomeningeal", "meninges", _MENINGES)):
        fact = _decide(study, key, _less_demands([item for item in statements if item.topic == topic]), decisions)
        if fact:
            yield fact


def _for_everybody(study: StudyText, item: Statement) -> Statement:
    """What one part of a study demands lets people into the study, and does not bind the others."""
    if item.stance == "required" and part_of(study, item.sentence):
        return replace(item, stance="active", is_conditional=True)
    return item


def _less_demands(statements: list[Statement]) -> list[Statement]:
    """The statements; where one lets people in with it and without it, none demands it."""
    if not any(item.stance == "either" for item in statements):
        return statements
    return [replace(item, stance="plain") if item.stance in ("either", "required") else item for item in statements]


def _decide(
    study: StudyText, key: str, statements: Sequence[Statement], decisions: Iterable[tuple[str, frozenset[Stance]]]
) -> Fact | None:
    for value, stances in decisions:
        told = [item for item in statements if item.stance in stances]
        if told and (not stances <= _OUT or holds_for_all(study, [item.sentence for item in told])):
            evidence = tuple(
                item.sentence.evidence(None, None, value, f"{key}.{value}.{item.stance}") for item in _once(told)
            )
            is_conditional = all(item.is_conditional for item in told)
            return Fact(key, value, (Demand((value,), evidence, is_conditional=is_conditional),))
    return None


def _once(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each sentence."""
    return list({item.sentence.start: item for item in statements}.values())
