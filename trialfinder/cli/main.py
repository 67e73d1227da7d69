"""The program: its commands, and how an error becomes a sentence and an exit code."""

import os
import sys
from typing import Annotated

import typer

from trialfinder.cli import advocate, finding, housekeeping, reading, refreshing, scale
from trialfinder.cli.messages import say, say_error
from trialfinder.cli.options import Common, Demo, Lang, Store
from trialfinder.errors import TrialfinderError

EPILOG = (
    "Exit codes: 0 done; 1 some input lines not answered, or a saved search not exported; 2 wrong usage; 3 no "
    "store; 4 registry unreachable or its answer unusable; 5 registry refused us; 6 store damaged or of another "
    "version; 7 cannot write; 8 another refresh is running; 9 a name or place is unknown or ambiguous; 10 nothing "
    "new (only with --exit-code)."
)

app = typer.Typer(
    name="trialfinder",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EPILOG,
    help="Clinical trials that may fit a person living with metastatic breast cancer. No medical advice.",
)


def _say_version(is_asked: bool) -> None:
    if is_asked:
        from trialfinder import __version__

        typer.echo(f"trialfinder {__version__}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    store: Store = None,
    lang: Lang = None,
    *,
    demo: Demo = False,
    version: Annotated[  # noqa: ARG001 - answered before
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and exit.")
    ] = False,
) -> None:
    """Take the options that every command shares."""
    context.obj = Common().merged(store, lang or os.environ.get("TRIALFINDER_LANG"), demo=demo)


for module in (refreshing, finding, reading, advocate, scale, housekeeping):
    module.register(app)


def run() -> None:
    """Answer the command line and end the process with the documented exit code."""
    try:
        app()
    except TrialfinderError as error:
        say_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        say("Stopped. Nothing was changed.")
        sys.exit(130)
