"""What every test may use: the shared folder (or a skip that says why), and builders with valid defaults."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TRIALFINDER_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real records and the gold set; the test skips, saying so, where it is absent."""
    if not (SHARED / "registry" / "studies.jsonl.gz").exists():
        pytest.skip(f"real records are not here: no {SHARED.name}/ folder beside the checkout")
    return SHARED
