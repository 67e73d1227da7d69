"""`python -m trialfinder` is the command line."""

from trialfinder.cli import run

run()
