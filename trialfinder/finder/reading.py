"""Facts of raw records in a file: one answer a study, odd lines reported by number."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trialfinder.eligibility.coverage import find_unread
from trialfinder.eligibility.reader import read_eligibility as read_source
from trialfinder.errors import UnexpectedRecord, UsageError
from trialfinder.model import Assessment, EligibilityFacts
from trialfinder.tables import build_source
from trialfinder.wording.visible import json_for_screens

Complain = Callable[[str], None]
GZIP_MAGIC = b"\x1f\x8b"


def records_of_file(path: Path) -> Iterator[tuple[int, bytes]]:
    """(line number, line) for each line of a JSON-lines file that is not blank; a gzip file is unpacked.

    Raises UsageError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:  # once, since what comes through a pipe can be read but once
            is_packed = file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)
            lines = gzip.GzipFile(fileobj=file) if is_packed else file
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read: {why}. Give a file of studies, one JSON object a line.") from error


def read_file(path: Path, complain: Complain) -> Iterator[tuple[bytes, EligibilityFacts]]:
    """Each study of a file with its facts; a line that is no study is said to `complain` by number, and left out."""
    for number, line in records_of_file(path):
        try:
            yield line, read_source(build_source(line))
        except UnexpectedRecord as error:
            complain(f"line {number}: not read: {error.message}")


def read_eligibility(study: str | bytes | dict[str, Any], nct_id: str = "NCT00000000") -> EligibilityFacts:
    """What a study asks, each fact with its sentence.

    Takes the registry's record (JSON text, bytes, or a mapping), or the text of the criteria alone, which then goes by
    `nct_id`. Raises UnexpectedRecord for JSON that is no study.
    """
    if isinstance(study, str) and not study.lstrip().startswith("{"):
        return read_source(build_source({"nctId": nct_id, "eligibilityCriteria": study}))
    return read_source(build_source(study.encode() if isinstance(study, str) else study))


def facts_line(facts: EligibilityFacts) -> dict[str, Any]:
    """One study as `trialfinder facts` prints it: nctId, the flat facts, the evidence by key, whether it was read."""
    evidence = {key: [asdict(item) for item in fact.evidence] for key, fact in facts.facts.items() if fact.evidence}
    return {
        "nctId": facts.nct_id,
        "facts": facts.flat(),
        "evidence": dict(sorted(evidence.items())),
        "is_read": facts.is_read,
    }


def unread_lines(raw: bytes, facts: EligibilityFacts) -> list[dict[str, Any]]:
    """The sentences that mention a key's words and from which nothing was read, as `facts --unread` prints them."""
    return [{"nctId": facts.nct_id, **asdict(sentence)} for sentence in find_unread(build_source(raw), facts)]


def assessment_line(assessment: Assessment) -> dict[str, Any]:
    """One study as `trialfinder assess` prints it; what a doctor will check is left out, as it is from the counts."""
    answers = {
        answer.variable: {
            "answer": answer.answer,
            "quote": answer.evidence.quote if answer.evidence else None,
            "field": answer.evidence.field if answer.evidence else None,
            **({"is_overruled": True} if answer.is_overruled else {}),
        }
        for answer in assessment.answers
        if not answer.is_doctors
    }
    return {
        "nctId": assessment.nct_id,
        "verdict": assessment.verdict,
        "n_fits": assessment.n_fits,
        "n_conflicts": assessment.n_conflicts,
        "n_ask": assessment.n_ask,
        "answers": answers,
    }


def to_json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Each row as one line of JSON."""
    return (json_for_screens(json.dumps(row, ensure_ascii=False)) for row in rows)
