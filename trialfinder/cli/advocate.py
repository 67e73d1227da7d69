"""`changes`, `searches` and `report`: the advocate's desk."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.cli.asked import takes_search
from trialfinder.cli.messages import say, say_all
from trialfinder.cli.options import Common, Demo, Lang, Limit, Output, Rows, Store, common

if TYPE_CHECKING:
    from trialfinder.finder.asking import FindOptions
    from trialfinder.searches.saved import SavedSearch

SearchName = Annotated[str, typer.Argument(metavar="NAME", help="The name of the saved search.")]
searches = typer.Typer(no_args_is_help=True, help="Keep searches: plain TOML files that you can edit and share.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(changes)
    app.command()(report)
    app.add_typer(searches, name="searches")


def changes(
    context: typer.Context,
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE|last", help="YYYY-MM-DD, or the last refresh.")
    ] = "last",
    search: Annotated[
        str | None, typer.Option("--search", metavar="NAME", help="Only trials of a saved search.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="table|csv|json|atom")] = "table",
    output: Output = None,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Say what changed since the last refresh or a date."""
    from trialfinder.cli.printing import print_changes
    from trialfinder.export.changes import FORMATS, build_changes_export
    from trialfinder.finder import open_finder
    from trialfinder.finder.asking import check_choice

    options = common(context, store, lang, demo=demo)
    check_choice(format, ("table", *FORMATS), "--format")
    with open_finder(options.store, is_demo=options.demo) as finder:
        saved = _saved(finder.store_path, search, options).search if search else None
        found = finder.changes(since, saved, options.lang, today=datetime.now(UTC).date())
    say_all(found.notices)
    if format == "table":
        print_changes(found, options.lang)
        return
    _put(build_changes_export(found.frame, format, found.stamp, found.notices), output)


def report(
    context: typer.Context,
    *,
    output: Output = None,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Draw what there is as one HTML page that fetches nothing: types, phases, countries, months, what excludes."""
    from trialfinder.finder import open_finder
    from trialfinder.report import build_report

    options = common(context, store, lang, demo=demo)
    with open_finder(options.store, is_demo=options.demo) as finder:
        _put(build_report(finder, options.lang), output)


def _saved(store: Path, name: str, options: Common) -> "SavedSearch":
    from trialfinder.searches import load_search, searches_folder

    saved = load_search(searches_folder(store), name)
    say_all(message.say(options.lang) for message in saved.messages)
    return saved


def _put(content: bytes, output: Path | None) -> None:
    from trialfinder.export import write_file

    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_file(output, content)
    say(f"Wrote {output}.")


def _folder(options: Common) -> Path:
    from trialfinder.searches import searches_folder
    from trialfinder.store import default_store_path

    return searches_folder(options.store or default_store_path())


@searches.command()
@takes_search
def add(
    context: typer.Context,
    name: SearchName,
    *,
    title: Annotated[str | None, typer.Option("--title", help="What people read.")] = None,
    asked: "FindOptions",
    store: Store = None,
) -> None:
    """Save a search under a name; it takes the options of `find`."""
    from trialfinder.searches import add_search

    options = common(context, store, None, demo=False)
    profile = asked.get("profile")
    file = str(profile.absolute()) if isinstance(profile, Path) else None
    said = {"title": title, **asked, "profile": file}
    say(f"Saved as {add_search(_folder(options), name, said)}.")


@searches.command(name="list")
def list_all(context: typer.Context, store: Store = None) -> None:
    """List the saved searches."""
    from trialfinder.searches import list_searches, load_search

    folder = _folder(common(context, store, None, demo=False))
    for name in list_searches(folder):
        typer.echo(f"{name}\t{load_search(folder, name).title}")


@searches.command()
def remove(context: typer.Context, name: SearchName, store: Store = None) -> None:
    """Remove a saved search."""
    from trialfinder.searches import remove_search

    remove_search(_folder(common(context, store, None, demo=False)), name)
    say(f"Removed {name}.")


@searches.command()
def run(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Run every saved search.")] = False,
    rows: Rows = "studies",
    limit: Limit = None,
    format: Annotated[str, typer.Option("--format", help="As for find.")] = "table",
    output: Output = None,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Run a saved search, or all of them; with --all, --output is a folder."""
    from trialfinder.cli.finding import FORMATS, answer
    from trialfinder.finder.asking import check_choice
    from trialfinder.searches import list_searches

    options = common(context, store, lang, demo=demo)
    check_choice(format, FORMATS, "--format")
    if every == (name is not None):
        raise typer.BadParameter("give one NAME, or --all", param_hint="NAME")
    folder = _folder(options)
    for each in list_searches(folder) if every else [name or ""]:
        say(f"{each}:")
        target = output / f"{each}.{format}" if every and output else output
        saved = _saved(folder.parent / "store", each, options)
        answer(options, saved.search, format, rows, limit, target, saved.heading)
