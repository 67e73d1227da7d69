"""The command line in this process, as tests call it."""

import sys
from collections.abc import Callable

import pytest

from trialfinder.cli import run

Call = Callable[..., tuple[int, bytes, str]]


def caller(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], store: object) -> Call:
    """A function that runs `trialfinder ARGS` over a store; it gives (exit code, stdout as bytes, stderr)."""
    monkeypatch.setenv("TRIALFINDER_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "160")

    def called(*arguments: str) -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "argv", ["trialfinder", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return int(ended.value.code or 0), out, err.decode()

    return called
