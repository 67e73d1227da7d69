"""The app to test: in one process for its pages, in a process of its own for a browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.looking import AXE, CHROMIUM, CHROMIUM_FLAGS, Visitor, visit
from tests.ui.serving import ROOT, Served, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Visit = Callable[..., Visitor]


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app over the invented trials, its first page run."""
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium; the test skips, saying so, where it is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: .ci/run installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> None:
    """axe-core; the test skips, saying so, where it is not installed."""
    if not AXE.exists():
        pytest.skip("no axe-core in node_modules: npm ci installs it")


@pytest.fixture(scope="session")
def served_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app over the invented trials, in a process of its own."""
    with serve(tmp_path_factory.mktemp("app") / "log.txt", {"TRIALFINDER_DEMO": "1"}) as served:
        yield served


@pytest.fixture
def visitor_of(browser: "Browser") -> Iterator[Visit]:
    """Makes visitors: `visitor_of(url, width)`."""
    with ExitStack() as stack:
        yield lambda url, width: stack.enter_context(visit(browser, url, width))


@pytest.fixture
def saved_file(tmp_path: Path) -> Path:
    """A file that a person saved before: details, a list of three invented trials, a note, an overruling."""
    path = tmp_path / "my-trials.toml"
    path.write_text(SAVED, encoding="utf-8")
    return path


SAVED = """
format = 1
shortlist = ["NCT99000001", "NCT99000010", "NCT99000031"]
overruled = ["NCT99000001 ecog_max"]

[answers]
age = 54
sex = "female"
her2 = "low"
hr = "positive"
metastases = ["bone", "liver"]
place = "Cleveland, Ohio"
travel = "100 mi"
prior_therapies = {"cdk46_inhibitor" = "had", "capecitabine" = "had"}

[filters]

[notes]
NCT99000001 = "Ask about parking <b>and</b> the *first* visit."
"""
