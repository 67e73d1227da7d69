"""Facts as bytes and back. Plain arrays, because the store must not be able to run code (no pickle)."""

import hashlib
from typing import Any

import msgspec

from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact, StudySource
from trialfinder.store.blobs import pack, unpack

__all__ = ["decode_facts", "encode_facts", "hash_of", "packed_source"]


def packed_source(source: StudySource) -> bytes:
    """All that the reader may read of a study, as bytes."""
    return msgspec.msgpack.encode(source)


def hash_of(packed: bytes) -> bytes:
    """Tells whether anything that the reader may read has changed."""
    return hashlib.sha256(packed).digest()


def encode_facts(facts: EligibilityFacts) -> bytes:
    """The facts of one study, packed."""
    rows = [(fact.key, fact.value, [_demand_row(demand) for demand in fact.demands]) for fact in facts.facts.values()]
    return pack(msgspec.msgpack.encode((facts.nct_id, facts.is_read, rows)))


def decode_facts(packed: bytes) -> EligibilityFacts:
    """The facts that were packed."""
    nct_id, is_read, rows, *_ = msgspec.msgpack.decode(unpack(packed))  # older stores hold one thing more
    facts = {key: Fact(key, _value(value), tuple(map(_demand, demands))) for key, value, demands in rows}
    return EligibilityFacts(nct_id, facts, is_read)


def _demand_row(demand: Demand) -> tuple[Any, ...]:
    evidence = [(e.value, e.field, e.quote, e.start, e.end, e.rule) for e in demand.evidence]
    limits = (demand.minimum, demand.maximum)
    return (demand.members, evidence, demand.setting, demand.window, demand.is_conditional, *limits, demand.named)


def _demand(row: list[Any]) -> Demand:
    members, evidence, setting, window, is_conditional, minimum, maximum, *named = row  # older stores have none
    found = tuple(Evidence(*item) for item in evidence)
    return Demand(tuple(members), found, setting, window, is_conditional, minimum, maximum, *map(tuple, named))


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
