"""`facts` and `assess`: JSON lines of what trials ask, and of how a person stands to them."""

from pathlib import Path
from typing import Annotated

import typer

from trialfinder.cli.options import Demo, Lang, Store, common

NOT_ALL_ANSWERED = 1
StudyFile = Annotated[
    Path | None, typer.Option("--file", metavar="STUDIES.jsonl", help="Studies as the registry gives them, one a line.")
]
Numbers = Annotated[list[str] | None, typer.Argument(metavar="NCT...", help="NCT numbers of studies in the store.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(facts)
    app.command()(assess)


def facts(
    context: typer.Context,
    nct_ids: Numbers = None,
    *,
    file: StudyFile = None,
    unread: Annotated[
        bool,
        typer.Option("--unread", help="Instead: sentences that name a key's words and from which nothing was read."),
    ] = False,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Print what trials ask as JSON lines, each fact with the sentence that says so."""
    from trialfinder.cli.json_lines import print_facts

    is_whole = print_facts(common(context, store, lang, demo=demo), file, nct_ids or [], is_unread=unread)
    if not is_whole:
        raise typer.Exit(NOT_ALL_ANSWERED)


def assess(
    context: typer.Context,
    nct_ids: Numbers = None,
    *,
    profile: Annotated[Path, typer.Option("--profile", metavar="FILE", help="What a person says of themselves.")],
    file: StudyFile = None,
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Print how a person stands to trials as JSON lines, best first, with the trials' sentences."""
    from trialfinder.cli.json_lines import print_assessments

    is_whole = print_assessments(common(context, store, lang, demo=demo), profile, file, nct_ids or [])
    if not is_whole:
        raise typer.Exit(NOT_ALL_ANSWERED)
