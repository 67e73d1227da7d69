"""Every format: the same bytes for the same data, and nothing hostile gets through."""

import io
import json
import os
import zipfile

import pandas as pd
import pytest

from tests.unit.export.builders import NASTY, make_listing, make_row, make_stamp
from trialfinder.errors import CannotWrite
from trialfinder.export import build_export, write_file
from trialfinder.export.formats import FORMATS

HOSTILE = "<script>alert(1)</script> ![x](https://evil.example/x.png) [a](javascript:alert(1)) $x^2$ :red[x]\x00"


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_listing_gives_the_same_bytes(format_name):
    """An export of the same store and search is byte-identical."""
    assert build_export(make_listing(), format_name) == build_export(make_listing(), format_name)


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_empty_listing_is_a_valid_file(format_name):
    """Nothing found still makes a file."""
    assert build_export(make_listing([]), format_name)


def test_json_says_where_the_data_come_from():
    """The documented keys are there, and absent values are null."""
    document = json.loads(build_export(make_listing(), "json"))
    assert set(document) == {"data_timestamp", "refreshed_at", "is_demo", "search", "caution", "notices", "studies"}
    assert document["studies"][0]["conflicts"] is None
    assert document["studies"][0]["last_update_date"] == "2026-10-01"


def test_parquet_is_read_back_by_pandas():
    """The file holds the rows with their types."""
    frame = pd.read_parquet(io.BytesIO(build_export(make_listing(), "parquet")))
    assert frame.loc[0, "enrollment"] == 120
    assert frame.loc[0, "last_update_date"] == pd.Timestamp("2026-10-01")


def test_a_workbook_holds_text_where_a_formula_was_meant():
    """No cell of registry text is a formula, and the About sheet has the caution."""
    rows = [make_row(brief_title=text) for text in NASTY]
    with zipfile.ZipFile(io.BytesIO(build_export(make_listing(rows), "xlsx"))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 3
    assert not any("<f>" in sheet for sheet in sheets)
    assert "This is no medical advice." in strings


def test_registry_text_is_escaped_in_html():
    """A script stays text on the print page, and the page loads nothing."""
    page = build_export(make_listing([make_row(brief_title=HOSTILE)]), "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page


def test_registry_text_is_escaped_in_markdown():
    """No image, link or math is left in the newsletter's text."""
    text = build_export(make_listing([make_row(brief_title=HOSTILE)]), "md").decode()
    assert "![" not in text.replace("\\!\\[", "")
    assert "](javascript" not in text
    assert "https\\://evil" in text
    assert "\\$x" in text


def test_a_feed_has_one_entry_a_trial_and_drops_illegal_signs():
    """XML forbids control characters; the trial stays."""
    feed = build_export(make_listing([make_row(brief_title=HOSTILE)]), "atom").decode()
    assert feed.count("<entry>") == 1
    assert "\x00" not in feed
    assert "<script" not in feed


def test_a_file_that_cannot_be_written_leaves_nothing_half_written(tmp_path):
    """The error names the path, and no part of the file stays."""
    (tmp_path / "taken").mkdir()
    with pytest.raises(CannotWrite, match="taken"):
        write_file(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("format_name", ["html", "md", "atom"])
def test_invented_trials_are_said_to_be_invented_and_not_to_come_from_the_registry(format_name):
    """A list of the demo names no source that it does not have."""
    made_up = build_export(make_listing(is_demo=True), format_name).decode()
    real = build_export(make_listing(is_demo=False), format_name).decode()
    assert "invented trials" in made_up
    assert "Data from" not in made_up
    assert "Data from" in real
    assert "invented trials" not in real


def test_a_device_is_written_to_and_not_replaced(tmp_path):
    """What is no plain file stays what it is: here a pipe that somebody reads."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file(pipe, b"said")
    assert os.read(reader, 10) == b"said"
    assert pipe.is_fifo()
    os.close(reader)


def test_the_stamp_without_a_date_still_makes_every_file():
    """A store that was never refreshed has no date."""
    listing = make_listing(data_timestamp=None, refreshed_at=None)
    assert listing.stamp == make_stamp(data_timestamp=None, refreshed_at=None)
    assert all(build_export(listing, format_name) for format_name in FORMATS)
