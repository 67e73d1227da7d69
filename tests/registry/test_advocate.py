"""An advocate's two days: the README's own script against the replica, and what its files say."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.registry.conftest import Desk
from tests.registry.dataset import Dataset, make_record
from tests.registry.server import Replica

README = (ROOT / "README.md").read_text("utf-8")
SCRIPT = re.search(r"<!-- advocate -->\n```sh\n(.*?)```", README, flags=re.DOTALL)
CLEVELAND, AKRON, RENO = ("Cleveland", 41.4995, -81.69541), ("Akron", 41.0814, -81.519), ("Reno", 39.5296, -119.8138)
INCLUDE = "Inclusion Criteria:\n\n* Triple-negative breast cancer, metastatic\n"
BAN = f"{INCLUDE}\nExclusion Criteria:\n\n* Any brain metastases"
STABLE = f"{INCLUDE}* Brain metastases are allowed if treated and stable"
CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"
LOCATIONS = "protocolSection.contactsLocationsModule.locations"
CRITERIA_TRIAL, SITES_TRIAL, CLOSING, TOUCHED, LEAVING, NEW = (f"NCT{98_000_000 + number}" for number in range(1, 7))


def at(place: tuple[str, float, float], status: str = "RECRUITING") -> dict[str, Any]:
    """A site with contacts that a spreadsheet could spoil."""
    city, latitude, longitude = place
    contacts = [{"name": "Ada Demo", "role": "CONTACT", "phone": "+81 3-1234-5678", "email": "ada@example.org"}]
    return {"facility": f"{city} Clinic", "status": status, "city": city, "state": "Ohio", "country": "United States",
            "zip": "04410", "geoPoint": {"lat": latitude, "lon": longitude}, "contacts": contacts}  # fmt: skip


def trial(number: int) -> dict[str, Any]:
    """An open trial for triple-negative disease, in Cleveland."""
    record = make_record(number, contactsLocationsModule={"locations": [at(CLEVELAND), at(RENO)]})
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = BAN
    return record


@dataclass
class Advocate:
    """A desk, a folder to work in, and the program on the path."""

    desk: Desk
    folder: Path

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """The script, as a shell that stops at the first failure runs it."""
        environ = os.environ | {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "TRIALFINDER_STORE": str(self.desk.path),
            "TRIALFINDER_API_URL": self.desk.replica.url,
            "TRIALFINDER_API_INTERVAL": "0",
        }
        command = ["bash", "-euo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False)

    def done(self, script: str) -> str:
        """What it printed, once it has ended well."""
        ended = self.run(script)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def save(self, name: str, text: str) -> None:
        """A search's file, as people write it."""
        folder = self.desk.path.parent / "searches"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))


@pytest.fixture
def advocate(tmp_path: Path):
    """Six studies for one search; `trialfinder` is this checkout's."""
    program = tmp_path / "bin" / "trialfinder"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c 'from trialfinder.cli import run; run()' \"$@\"\n")
    program.chmod(0o755)
    with Replica(Dataset(trial(number) for number in range(1, 6))) as replica:
        yield Advocate(Desk(replica, tmp_path / "mine" / "trialfinder.sqlite"), tmp_path)


def next_day(data: Dataset) -> None:
    """The second data date: other criteria, other sites, one closed, one touched, one gone, one new."""
    data.edit(CRITERIA_TRIAL, CRITERIA, STABLE)
    data.edit(SITES_TRIAL, LOCATIONS, [at(CLEVELAND, "COMPLETED"), at(AKRON), at(RENO, "COMPLETED")])
    data.close(CLOSING)
    data.touch(TOUCHED)
    data.drop(LEAVING)
    data.add(trial(6))


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="the script is for bash, which is not here")


