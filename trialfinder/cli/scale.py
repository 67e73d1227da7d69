"""`bulk`: the whole registry as Parquet."""

from pathlib import Path
from typing import Annotated

import typer

from trialfinder.cli.messages import say


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(bulk)


def bulk(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A zip of one JSON a study, or JSON lines.")],
    target: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="Where the Parquet files go.")],
    *,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A running Dask cluster, tcp://host:8786.")
    ] = None,
) -> None:
    """Write studies, sites and facts of the whole registry as partitioned Parquet; needs trialfinder[scale]."""
    from trialfinder.bulk import bulk as run
    from trialfinder.cli.progress import Progress

    with Progress(is_quiet=False) as progress:
        result = run(
            source, target, scheduler=scheduler, on_done=lambda done, _: progress.update("partitions", done, None)
        )
    say(
        f"{result.n_studies:,} studies, {result.n_sites:,} sites, {result.n_facts:,} rows of facts in "
        f"{result.n_partitions:,} partitions ({result.n_resumed:,} were there already); "
        f"{result.n_problems:,} odd records, listed in {target / 'problems.jsonl'}."
    )
