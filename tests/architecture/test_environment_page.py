"""The page of variables has those that the program reads, and no others."""

import re

from tests.architecture.sources import ROOT, sources
from trialfinder.registry.settings import RegistrySettings

NAME = re.compile(r"TRIALFINDER_[A-Z_]+")
PAGE = (ROOT / "docs" / "environment.md").read_text("utf-8")


def test_every_variable_has_its_row_and_every_row_its_variable() -> None:
    """Read from the program's text, since each is asked for by its name."""
    read = {name for source in sources("trialfinder") for name in NAME.findall(source.text)}
    assert set(re.findall(r"^\| `(TRIALFINDER_\w+)`", PAGE, re.MULTILINE)) == read


def test_the_usual_values_are_those_of_the_program() -> None:
    """Numbers and the address, as the registry's settings have them."""
    usual = RegistrySettings()
    for name, value in (
        ("API_URL", usual.api_url),
        ("API_INTERVAL", f"{usual.interval:g}"),
        ("RETRY_SECONDS", f"{usual.retry_budget:g}"),
        ("PAGE_SIZE", str(usual.page_size)),
    ):
        assert f"| `TRIALFINDER_{name}` | `{value}` |" in PAGE
