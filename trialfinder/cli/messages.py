"""What goes to stderr: notices, progress, and errors in the person's language."""

import sys
from collections.abc import Iterable

from trialfinder.errors import TrialfinderError
from trialfinder.wording.visible import visible


def say(text: str) -> None:
    """One line on stderr."""
    print(visible(text), file=sys.stderr)  # noqa: T201 - this is the one place that prints messages


def say_all(lines: Iterable[str]) -> None:
    """Each line on stderr."""
    for line in lines:
        say(line)


def say_error(error: TrialfinderError) -> None:
    """An error: its sentence, and what may have been meant."""
    say(f"trialfinder: {error.message}")
    choices = error.details.get("choices")
    if isinstance(choices, tuple) and choices:
        say_all(f"  {choice}" for choice in choices)
