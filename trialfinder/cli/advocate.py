"""`changes`, `searches`, `report`, `bulk`: the advocate's and the researcher's desk."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
