"""Many studies, one JSON line each: what `trialfinder facts --file` prints."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from trialfinder.eligibility.reader import read_eligibility
from trialfinder.errors import UnexpectedRecord
from trialfinder.model import EligibilityFacts, StudySource


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that could not be answered, and why."""

    number: int
    reason: str


def facts_line(facts: EligibilityFacts) -> dict[str, Any]:
    """The contract of one line: `nctId`, the flat facts, the evidence by key."""
    evidence = {key: [asdict(item) for item in fact.evidence] for key, fact in facts.facts.items() if fact.evidence}
    return {"nctId": facts.nct_id, "facts": facts.flat(), "evidence": dict(sorted(evidence.items()))}


def read_lines(
    lines: Iterable[str], build_source: Callable[[Any], StudySource]
) -> Iterator[EligibilityFacts | BrokenLine]:
    """The facts of each line's study, in order; a line that is no study is reported by number, never skipped.

    `build_source` makes the reader's source of a decoded record, and raises UnexpectedRecord where it is none.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            source = build_source(json.loads(line))
        except (ValueError, RecursionError, UnexpectedRecord) as error:
            yield BrokenLine(number, str(error))
            continue
        yield read_eligibility(source)
