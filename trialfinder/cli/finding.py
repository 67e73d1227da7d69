"""`find` and `show`: search the store, and look at one trial."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.cli.asked import Near, Profile, takes_search
from trialfinder.cli.messages import say, say_all
from trialfinder.cli.options import Common, Demo, Lang, Limit, Output, Rows, Store, common
from trialfinder.errors import UsageError
from trialfinder.wording import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from trialfinder.finder import Search
    from trialfinder.finder.asking import FindOptions

FORMATS = ("table", "csv", "xlsx", "json", "html", "md", "parquet", "atom")
ROWS = ("studies", "sites")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(find)
    app.command()(show)


@takes_search
def find(
    context: typer.Context,
    *,
    asked: "FindOptions",
    rows: Rows = "studies",
    limit: Limit = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How to answer.")] = "table",
    output: Output = None,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Find trials that may fit, best first; those that conflict stand last, with the reason."""
    from trialfinder.finder.asking import build_search, check_choice

    options = common(context, store, lang, demo=demo)
    chosen = format_for(format, output, FORMATS)
    check_choice(rows, ROWS, "--rows")
    search, messages = build_search(asked)
    say_all(message.say(options.lang) for message in messages)
    answer(options, search, chosen, rows, limit, output)


def format_for(format_name: str, output: Path | None, known: tuple[str, ...]) -> str:
    """The format that was asked for; a file to write with none named says it by its ending."""
    from trialfinder.finder.asking import check_choice

    check_choice(format_name, known, "--format")
    if format_name != "table" or output is None:
        return format_name
    ending = output.suffix.lower().removeprefix(".")
    if ending == "table" or ending not in known:
        raise UsageError(f"{output} does not end like a format that we write. {_endings(known)}", path=str(output))
    return ending


def _endings(known: tuple[str, ...]) -> str:
    endings = ", ".join(f".{name}" for name in known if name != "table")
    return f"Use one of {endings}, or add --format."


def answer(
    options: Common,
    search: "Search",
    format_name: str,
    rows: str,
    limit: int | None,
    output: Path | None,
    title: str = "",
) -> None:
    """Run a search and put the answer where it was asked for."""
    from dataclasses import replace

    from trialfinder.cli.printing import print_found
    from trialfinder.export import build_export, write_file
    from trialfinder.finder import open_finder

    with open_finder(options.store, is_demo=options.demo) as finder:
        found = finder.search(search, options.lang)
        say_all(found.notices)
        if format_name == "table":
            print_found(found, rows, 25 if limit is None else limit, options.lang)
            return
        if not len(found):
            say(render("lists.nothing", options.lang))
        if format_name == "parquet" and output is not None and output.is_dir():
            _put_tables(finder.load_tables(found.frame["nct_id"][:limit]), output)
            return
        content = build_export(replace(found.listing(limit), title=title), format_name, rows)
    if output is not None:
        write_file(output, content)
        say(f"Wrote {output}.")
    elif format_name in ("xlsx", "parquet") and sys.stdout.isatty():
        raise typer.BadParameter(f"{format_name} is no text for a screen; add --output FILE.", param_hint="--format")
    else:
        sys.stdout.buffer.write(content)


def _put_tables(tables: "Mapping[str, pd.DataFrame]", folder: Path) -> None:
    """Each table as a file of its own in the folder."""
    from trialfinder.export import write_file
    from trialfinder.export.parquet_file import parquet_of

    for name, frame in tables.items():
        write_file(folder / f"{name}.parquet", parquet_of(frame))
        say(f"Wrote {folder / name}.parquet.")


def show(
    context: typer.Context,
    nct_id: Annotated[str, typer.Argument(metavar="NCT...", help="The trial's NCT number.")],
    *,
    profile: Profile = None,
    near: Near = None,
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Show one trial: what it asks, with its own sentences, its sites by distance, and whom to call."""
    from trialfinder.cli.printing import print_view
    from trialfinder.finder import open_finder
    from trialfinder.finder.asking import build_search, check_choice

    options = common(context, store, lang, demo=demo)
    check_choice(format, ("text", "json"), "--format")
    search, messages = build_search({"near": near, "profile": profile})
    say_all(message.say(options.lang) for message in messages)
    with open_finder(options.store, is_demo=options.demo) as finder:
        view = finder.show(nct_id, search.profile if profile else None, search.place, options.lang)
        say_all(view.notices)
        print_view(view, format)
