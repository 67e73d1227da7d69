"""Where the store lies: where it is told, else in the checkout, else with the user's data."""

from pathlib import Path

import pytest

from trialfinder.errors import UsageError
from trialfinder.store import default_store_path, is_read_only, settings


def test_a_named_store_wins() -> None:
    assert default_store_path({"TRIALFINDER_STORE": "/data/x.sqlite"}) == Path("/data/x.sqlite")


def test_a_checkout_keeps_its_store_in_its_cache_folder() -> None:
    checkout = Path(settings.__file__).parents[2]
    assert default_store_path({}) == checkout / "cache" / "trialfinder.sqlite"


def test_an_installed_package_uses_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "site" / "trialfinder" / "store" / "settings.py"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_store_path({}).name == "trialfinder.sqlite"
    assert "site" not in default_store_path({}).parts


@pytest.mark.parametrize(("text", "answer"), [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("", False)])
def test_read_only_is_yes_or_no(text: str, answer: bool) -> None:
    assert is_read_only({"TRIALFINDER_READ_ONLY": text}) is answer


def test_read_only_is_off_where_nothing_is_said() -> None:
    assert is_read_only({}) is False


def test_another_word_for_read_only_is_named() -> None:
    with pytest.raises(UsageError, match="maybe"):
        is_read_only({"TRIALFINDER_READ_ONLY": "maybe"})
