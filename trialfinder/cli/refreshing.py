"""`refresh` and `rebuild`: bring the store up to date."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialfinder.cli.messages import say, say_all
from trialfinder.cli.options import Lang, Store, common
from trialfinder.wording import Language

if TYPE_CHECKING:
    from trialfinder.finder.refresh import RefreshResult

NOTHING_NEW = 10
NOT_ALL = 1


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
    from trialfinder.finder.refreshing import refresh as pull
    from trialfinder.store import default_store_path

    options = common(context, store, lang, demo=False)
    if accept_loss and not full:
        raise typer.BadParameter("goes only with --full", param_hint="--accept-loss")
    path = options.store or default_store_path()
    with Progress(is_quiet=quiet) as progress:
        result = pull(path, is_full=full, is_loss_accepted=accept_loss, api_url=api_url, on_progress=progress.update)
    if not quiet:
        say_all(_outcome(result, path))
    if export_dir is not None:
        _export_all(path, export_dir, options.lang, is_quiet=quiet)
    if exit_code and not result.is_new:
        raise typer.Exit(NOTHING_NEW)


def _export_all(store: Path, folder: Path, lang: Language, *, is_quiet: bool) -> None:
    """Rewrite the saved searches' files. One that could not be made is always said, and ends with 1."""
    from trialfinder.searches import export_all

    problems = 0
    for done in export_all(store, folder, lang):
        problems += done.problem is not None
        if done.problem:
            say(f"{done.name}: not exported: {done.problem}")
        elif not is_quiet:
            say(f"{done.name}: {done.n_trials:,} trials written to {folder}.")
    if problems:
        raise typer.Exit(NOT_ALL)


def _outcome(result: "RefreshResult", path: Path) -> Iterator[str]:
    """What a refresh did, in a few lines."""
    counts = result.refresh
    if result.set_aside:
        yield f"The damaged store was set aside as {result.set_aside}."
    for problem in result.problems:
        yield f"Odd record: {problem}"
    yield (
        f"{counts.n_studies:,} studies, registry data of {counts.data_timestamp}: "
        f"{counts.n_new:,} new, {counts.n_changed:,} changed, {counts.n_left:,} left, {counts.n_back:,} came back; "
        f"{counts.n_requests:,} requests, {counts.n_bytes:,} bytes. Kept in {path}."
    )


def rebuild(context: typer.Context, store: Store = None, lang: Lang = None) -> None:
    """Make the derived tables anew from the raw records in the store; needs no network."""
    from trialfinder.cli.progress import Progress
    from trialfinder.store import default_store_path
    from trialfinder.store.rebuild import rebuild as rebuild_store

    options = common(context, store, lang, demo=False)
    with Progress(is_quiet=False) as progress:
        rebuilt = rebuild_store(options.store or default_store_path(), progress.update)
    say(f"Rebuilt the tables of {rebuilt.n_studies:,} studies.")
