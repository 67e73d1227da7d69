"""The command line: parse, call, print, exit code."""

from trialfinder.cli.main import app, run

__all__ = ["app", "run"]
