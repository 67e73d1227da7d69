"""What changed: our own refreshes compared, in words that an advocate can pass on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from trialfinder.eligibility.reader import read_eligibility
from trialfinder.errors import UsageError
from trialfinder.export.cells import is_absent
from trialfinder.export.listing import Stamp
from trialfinder.finder import change_words as words
from trialfinder.finder.plain_words import STUDY_PAGE, status_words
from trialfinder.model import Site, Study
from trialfinder.model.facts import FACT_KEYS, FlatValue
from trialfinder.store import Refresh, StudyChange
from trialfinder.tables import build_source, build_study
from trialfinder.vocab.registry_terms import open_statuses
from trialfinder.wording import Language, render

LAST = "last"
CHANGE_COLUMNS = (
    "nct_id", "brief_title", "kind", "summary", "key", "before", "after", "refreshed_at", "data_timestamp", "url",
)  # fmt: skip
IsNear = Callable[[Site], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in one study.

    `kind`: new, opened, closed, withdrawn, left, back, fact_changed, criteria_changed, site_opened, site_closed,
    updated; posted and record_updated come from the registry's own dates, before our first refresh. `summary` says it
    in one sentence. `key` is the fact's key, or the site in words; `before` and `after` are the values as text; None is
    absent.
    """

    nct_id: str
    brief_title: str
    kind: str
    summary: str
    key: str | None
    before: str | None
    after: str | None
    refreshed_at: str
    data_timestamp: str
    url: str


def first_refresh_since(since: str, refreshes: tuple[Refresh, ...], today: date) -> int:
    """The number of the last refresh *before* what is asked for: changes after it are the answer.

    `since` is `last` (what the last refresh brought) or a date as YYYY-MM-DD. Raises UsageError for anything else, and
    for a date in the future.
    """
    if since == LAST:
        return refreshes[-1].refresh_id - 1 if refreshes else 0
    day = parsed_date(since, today)
    earlier = [refresh.refresh_id for refresh in refreshes if refresh.refreshed_at[:10] < day.isoformat()]
    return max(earlier, default=0)


