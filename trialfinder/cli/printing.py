"""Tables and one trial's page in the terminal, in words."""

import csv
import json
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trialfinder.export.cells import is_absent, plain
from trialfinder.wording import Language, render
from trialfinder.wording.visible import json_for_screens, visible

if TYPE_CHECKING:
    from trialfinder.finder import Found, TrialView
    from trialfinder.finder.changes import Changes

TRIAL_COLUMNS = (
    "nct_id",
    "brief_title",
    "verdict_words",
    "status_words",
    "phase_words",
    "nearest_open_city",
    "distance_words",
)
SITE_COLUMNS = ("nct_id", "facility", "city", "country", "status_words", "distance_words", "contact_phone")
HEADERS = {
    "verdict_words": "verdict",
    "status_words": "overall_status",
    "phase_words": "phase",
    "distance_words": "distance",
    "nearest_open_city": "nearest_open_site",
}
N_SITES_SHOWN = 20


def console() -> Console:
    """Where tables go: stdout, without colour where it is no terminal, wide enough for whole rows there."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)


def print_found(found: "Found", rows: str, limit: int, lang: Language) -> None:
    """The found trials as a table: those that may fit, then the number of those that conflict."""
    n_shown = min(limit, found.n_may_fit)
    listing = found.listing(n_shown)
    screen = console()
    shown, names = (listing.sites.head(limit), SITE_COLUMNS) if rows == "sites" else (listing.studies, TRIAL_COLUMNS)
    if len(shown):
        print_table(screen, shown, names, lang, has_place=found.place is not None)
    n_conflicts = len(found) - found.n_may_fit
    if len(found):
        screen.print(render("lists.counts", lang, n_shown=n_shown, n_may_fit=found.n_may_fit, n_conflicts=n_conflicts))
    else:
        screen.print(render("lists.nothing", lang))
    screen.print(found.stamp.origin)
    screen.print(found.stamp.caution)


def print_table(
    screen: Console, frame: "object", names: tuple[str, ...], lang: Language, *, has_place: bool = True
) -> None:
    """Some columns of a frame as a table, with headers in words; without a place no site is the nearest."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    headers = HEADERS if has_place else HEADERS | {"nearest_open_city": "open_site"}
    names = tuple(name for name in names if has_place or name != "distance_words")
    for name in names:
        table.add_column(render(f"labels.{headers.get(name, name)}", lang), overflow="fold", no_wrap=name == "nct_id")
    for row in frame.to_dict("records"):  # type: ignore[attr-defined]
        table.add_row(*(Text(plain(row[name])) for name in names))
    screen.print(table)


def print_view(view: "TrialView", format_name: str) -> None:
    """One trial, as text or JSON."""
    if format_name == "json":
        sys.stdout.write(json_for_screens(json.dumps(view.as_json(), ensure_ascii=False, indent=1)) + "\n")
        return
    screen = console()
    for heading, lines in view.sections(N_SITES_SHOWN):
        if heading:
            screen.print(Text(f"\n{visible(heading)}", style="bold"))
        for line in lines:
            screen.print(Text(visible(line)))


def print_changes(found: "Changes", lang: Language) -> None:
    """What changed, as a table in words."""
    screen = console()
    frame = found.frame.assign(refreshed_at=found.frame["refreshed_at"].str[:10])
    if len(frame):
        print_table(screen, frame, ("refreshed_at", "nct_id", "brief_title", "summary"), lang)
    screen.print(render("changes.n", lang, n=len(frame)) if len(frame) else render("changes.nothing", lang))
    if found.stamp.is_demo:
        screen.print(found.stamp.origin)


def print_columns(format_name: str) -> None:
    """The column dictionary, as a table or CSV."""
    from trialfinder.tables import columns

    rows = columns()
    names = ("table", "column", "dtype", "unit", "is_nullable", "api_path", "meaning")
    if format_name == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows([getattr(row, name) for name in names] for row in rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if is_absent(value) else plain(value) for value in (getattr(row, name) for name in names)))
    console().print(table)
