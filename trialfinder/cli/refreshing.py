"""`refresh` and `rebuild`: bring the store up to date."""

from pathlib import Path
from typing import Annotated

import typer

from trialfinder.cli.messages import say
from trialfinder.cli.options import Lang, Store, common

NOTHING_NEW = 10


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(refresh)
    app.command()(rebuild)


def refresh(
    context: typer.Context,
    *,
    full: Annotated[bool, typer.Option("--full", help="Fetch every study again.")] = False,
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="With --full: accept an index that shrank by more than a tenth.")
    ] = False,
    api_url: Annotated[str | None, typer.Option("--api-url", metavar="URL", help="Another address of the API.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress; only errors.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 10 where there was nothing new.")] = False,
    export_dir: Annotated[
        Path | None, typer.Option("--export-dir", metavar="DIR", help="Write all saved searches' exports there after.")
    ] = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Pull what changed from ClinicalTrials.gov (the first time: everything) into the local store."""
    from trialfinder.cli.progress import Progress
    from trialfinder.finder import refresh as pull

    options = common(context, store, lang, demo=False)
    if accept_loss and not full:
        raise typer.BadParameter("goes only with --full", param_hint="--accept-loss")
    with Progress(is_quiet=quiet) as progress:
        outcome = pull(
            options.store, is_full=full, accept_loss=accept_loss, api_url=api_url, on_progress=progress.update
        )
    if not quiet:
        say(outcome.sentence())
    if export_dir is not None:
        from trialfinder.searches import export_all

        for line in export_all(options.store, export_dir, options.lang):
            if not quiet:
                say(line)
    if exit_code and not outcome.has_changes:
        raise typer.Exit(NOTHING_NEW)


def rebuild(context: typer.Context, store: Store = None, lang: Lang = None) -> None:
    """Make the derived tables anew from the raw records in the store; needs no network."""
    from trialfinder.cli.progress import Progress
    from trialfinder.finder import rebuild as rebuild_store

    options = common(context, store, lang, demo=False)
    with Progress(is_quiet=False) as progress:
        n_studies = rebuild_store(options.store, on_progress=progress.update)
    say(f"Rebuilt the tables of {n_studies:,} studies.")
