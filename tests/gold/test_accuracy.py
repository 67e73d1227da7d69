"""The accuracy that README and the page About the data tell is the one that is measured today."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.gold.split import kept_back_lines
from trialfinder.ui.overview import load_accuracy

ROW = re.compile(r"\| (answers kept back|all), \d+ \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|")
TOLD = {kind: numbers for kind, *numbers in ROW.findall((ROOT / "README.md").read_text("utf-8"))}


def score(gold: Path, predicted: Path, shared: Path) -> dict:
    """What the gold set's own script says of the facts in a file."""
    command = [sys.executable, str(shared / "gold" / "score.py"), "score", str(gold), str(predicted), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.fixture
def scores(shared: Path, tmp_path: Path) -> dict[str, dict]:
    """The scores of all studies and of those kept back."""
    gold, facts, kept = shared / "gold" / "dev.jsonl", tmp_path / "facts.jsonl", tmp_path / "kept.jsonl"
    command = [sys.executable, "-m", "trialfinder", "facts", "--file", str(shared / "gold" / "dev_studies.jsonl")]
    facts.write_bytes(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    kept.write_text("\n".join(kept_back_lines(gold, gold)), "utf-8")
    return {"all": score(gold, facts, shared), "answers kept back": score(kept, facts, shared)}


@pytest.mark.slow
def test_readme_and_app_tell_the_accuracy_that_is_measured(scores: dict[str, dict]) -> None:
    """A change of the reader that moves the figures moves them in both places, or this fails."""
    for kind, told in TOLD.items():
        total = scores[kind]["total"]
        assert [f"{total['exact']:.3f}", f"{total['wrong_no']:.4f}", f"{total['missed_no']:.3f}"] == told, kind
    kept = scores["answers kept back"]
    assert load_accuracy().wrong_no == pytest.approx(kept["total"]["wrong_no"], abs=5e-5)
    assert load_accuracy().exact == {key: round(row["exact"], 3) for key, row in kept["keys"].items()}
