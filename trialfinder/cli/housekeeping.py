"""`info`, `columns` and `app`: what there is, what it means, and the web app."""

import sys
from typing import Annotated

import typer

from trialfinder.cli.options import Demo, Lang, Store, common


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(info)
    app.command()(columns)
    app.command(name="app")(serve)


def info(
    context: typer.Context,
    *,
    format: Annotated[str, typer.Option("--format", metavar="table|json")] = "table",
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Say how many studies and sites there are, how old the data are, and where they lie. Always ends with 0."""
    import json

    from trialfinder.finder.information import describe

    options = common(context, store, lang, demo=demo)
    facts = describe(options.store, is_demo=options.demo)
    if format == "json":
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for name, value in facts.items():
        shown = ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name:16} {'-' if shown is None else shown}")


def columns(
    context: typer.Context,
    *,
    format: Annotated[str, typer.Option("--format", metavar="table|csv")] = "table",
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Explain every column of every table."""
    from trialfinder.cli.printing import print_columns

    common(context, store, lang, demo=demo)
    print_columns(format)


def serve(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option("--address", metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    store: Store = None,
    lang: Lang = None,
    demo: Demo = False,
) -> None:
    """Run the web app on this machine."""
    from trialfinder.cli.serving import serve_app

    sys.exit(serve_app(common(context, store, lang, demo=demo), port, address))
