"""`facts` and `assess` as JSON lines, from a file or from the store."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trialfinder.cli.messages import say, say_all
from trialfinder.cli.options import Common
from trialfinder.errors import UsageError
from trialfinder.finder.reading import (
    assessment_line,
    facts_line,
    read_file,
    to_json_lines,
    unread_lines,
)
from trialfinder.finder.view import checked_nct_id

if TYPE_CHECKING:
    from trialfinder.model import EligibilityFacts

Read = tuple[bytes, "EligibilityFacts"]


class Complaints:
    """Lines that were not answered: said on stderr, and counted for the exit code."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0

    def __call__(self, text: str) -> None:
        """Say one."""
        self.count += 1
        say(text)


def print_facts(options: Common, file: Path | None, nct_ids: Sequence[str], *, is_unread: bool) -> bool:
    """Print one line a study, or with `is_unread` one a sentence not read; whether every study was answered."""
    complaints = Complaints()
    read = _studies(options, file, nct_ids, complaints)
    rows = (row for raw, facts in read for row in (unread_lines(raw, facts) if is_unread else [facts_line(facts)]))
    _print(to_json_lines(rows))
    return not complaints.count


def print_assessments(options: Common, profile: Path, file: Path | None, nct_ids: Sequence[str]) -> bool:
    """Print one line a study, best first; whether every study was answered."""
    from trialfinder.finder.assessing import assess_records
    from trialfinder.matching import Known, load_profile
    from trialfinder.matching.vocabularies import load_words

    person, messages = load_profile(profile, load_words())
    say_all(message.say(options.lang) for message in messages)
    complaints = Complaints()
    known = Known(person, load_words())
    assessed = assess_records(known, _studies(options, file, nct_ids, complaints))
    _print(to_json_lines(assessment_line(item) for item in assessed))
    return not complaints.count


def _studies(options: Common, file: Path | None, nct_ids: Sequence[str], complaints: Complaints) -> Iterator[Read]:
    if file is not None:
        if nct_ids:
            raise UsageError("Give either --file or NCT numbers, not both.")
        yield from read_file(file, complaints)
        return
    from trialfinder.finder import open_finder

    wanted = [checked_nct_id(number) for number in nct_ids] or None
    with open_finder(options.store, is_demo=options.demo) as finder:
        seen = set()
        for raw, facts in finder.load_read(wanted):
            seen.add(facts.nct_id)
            yield raw, facts
    for number in wanted or ():
        if number not in seen:
            complaints(f"{number} is not in the store. Check the number, or run trialfinder refresh.")


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
