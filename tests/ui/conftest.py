"""The app to test: in one process for its pages, in a process of its own for a browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.looking import AXE, CHROMIUM, CHROMIUM_FLAGS, Visitor, visit
from tests.ui.serving import ROOT, Served, serve
from tests.ui.stores import build_changed_store, build_old_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Visit = Callable[..., Visitor]


OpenApp = Callable[..., AppTest]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Makes the app over a store, at one of its pages: `open_app(store, "my_list", READ_ONLY="1", shortlist=[...])`.

    Names in capitals are settings (TRIALFINDER_...), the others are what the session holds.
    """

    def open_at(store: Path | None, page: str, **given: Any) -> AppTest:
        settings = {name: value for name, value in given.items() if name.isupper()}
        settings |= {"DEMO": "1"} if store is None else {"STORE": str(store)}
        for name, value in settings.items():
            monkeypatch.setenv(f"TRIALFINDER_{name}", value)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        for name, value in given.items():
            if not name.isupper():
                setattr(app.session_state["trialfinder"], name, value)
        return app.switch_page(f"trialfinder/ui/pages/{page}.py").run()

    return open_at


@pytest.fixture(scope="session")
def changed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two refreshes with changes between them."""
    path = tmp_path_factory.mktemp("changed") / "trialfinder.sqlite"
    build_changed_store(path)
    return path


@pytest.fixture(scope="session")
def old_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that nobody has refreshed for months."""
    path = tmp_path_factory.mktemp("old") / "trialfinder.sqlite"
    build_old_store(path)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium; the test skips, saying so, where it is not installed.

    It ends with its module, because its event loop would be in the way of the tests after it.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on the path: .ci/run installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
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
