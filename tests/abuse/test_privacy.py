"""What a person says stays in the session: no address, log, title, file name, store or outside request holds it."""

import logging
import stat
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.registry.dataset import Dataset, make_record
from tests.registry.server import Replica
from tests.ui.serving import ROOT
from trialfinder.finder import Search, open_finder
from trialfinder.finder.refresh import refresh
from trialfinder.matching import read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.registry.settings import RegistrySettings
from trialfinder.store.connection import make_folder

SECRETS = ("Zanesville", "leptomeningeal", "capecitabine", "57")
ANSWERS: dict[str, Any] = {
    "age": 57,
    "place": "Zanesville, OH",
    "metastases": ["leptomeningeal", "bone"],
    "prior_therapies": {"capecitabine": "had"},
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A small store of invented studies."""
    path = tmp_path / "a" / "b" / "trialfinder.sqlite"
    with Replica(Dataset(make_record(number) for number in range(12))) as replica:
        refresh(path, RegistrySettings(api_url=replica.url, interval=0))
    return path


def test_a_search_asks_nobody_and_writes_nothing(store: Path) -> None:
    """Sockets are open to this machine in tests: the replica that stands there is not asked either."""
    before = store.read_bytes()
    with Replica(Dataset([])) as replica, open_finder(store) as finder:
        person, _ = read_profile(ANSWERS, load_words())
        found = finder.search(Search(profile=person))
        finder.show(str(found.frame["nct_id"].iloc[0]), person)
        assert replica.requests == []
    assert store.read_bytes() == before
    kept = [path.read_bytes() for path in store.parent.rglob("*") if path.is_file()]
    assert not [word for word in SECRETS[:3] for content in kept if word.encode() in content]


def test_the_folders_that_we_make_are_ours_alone(store: Path) -> None:
    for folder in (store.parent, store.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    """Nobody's own folder is changed."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "trialfinder.sqlite")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_an_export_names_the_search_and_not_the_person(store: Path) -> None:
    """The profile's content leaves the session only in a file that the person saves."""
    from trialfinder.export import build_export

    with open_finder(store) as finder:
        person, _ = read_profile(ANSWERS | {"place": None}, load_words())
        listing = finder.search(Search(profile=person)).listing(None)
        assert not [key for key in listing.stamp.search_options if key in ANSWERS]
        for format_name in ("csv", "json", "atom"):
            text = build_export(listing, format_name).decode("utf-8-sig")
            assert "capecitabine" not in text


def test_nothing_of_a_person_is_in_an_address_a_title_or_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither where all is well, nor where what was said contradicts itself or is unknown."""
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    caplog.set_level(logging.DEBUG)
    for said in (ANSWERS, ANSWERS | {"place": "Zanesvillezzz"}, ANSWERS | {"hr": "positive", "subtype": "TNBC"}):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.session_state["trialfinder"].answers.update(said)
        for page in ("find", "my_list", "whats_new", "about"):
            app = app.switch_page(f"trialfinder/ui/pages/{page}.py").run()
            assert not app.exception
            assert not [word for word in SECRETS if word in str(dict(app.query_params))]
    logged = caplog.text + "".join(capfd.readouterr())
    assert not [word for word in SECRETS[:3] if word in logged]