def parsed_date(text: str, today: date) -> date:
    """The date. Raises UsageError where it is none, or lies in the future."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--since {text!r} is no date. Write YYYY-MM-DD, or last.", value=text) from error
    if day > today:
        raise UsageError(f"--since {text} lies in the future. Write a date up to {today.isoformat()}.", value=text)
    return day


def changes_of(change: StudyChange, is_near: IsNear, language: Language = "en") -> Iterator[Change]:
    """Everything that changed in one study at one refresh; sites count where `is_near` says so."""
    if change.kind in ("new", "left", "back"):
        yield _come_or_gone(change, language)
        return
    if change.before is None or change.after is None:
        return
    before, after = build_study(change.before), build_study(change.after)
    status = list(_status(change, before, after, language))
    found = [*status, *_ages(change, before, after, language), *_facts(change, before, after, language)]
    if not status or status[0].kind == "status_changed":  # a trial that opens or closes does so with all its sites
        found += _sites(change, before, after, is_near, language)
    yield from found or [_change(change, after, "updated", words.kind_words("updated", language))]


def _come_or_gone(change: StudyChange, language: Language) -> Change:
    study = build_study(change.after or change.before or b"{}")
    moved = render("changes.moved", language, nct_id=change.successor) if change.successor else None
    status = status_words(study.overall_status, language)
    summary = words.with_detail(change.kind, moved if change.kind == "left" else status, language)
    return _change(change, study, change.kind, summary, after=change.successor or study.overall_status)


def _status(change: StudyChange, before: Study, after: Study, language: Language) -> Iterator[Change]:
    was, now = before.overall_status, after.overall_status
    if was == now:
        return
    was_open, is_open = (status in open_statuses() for status in (was, now))
    kind = "opened" if is_open and not was_open else "closed" if was_open and not is_open else "status_changed"
    if now == "WITHDRAWN":
        kind = "withdrawn"
    summary = words.status_change(kind, was, now, language)
    yield _change(change, after, kind, summary, before=was, after=now)


def _ages(change: StudyChange, before: Study, after: Study, language: Language) -> Iterator[Change]:
    was, now = ((study.minimum_age_years, study.maximum_age_years) for study in (before, after))
    if was != now:
        summary = words.fact_change("age", was, now, language)
        yield _change(change, after, "fact_changed", summary, "age", _as_text(was), _as_text(now))


def _facts(change: StudyChange, before: Study, after: Study, language: Language) -> Iterator[Change]:
    sources = [build_source(raw) for raw in (change.before or b"", change.after or b"")]
    if sources[0] == sources[1]:
        return
    old, new = (read_eligibility(source) for source in sources)
    changed = [key for key in FACT_KEYS if old[key].value != new[key].value]
    for key in changed:
        was, now = old[key].value, new[key].value
        summary = words.fact_change(key, was, now, language)
        yield _change(change, after, "fact_changed", summary, key, _as_text(was), _as_text(now))
    if not changed and before.eligibility_text != after.eligibility_text:
        yield _change(change, after, "criteria_changed", words.kind_words("criteria_changed", language))


def _as_text(value: FlatValue) -> str | None:
    if value in (None, (), (None, None)):
        return None
    return ", ".join("-" if item is None else str(item) for item in value) if isinstance(value, tuple) else str(value)


def _sites(change: StudyChange, before: Study, after: Study, is_near: IsNear, language: Language) -> Iterator[Change]:
    was_open, is_open = (_open_sites(study, is_near) for study in (before, after))
    for kind, names in (("site_opened", is_open - was_open), ("site_closed", was_open - is_open)):
        for name in sorted(names):
            yield _change(change, after, kind, words.with_detail(kind, name, language), name)


def _open_sites(study: Study, is_near: IsNear) -> set[str]:
    return {site_name(site) for site in study.sites if site.status in open_statuses() and is_near(site)}


def site_name(site: Site) -> str:
    """A site in words, as its changes name it."""
    return ", ".join(part for part in (site.facility, site.city, site.state, site.country) if part)


def _change(
    change: StudyChange,
    study: Study,
    kind: str,
    summary: str,
    key: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Change:
    return Change(
        nct_id=change.nct_id,
        brief_title=study.brief_title,
        kind=kind,
        summary=summary,
        key=key,
        before=before,
        after=after,
        refreshed_at=change.refresh.refreshed_at,
        data_timestamp=change.refresh.data_timestamp,
        url=f"{STUDY_PAGE}{change.nct_id}",
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a refresh or a date: one row a change (`CHANGE_COLUMNS`), newest refresh last."""

    frame: pd.DataFrame
    notices: tuple[str, ...]
    stamp: Stamp


def build_changes(found: Iterable[Change], notices: tuple[str, ...], stamp: Stamp) -> Changes:
    """The changes as a table with text columns, in their order."""
    rows = [asdict(change) for change in found]
    columns = {name: pd.Series([row[name] for row in rows], dtype="str") for name in CHANGE_COLUMNS}
    return Changes(pd.DataFrame(columns), notices, stamp)


def registry_changes(studies: pd.DataFrame, since: date, until: date, stamp: Stamp) -> Iterator[Change]:
    """What the registry's own dates say of the days before our first refresh: posted, or record updated."""
    for kind, column in (("posted", "first_posted_date"), ("record_updated", "last_update_date")):
        days = studies[column]
        mask = (days >= pd.Timestamp(since)) & (days < pd.Timestamp(until))
        if kind == "record_updated":
            mask &= ~(studies["first_posted_date"] >= pd.Timestamp(since))
        for row in studies[mask].sort_values([column, "nct_id"]).itertuples():
            yield Change(
                nct_id=str(row.nct_id),
                brief_title=str(row.brief_title),
                kind=kind,
                summary=words.kind_words(kind, stamp.lang),
                key=None,
                before=None,
                after=None if is_absent(row.overall_status) else str(row.overall_status),
                refreshed_at=getattr(row, column).date().isoformat(),
                data_timestamp=stamp.data_timestamp or "",
                url=f"{STUDY_PAGE}{row.nct_id}",
            )