@pytest.mark.slow
@needs_bash
def test_the_readmes_script_tells_of_two_days(advocate: Advocate) -> None:
    """The first day changes nothing; the second tells of every kind of change, within the search's distance."""
    assert SCRIPT
    first = advocate.done(SCRIPT[1])
    assert "Nothing changed." in first
    assert [row["nct_id"] for row in advocate.rows("lists/sites.csv")] == [
        CRITERIA_TRIAL, SITES_TRIAL, CLOSING, TOUCHED, LEAVING
    ]  # fmt: skip

    next_day(advocate.desk.data)
    second = advocate.done(SCRIPT[1])
    for said in (
        "Now takes stable brain metastases",
        "A site opened: Akron Clinic",
        "A site closed: Cleveland Clinic",
        "Closed to new people: was Recruiting, now Completed",
        "Other parts of the record changed",
        "Left the registry's answer",
        "New in the registry's answer: Recruiting",
    ):
        assert said in second, said

    sites = advocate.rows("lists/sites.csv")
    assert {row["nct_id"] for row in sites} == {CRITERIA_TRIAL, SITES_TRIAL, TOUCHED, NEW}
    assert {row["city"] for row in sites} == {"Cleveland", "Akron"}
    assert {row["contact_phone"] for row in sites} == {"'+81 3-1234-5678"}
    assert {row["postal_code"] for row in sites} == {"04410"}
    feed = (advocate.folder / "lists" / "news.atom").read_text("utf-8")
    assert "Now takes stable brain metastases" in feed
    assert "Reno" not in feed
    assert zipfile.is_zipfile(advocate.folder / "lists" / "cleveland.xlsx")
    assert "<svg" in (advocate.folder / "lists" / "report.html").read_text("utf-8")


@pytest.mark.slow
@needs_bash
def test_a_scheduled_refresh_rewrites_all_files_and_says_what_it_could_not(advocate: Advocate) -> None:
    """Quiet where all is well; a bad search file is named, does not stop the others, and ends with 1."""
    refresh = "trialfinder refresh --quiet --exit-code --export-dir out"
    advocate.save("near", 'near = "Cleveland, OH"\nwithin = "100mi"\n')
    ended = advocate.run(refresh)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    names = {path.name for path in (advocate.folder / "out").iterdir()}
    endings = ("csv", "xlsx", "json", "html", "md", "parquet", "atom", "changes.atom")
    assert names == {f"near.{ending}" for ending in endings}
    assert len(json.loads((advocate.folder / "out" / "near.json").read_text("utf-8"))["studies"]) == 5

    advocate.save("bad", 'subtype = "TNBC"\nnaer = "x"\n')
    ended = advocate.run(refresh)
    assert ended.returncode == 1
    assert re.search(r"bad: not exported: .*bad\.toml, line 2: 'naer'.*near", ended.stderr)
    (advocate.desk.path.parent / "searches" / "bad.toml").unlink()
    assert advocate.run(refresh).returncode == 10


@pytest.mark.slow
@needs_bash
def test_all_searches_run_into_a_folder_with_the_same_bytes_each_time(advocate: Advocate) -> None:
    """Two runs over one store differ in nothing."""
    advocate.desk.refresh()
    advocate.save("a", 'subtype = "TNBC"\n')
    advocate.save("b", "all = true\n")
    for folder in ("one", "two"):
        advocate.done(f"trialfinder searches run --all --format xlsx --output {folder}")
    for name in ("a.xlsx", "b.xlsx"):
        one, two = ((advocate.folder / folder / name).read_bytes() for folder in ("one", "two"))
        assert one == two, name


@pytest.mark.slow
@needs_bash
def test_nothing_found_is_a_file_with_headers_and_a_note(advocate: Advocate) -> None:
    """Exit code 0; a script can tell nothing from an error."""
    advocate.desk.refresh()
    ended = advocate.run("trialfinder find --country Iceland --output none.csv")
    assert ended.returncode == 0
    assert "No trial was found" in ended.stderr
    assert advocate.rows("none.csv") == []
    assert (advocate.folder / "none.csv").read_text("utf-8-sig").startswith("nct_id,")
