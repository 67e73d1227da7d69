"""Every page in every state of the data: none yet, damaged, old, or of a host that nobody may change."""

import gc
from pathlib import Path

import pytest

from tests.ui.conftest import OpenApp
from trialfinder.ui import data
from trialfinder.ui.components.shell import PAGES
from trialfinder.wording import render


@pytest.mark.parametrize("page", PAGES)
def test_without_data_every_page_shows_the_demo_and_says_so(open_app: OpenApp, tmp_path: Path, page: str) -> None:
    app = open_app(tmp_path / "none.sqlite", page)
    assert not app.exception
    assert app.warning[0].value == render("demo.banner", "en")
    assert not app.error
    assert not list(tmp_path.iterdir()), "nothing is made where there was nothing"


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_store_is_named_on_every_page_and_left_as_it_is(open_app: OpenApp, tmp_path: Path, page: str) -> None:
    store = tmp_path / "trialfinder.sqlite"
    store.write_bytes(b"no database" * 1000)
    app = open_app(store, page)
    assert not app.exception
    assert app.error[0].value == render("errors.store_damaged", "en")
    assert app.warning[0].value == render("demo.banner", "en")
    assert store.read_bytes() == b"no database" * 1000


@pytest.mark.parametrize("page", PAGES)
def test_old_data_are_warned_of_on_every_page(open_app: OpenApp, old_store: Path, page: str) -> None:
    app = open_app(old_store, page, READ_ONLY="1")
    assert not app.exception
    assert any("days old" in item.value for item in app.warning)
    assert render("cautions.long", "en") in [item.value for item in app.caption]


def test_what_is_loaded_is_out_of_the_way_of_garbage_collection(open_app: OpenApp) -> None:
    data._demo.clear()
    gc.unfreeze()
    open_app(None, "about")
    assert gc.get_freeze_count() > 0
