"""About the data: age, counts, reading, privacy, support, and the refresh from the app."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.server import Replica
from tests.ui.conftest import OpenApp
from tests.ui.stores import demo_data
from trialfinder.errors import RegistryUnavailable
from trialfinder.finder.refresh import OnProgress, RefreshCancelled, RefreshResult
from trialfinder.store import Store
from trialfinder.ui.components.about_parts import percent
from trialfinder.ui.overview import load_accuracy, load_support
from trialfinder.ui.refreshing import Refreshing, refreshing
from trialfinder.ui.words import label
from trialfinder.vocab.registry_terms import country
from trialfinder.wording import LANGUAGES, Language, has_sentence, render

WAIT_SECONDS = 20.0


@pytest.fixture
def quiet_refreshing() -> Iterator[None]:
    """No refresh of another test is remembered."""
    refreshing.clear()
    yield
    refreshing.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_age_limits_privacy_and_support(open_app: OpenApp, old_store: Path, language: Language) -> None:
    app = open_app(old_store, "about", lang=language)
    assert not app.exception
    headers = [item.value for item in app.header]
    assert headers == [
        label(f"about.{part}.title", language)
        for part in ("refresh", "source", "reading", "limits", "offline", "privacy", "support")
    ]
    assert any("2026" in item.value for item in app.markdown)


def test_a_host_that_refreshes_elsewhere_offers_no_refresh(open_app: OpenApp, old_store: Path) -> None:
    app = open_app(old_store, "about", READ_ONLY="1")
    assert label("about.refresh.read_only", "en") in [item.value for item in app.markdown]
    assert not [item for item in app.button if item.key == "refresh"]
    assert label("about.privacy.host", "en") in [item.value for item in app.markdown]


def test_the_demo_offers_no_refresh(open_app: OpenApp) -> None:
    app = open_app(None, "about")
    assert not [item for item in app.button if item.key == "refresh"]


def test_invented_trials_are_not_said_to_come_from_the_registry(open_app: OpenApp) -> None:
    said = render("data.age", "en", date="").split("{")[0].split(" of ")[0]
    assert said
    assert not [item.value for item in open_app(None, "about").markdown if said in item.value]


@pytest.mark.usefixtures("quiet_refreshing")
def test_a_refresh_from_the_page_fills_the_store(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "new" / "trialfinder.sqlite"
    with Replica(demo_data("2026-11-24T09:00:05")) as replica:
        monkeypatch.setenv("TRIALFINDER_API_URL", replica.url)
        app = open_app(store, "about", API_INTERVAL="0")
        assert app.warning[0].value == render("demo.banner", "en"), "no store yet: the demo stands in"
        app.button(key="refresh").click().run()
        refreshing().wait(WAIT_SECONDS)
        app.run()
    assert not app.exception
    assert app.success[0].value.startswith(label("about.refresh.done", "en"))
    assert render("demo.banner", "en") not in [item.value for item in app.warning]
    with Store.open(store) as opened:
        assert opened.info().n_studies > 0


@pytest.mark.usefixtures("quiet_refreshing")
def test_a_registry_that_does_not_answer_is_said_in_words(
    open_app: OpenApp, old_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIALFINDER_RETRY_SECONDS", "0")
    app = open_app(old_store, "about", API_URL="http://127.0.0.1:9/api/v2", API_INTERVAL="0")
    app.button(key="refresh").click().run()
    refreshing().wait(WAIT_SECONDS)
    app.run()
    assert isinstance(refreshing().error, RegistryUnavailable)
    assert len(app.error) == 1
    assert not app.exception


@pytest.mark.usefixtures("quiet_refreshing")
def test_a_running_refresh_shows_how_far_it_is_and_can_be_stopped(open_app: OpenApp, old_store: Path) -> None:
    has_begun = threading.Event()

    def pull(report: OnProgress, cancel: threading.Event) -> RefreshResult:
        report("studies", 30, 120)
        has_begun.set()
        cancel.wait(WAIT_SECONDS)
        raise RefreshCancelled("stopped")

    refreshing().start(pull)
    assert has_begun.wait(WAIT_SECONDS)
    app = open_app(old_store, "about")
    assert [item.proto.text for item in app.get("progress")] == ["Fetching trials: 30 of 120"]
    app.button(key="stop_refresh").click().run()
    refreshing().wait(WAIT_SECONDS)
    app.run()
    assert label("about.refresh.stopped", "en") in [item.value for item in app.info]


def test_one_refresh_runs_at_a_time() -> None:
    started: list[int] = []
    release = threading.Event()

    def pull(_: OnProgress, __: threading.Event) -> RefreshResult:
        started.append(1)
        release.wait(WAIT_SECONDS)
        raise RefreshCancelled("stopped")

    running = Refreshing()
    running.start(pull)
    running.start(pull)
    release.set()
    running.wait(WAIT_SECONDS)
    assert started == [1]


def test_every_body_that_helps_lies_in_a_known_country_and_each_language_has_some() -> None:
    assert all(country(body.country) for body in load_support())
    assert all(body.url.startswith("https://") or not body.url for body in load_support())
    assert {name for body in load_support() for name in body.languages} == set(LANGUAGES)


def test_the_accuracy_that_is_shown_names_known_facts_and_shares() -> None:
    found = load_accuracy()
    if found is None:
        pytest.skip("no measurement is kept yet")
    assert all(has_sentence(f"variables.{key}") for key in found.exact)
    assert all(0 <= share <= 1 for share in (found.wrong_no, found.missed_no, *found.exact.values()))


@pytest.mark.parametrize(("share", "words"), [(0.0, "0 %"), (0.0123, "1.2 %"), (0.456, "46 %"), (1.0, "100 %")])
def test_a_share_is_said_in_percent(share: float, words: str) -> None:
    assert percent(share) == words
