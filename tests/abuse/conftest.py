"""A store of hostile records, and the command line over it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.calling import Call, caller
from tests.registry.dataset import Dataset
from tests.ui.stores import build_store, hostile_records

DAYS = (datetime(2026, 11, 21, 12, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC))
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x1b[0m \x9b31m \x85 \u202egnp.exe\u202c \u2066x\u2069 \x7f\x08 end"
TEXTS = (
    ESCAPES,
    '<script>alert(1)</script><img src="http://evil.example/a" onerror="alert(1)"> ]]></title></style>',
    "![beacon](http://evil.example/b.png) [click](javascript:alert(1)) <http://evil.example>",
    ":material[home] :red[x] $\\frac{1}{2}$ **b** `c` | pipe | {{ 7 * 7 }} {% raw %} %s {0} {__class__}",
    '=HYPERLINK("http://evil.example")',
    "\x00=cmd|' /C calc'!A0",
    "＝1+1",
    "\t@SUM(1)",
    "\r\n+1",
    "-2+3",
    "\ufffe\uffff\u200b\u200d\ufeff",
)


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two refreshes whose every word is hostile, with a change between them."""
    path = tmp_path_factory.mktemp("hostile") / "trialfinder.sqlite"
    data = Dataset(hostile_records(TEXTS))
    build_store(path, data, DAYS[0])
    data.close(*sorted(data.studies)[:4])
    build_store(path, data, DAYS[1])
    return path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], hostile_store: Path) -> Call:
    """Run `trialfinder ARGS` over the hostile store; gives (exit code, stdout, stderr)."""
    return caller(monkeypatch, capfdbinary, hostile_store)
