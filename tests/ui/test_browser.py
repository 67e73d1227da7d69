"""The app in Chromium: whom it asks, what it gives away, how it reads to everybody, on a phone and at a desk."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.registry.dataset import Dataset
from tests.ui.conftest import SAVED, Visit
from tests.ui.looking import DESK, PHONE, visit
from tests.ui.serving import Served, serve
from tests.ui.stores import HOSTILE, build_store, hostile_records
from tests.ui.walking import N_STEPS, Walk, walk
from trialfinder.ui.words import label

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = {"phone": PHONE, "desk": DESK}
NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
PERSONAL = ("Cleveland", "capecitabine", "parking")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that a person saved before."""
    path = tmp_path_factory.mktemp("saved") / "my-trials.toml"
    path.write_text(SAVED, encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=WIDTHS)
def walked(request: pytest.FixtureRequest, browser: "Browser", served_demo: Served, saved: Path, axe: None) -> Walk:  # noqa: ARG001
    """All pages in English, seen at one width."""
    with visit(browser, served_demo.url, WIDTHS[request.param]) as visitor:
        return walk(visitor, saved, "demo")


@pytest.fixture(scope="module", params=WIDTHS)
def walked_in_spanish(
    request: pytest.FixtureRequest,
    browser: "Browser",
    served_demo: Served,
    saved: Path,
    axe: None,  # noqa: ARG001
) -> Walk:
    """All pages in Spanish, seen at one width."""
    with visit(browser, served_demo.url, WIDTHS[request.param]) as visitor:
        return walk(visitor, saved, "es", "es")


def hosts_of(addresses: list[str]) -> set[str]:
    """The hosts that addresses name; what the browser makes itself (data:, blob:) has none."""
    return {urlsplit(address).hostname or "" for address in addresses} - {""}


def test_no_page_asks_any_other_host(walked: Walk) -> None:
    assert hosts_of(walked.requests) == {"127.0.0.1"}


def test_no_page_fails_a_script(walked: Walk) -> None:
    assert walked.errors == []


def test_no_page_has_an_accessibility_fault(walked: Walk) -> None:
    assert {page: found for page, found in walked.faults.items() if found} == {}


def test_no_page_has_to_be_scrolled_sideways(walked: Walk) -> None:
    assert walked.too_wide == []


def test_nothing_of_the_person_stands_in_an_address_or_a_title(walked: Walk) -> None:
    assert not [text for text in walked.addresses for word in PERSONAL if word.casefold() in text.casefold()]


def test_the_spanish_pages_are_as_sound_as_the_english_ones(walked_in_spanish: Walk) -> None:
    assert {page: found for page, found in walked_in_spanish.faults.items() if found} == {}
    assert walked_in_spanish.too_wide == []
    assert hosts_of(walked_in_spanish.requests) == {"127.0.0.1"}


def test_the_widgets_speak_the_readers_language_too(walked: Walk, walked_in_spanish: Walk) -> None:
    assert {page: found for page, found in walked_in_spanish.english.items() if found} == {}
    assert any(walked.english.values()), "in English they are there, so they would be found"


def test_the_widgets_speak_english_again_after_a_look_at_spanish(visitor_of: Visit, served_demo: Served) -> None:
    visitor = visitor_of(served_demo.url, DESK)
    visitor.open("my-list")
    english = visitor.widget_words()
    visitor.press(label("common.other_language", "en"))
    assert visitor.widget_words() == []
    visitor.press(label("common.other_language", "es"))
    assert visitor.widget_words() == english


def test_a_phone_shows_the_count_and_the_way_on_with_every_question(visitor_of: Visit, served_demo: Served) -> None:
    visitor = visitor_of(served_demo.url, PHONE)
    visitor.open()
    for _ in range(N_STEPS - 1):
        assert visitor.is_in_sight(".st-key-bar")
        visitor.press(label("find.next", "en"))
    assert visitor.is_in_sight(".st-key-bar")


def test_a_phone_shows_the_first_trial_without_scrolling(visitor_of: Visit, served_demo: Served, saved: Path) -> None:
    visitor = visitor_of(served_demo.url, PHONE)
    visitor.open("my-list")
    visitor.load(saved)
    visitor.press(label("my_list.load.use", "en"))
    visitor.go(label("common.menu.find", "en"))
    assert visitor.is_in_sight("[class*=st-key-card_] h3")


def test_nothing_of_the_person_stands_in_the_log(walked: Walk, served_demo: Served) -> None:  # noqa: ARG001
    log = served_demo.log.read_text(encoding="utf-8", errors="replace")
    assert not [word for word in PERSONAL if word.casefold() in log.casefold()]


def test_the_page_names_its_language_to_a_screen_reader(visitor_of: Visit, served_demo: Served) -> None:
    visitor = visitor_of(served_demo.url, PHONE)
    visitor.open("about")
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    visitor.press(label("common.other_language", "en"))
    assert visitor.page.locator("html").get_attribute("lang") == "es"


