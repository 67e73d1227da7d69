"""What changed, for one reader: all trials, those that may fit them, or those on their list."""

import difflib
import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from trialfinder.export.json_file import records
from trialfinder.finder import Finder, Search
from trialfinder.finder.changes import Changes
from trialfinder.finder.plain_words import status_words
from trialfinder.finder.view import unescaped
from trialfinder.model import PatientProfile
from trialfinder.store import Store
from trialfinder.tables import build_study
from trialfinder.vocab.registry_terms import statuses
from trialfinder.wording import Language

MINE, LISTED = "mine", "listed"
READERS = ("everyone", MINE, LISTED)
ALIKE = 0.6  # from here on a line is read as a changed one, not as another
TEXT_KINDS = ("fact_changed", "criteria_changed")
Row = dict[str, Any]
_WORDS = re.compile(r"\s+|[^\s]+")


def load_changes(
    finder: Finder,
    since: str,
    reader: str,
    person: PatientProfile,
    listed: Collection[str],
    lang: Language,
    today: date,
) -> Changes:
    """The changes since a date or the last refresh ("last"), for one of READERS.

    Everyone sees the trials for metastatic breast cancer, whatever their status, as Find does.
    """
    if reader == LISTED:
        return _only(finder.changes(since, None, lang, today=today), listed)
    search = Search(profile=person) if reader == MINE else Search()
    found = finder.changes(since, search, lang, today=today)
    return _only(found, _may_fit(finder, search, lang)) if reader == MINE else found


def _may_fit(finder: Finder, search: Search, lang: Language) -> Collection[str]:
    frame = finder.search(replace(search, is_all=True), lang).frame
    return set(frame.loc[frame["verdict"] == "may_fit", "nct_id"])


def _only(found: Changes, nct_ids: Collection[str]) -> Changes:
    kept = found.frame["nct_id"].isin(list(nct_ids))
    return Changes(found.frame[kept].reset_index(drop=True), found.notices, found.stamp)


def kinds_of(frame: pd.DataFrame, order: Sequence[str]) -> list[str]:
    """The kinds of change that there are, in the order that people care for; kinds not named there stand last."""
    present = set(frame["kind"])
    return [*(kind for kind in order if kind in present), *sorted(present - set(order))]


def by_trial(frame: pd.DataFrame) -> list[list[Row]]:
    """The changes of each trial at each refresh together, the newest first."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in records(frame):
        groups.setdefault((str(row["refreshed_at"]), str(row["nct_id"])), []).append(row)
    return [groups[name] for name in sorted(groups, key=lambda name: name[0], reverse=True)]


def status_or_text(row: Row, side: str, lang: Language) -> str:
    """A status of the registry in words; what is none stays as it is, "" where there is nothing."""
    value = row[side]
    return status_words(str(value), lang) if value in statuses() else str(value or "")


def load_texts(finder: Finder, nct_id: str, refreshed_at: str) -> tuple[str, str] | None:
    """The full eligibility text before and after one refresh; None where there are not two."""
    with Store.open(finder.store_path) as store:
        refresh_id = next((item.refresh_id for item in store.refreshes() if item.refreshed_at == refreshed_at), None)
        if refresh_id is None:
            return None
        for change in store.changes(refresh_id - 1):
            if change.nct_id == nct_id and change.before and change.after:
                return build_study(change.before).eligibility_text or "", build_study(
                    change.after
                ).eligibility_text or ""
    return None


def diff_html(before: str, after: str, removed: str, added: str) -> str:
    """The changed lines of two texts as HTML: what went is struck out, what came is marked; equal lines are left out.

    `removed` and `added` are the words that a screen reader hears before each.
    """
    old, new = _lines(before), _lines(after)
    marks = {"del": removed, "ins": added}
    parts = [
        _line(list(_changed(was, now)), marks)
        for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
        for was, now in _beside(old[a:b], new[c:d])
    ]
    return "".join(parts)


def _beside(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Old and new lines that are alike beside each other, in their order; "" beside a line that has no like."""
    left = list(new)
    for line in old:
        like = difflib.get_close_matches(line, left, n=1, cutoff=ALIKE)
        at = left.index(like[0]) if like else 0
        yield from (("", came) for came in left[:at])
        yield line, like[0] if like else ""
        left = left[at + len(like) :]
    yield from (("", came) for came in left)


def _lines(text: str) -> list[str]:
    lines = (unescaped(line.strip().lstrip("*-\u2022 ")) for line in text.splitlines())
    return [line for line in lines if line]


def _changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    """(tag, text) pieces: `del`, `ins`, or "" for what stayed."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "", "".join(before[a:b])
            continue
        for name, piece in (("del", "".join(before[a:b])), ("ins", "".join(after[c:d]))):
            if piece:
                yield name, piece


def _line(pieces: Sequence[tuple[str, str]], marks: dict[str, str]) -> str:
    shown = "".join(
        f'<{tag}><span class="tf-heard">{html.escape(marks[tag])} </span>{html.escape(text)}</{tag}>'
        if tag
        else html.escape(text)
        for tag, text in pieces
    )
    return f'<p class="tf-diff" lang="en">{shown}</p>'
