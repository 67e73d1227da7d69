"""A progress bar on stderr for long work; silent where nobody looks."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class Progress:
    """Shows `update(stage, done, total)` calls as one bar a stage. A total of None is "not known yet"."""

    def __init__(self, *, is_quiet: bool) -> None:
        """Prepare the bar; nothing is shown when quiet or when stderr is no terminal."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, console=console, disable=is_quiet or not console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        self._bar.stop()

    def update(self, stage: str, done: int, total: int | None) -> None:
        """Show that `done` of `total` things of a stage are finished."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)