def test_a_list_that_was_saved_comes_back_in_another_visit(
    visitor_of: Visit, served_demo: Served, saved: Path, tmp_path: Path
) -> None:
    first = visitor_of(served_demo.url, PHONE)
    first.open("my-list")
    first.load(saved)
    first.press(label("my_list.load.use", "en"))
    with first.page.expect_download() as download:
        first.page.get_by_role("button", name=label("my_list.save.button", "en")).click()
    download.value.save_as(tmp_path / "again.toml")
    second = visitor_of(served_demo.url, PHONE)
    second.open("my-list")
    assert second.page.get_by_text("NCT99000031").count() == 0
    second.load(tmp_path / "again.toml")
    second.press(label("my_list.load.use", "en"))
    assert second.page.get_by_text("NCT99000031").count() > 0
    assert "parking" in second.page.locator("textarea").nth(2).input_value()


def test_printing_opens_the_browsers_own_window_over_the_list(
    visitor_of: Visit, served_demo: Served, saved: Path
) -> None:
    visitor = visitor_of(served_demo.url, DESK)
    visitor.page.add_init_script("window.print = () => { document.title = 'printed'; };")
    visitor.open("my-list")
    visitor.load(saved)
    visitor.press(label("my_list.load.use", "en"))
    visitor.press(label("my_list.take.print", "en"))
    frame = visitor.page.frame_locator("#trialfinder-print")
    assert frame.locator("h1").inner_text() == label("my_list.take.page_title", "en")
    assert frame.locator("article").count() == 3
    assert [each.title() for each in visitor.page.frames].count("printed") == 1


def test_the_page_for_the_phone_opens_alone_and_reads_well(
    visitor_of: Visit,
    served_demo: Served,
    saved: Path,
    tmp_path: Path,
    axe: None,  # noqa: ARG001
) -> None:
    visitor = visitor_of(served_demo.url, PHONE)
    visitor.open("my-list")
    visitor.load(saved)
    visitor.press(label("my_list.load.use", "en"))
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=label("my_list.take.html", "en")).click()
    download.value.save_as(tmp_path / "mine.html")
    visitor.requests.clear()
    visitor.page.goto((tmp_path / "mine.html").as_uri())
    assert [address for address in visitor.requests if not address.startswith("file:")] == []
    assert visitor.violations() == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_person_with_only_a_keyboard_gets_to_a_trial(visitor_of: Visit, served_demo: Served) -> None:
    visitor = visitor_of(served_demo.url, DESK)
    visitor.open()
    visitor.press_by_keyboard(label("find.show_trials", "en"))
    visitor.press_by_keyboard(label("find.open_trial", "en"))
    assert visitor.page.url.endswith("/trial")
    assert visitor.page.locator("h1").count() == 1


@pytest.fixture(scope="module")
def served_hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app over records that try to run scripts, to ask other hosts and to dress as links."""
    folder = tmp_path_factory.mktemp("hostile")
    build_store(folder / "trialfinder.sqlite", Dataset(hostile_records()), NOW)
    with serve(folder / "log.txt", {"TRIALFINDER_STORE": str(folder / "trialfinder.sqlite")}) as served:
        yield served


@pytest.mark.parametrize("number", range(1, len(HOSTILE) + 1))
def test_hostile_records_run_nothing_ask_nobody_and_make_no_link(
    visitor_of: Visit, served_hostile: Served, tmp_path: Path, number: int
) -> None:
    nct_id = f"NCT{98_000_000 + number}"
    saved = tmp_path / "list.toml"
    saved.write_text(
        f'format = 1\nshortlist = ["{nct_id}", "NCT98000001", "NCT98000002"]\n[answers]\nage = 50\necog = 3\n'
    )
    visitor = visitor_of(served_hostile.url, DESK)
    visitor.open("my-list")
    visitor.load(saved)
    for go in (
        lambda: visitor.press(label("my_list.load.use", "en")),
        lambda: visitor.press(label("my_list.take.print", "en")),
        lambda: visitor.go(label("common.menu.find", "en")),
        lambda: visitor.open(f"trial?trial={nct_id}"),
        visitor.open_folds,
        lambda: visitor.go(label("common.menu.whats_new", "en")),
        lambda: visitor.choose(label("whats_new.when.label", "en"), 3),
        visitor.open_folds,
    ):
        go()
        assert hosts_of(visitor.requests) == {"127.0.0.1"}
        assert visitor.page.evaluate("window.hacked") is None
        assert visitor.page.locator("a[href*='evil'], a[href^='javascript'], img[src*='evil'], .katex").count() == 0
    assert visitor.page.get_by_text("evil.example").count() > 0, "the text itself is shown, letter by letter"
