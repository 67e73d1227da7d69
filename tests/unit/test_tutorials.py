"""What the documents tell people to type works, and what they name is there."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialfinder.cli import run
from trialfinder.ui.words import labels

TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "GLOSSARY.md", *sorted((ROOT / "docs").rglob("*.md"))]
TO_RUN = re.compile(r"<!-- run -->\n\s*```sh\n(.*?)```", flags=re.DOTALL)
PATH = re.compile(r"`((?:trialfinder|tests|docs|scripts|deploy|locks|static)/[\w./-]*\w)`")
TO_BE_MADE = re.compile(r"NAME|\bfr\b")
"""What somebody who follows CONTRIBUTING will make."""
MADE = re.compile(r"`make (\w+)`|^make (\w+)", flags=re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_every_command_marked_to_run_ends_well(page: Path, monkeypatch, capfdbinary, tmp_path: Path) -> None:
    """One after the other, in an empty folder, as a reader would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIALFINDER_STORE", str(tmp_path / "store.sqlite"))
    commands = "".join(TO_RUN.findall(page.read_text("utf-8"))).splitlines()
    for line in filter(str.strip, commands):
        monkeypatch.setattr(sys, "argv", shlex.split(line, comments=True))
        with pytest.raises(SystemExit) as ended:
            run()
        sys.stdout.flush()
        assert not ended.value.code, (line, capfdbinary.readouterr().err)


def test_most_tutorials_have_commands_that_are_run() -> None:
    """Else the test above would prove nothing."""
    with_commands = [page.stem for page in TUTORIALS if TO_RUN.search(page.read_text("utf-8"))]
    assert with_commands == ["advocate", "developer", "host"]


def test_words_in_bold_stand_on_the_screen() -> None:
    """A helper looks for exactly these."""
    bold = re.findall(r"\*\*(.+?)\*\*", (ROOT / "docs" / "tutorials" / "helper.md").read_text("utf-8"), re.DOTALL)
    shown = set(labels("en").values())
    assert [text for text in bold if " ".join(text.split()) not in shown | {"bold"}] == []
    assert len(bold) > 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    """Files move; pages are forgotten."""
    named = {path for path in PATH.findall(page.read_text("utf-8")) if not TO_BE_MADE.search(path)}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_another_page_leads_there(page: Path) -> None:
    """Links within the checkout."""
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in linked if not (page.parent / link).exists()] == []


def test_every_make_target_that_a_page_names_is_one() -> None:
    """`make help` does not exist; the pages are the help."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {a or b for page in PAGES for a, b in MADE.findall(page.read_text("utf-8"))}
    assert named - targets == set()
