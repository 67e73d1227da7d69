"""Records that try to run something: every way out of the program shows them as text and obeys none of them."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from tests.abuse.conftest import TEXTS
from tests.calling import Call
from trialfinder.export.cells import FORMULA_STARTS
from trialfinder.wording.visible import json_for_screens, visible

OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ONE = "NCT98000001"
ALL = [f"NCT{98_000_000 + number}" for number in range(1, len(TEXTS) + 1)]
PRINTED = {
    "table": ("find", "--all"),
    "sites": ("find", "--all", "--rows", "sites"),
    "csv": ("find", "--all", "--format", "csv"),
    "json": ("find", "--all", "--format", "json"),
    "html": ("find", "--all", "--format", "html"),
    "md": ("find", "--all", "--format", "md"),
    "atom": ("find", "--all", "--format", "atom"),
    "show": ("show", ONE, "--near", "Cleveland, OH"),
    "show json": ("show", ONE, "--format", "json"),
    "facts": ("facts",),
    "changes": ("changes", "--since", "2026-01-01"),
    "changes csv": ("changes", "--since", "2026-01-01", "--format", "csv"),
    "changes json": ("changes", "--since", "2026-01-01", "--format", "json"),
    "changes atom": ("changes", "--since", "2026-01-01", "--format", "atom"),
}


@pytest.mark.parametrize("arguments", PRINTED.values(), ids=PRINTED)
def test_nothing_printed_steers_a_terminal(call: Call, arguments: tuple[str, ...]) -> None:
    """No escape sequence, no C1 control, no sign that turns the direction of the text."""
    code, out, err = call(*arguments)
    assert code == 0
    assert len(out) > 100
    assert OBEYED.search(out.decode("utf-8-sig")) is None
    assert OBEYED.search(err) is None


def test_an_error_that_repeats_what_was_typed_steers_no_terminal(call: Call) -> None:
    code, _, err = call("find", "--near", "\x1b[2Jnowhere at all")
    assert code == 9
    assert "nowhere at all" in err
    assert OBEYED.search(err) is None


def test_every_hostile_record_is_there(call: Call) -> None:
    """Odd words make no study disappear."""
    _, out, _ = call("find", "--all", "--format", "json")
    assert sorted(row["nct_id"] for row in json.loads(out)["studies"]) == ALL


def test_json_keeps_the_records_own_words(call: Call) -> None:
    """What a screen would obey is written out, and means the same."""
    _, out, _ = call("find", "--all", "--format", "json")
    titles = {row["nct_id"]: row["brief_title"] for row in json.loads(out)["studies"]}
    assert titles[ONE] == TEXTS[0]


@pytest.mark.parametrize("arguments", [PRINTED["csv"], PRINTED["changes csv"]], ids=["find", "changes"])
def test_no_cell_of_a_csv_is_a_formula(call: Call, arguments: tuple[str, ...]) -> None:
    """Also not behind a NUL, a space or a full-width sign."""
    _, out, _ = call(*arguments)
    rows = list(csv.reader(io.StringIO(out.decode("utf-8-sig"), newline="")))
    assert len(rows) > 4
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA_STARTS)] == []


def test_a_workbook_holds_no_formula_no_macro_and_no_link_but_to_the_registry(call: Call, tmp_path: Path) -> None:
    call("find", "--all", "--format", "xlsx", "--output", str(tmp_path / "list.xlsx"))
    with zipfile.ZipFile(tmp_path / "list.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist()}
    assert not [name for name in parts if "vba" in name or "externalLink" in name]
    assert not [name for name, text in parts.items() if "<f>" in text or "<f " in text]
    targets = {target for text in parts.values() for target in re.findall(r'Target="(https?://[^/"]+)', text)}
    assert targets <= {"https://clinicaltrials.gov"}
    assert not [name for name, text in parts.items() if OBEYED.search(text)]


def test_a_page_holds_no_tag_of_a_record(call: Call) -> None:
    _, out, _ = call("find", "--all", "--format", "html")
    page = out.decode()
    assert not re.search(r"<(script|img|svg|iframe|link|object)\b", page)
    assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', page)) <= {"https://clinicaltrials.gov"}
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "{{ 7 * 7 }}" in page, "a template's sign is text too"


def test_markdown_makes_no_image_no_tag_and_no_link_but_to_the_registry(call: Call) -> None:
    _, out, _ = call("find", "--all", "--format", "md")
    page = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table"]).render(out.decode())
    assert set(re.findall(r"<([a-z]+\d?)", page)) <= {"h1", "h2", "h3", "p", "a", "ul", "li", "hr", "em", "strong"}
    assert set(re.findall(r'href="(https?://[^/"]+|[a-z]+:)', page)) <= {
        "https://clinicaltrials.gov",
        "mailto:",
        "tel:",
    }


@pytest.mark.parametrize("arguments", [PRINTED["atom"], PRINTED["changes atom"]], ids=["find", "changes"])
def test_a_feed_is_whole_xml_whose_texts_are_texts(call: Call, arguments: tuple[str, ...]) -> None:
    _, out, _ = call(*arguments)
    feed = ET.fromstring(out)  # noqa: S314 - our own bytes, and the test is that they parse
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) >= 4
    assert {child.get("type", "text") for entry in entries for child in entry.findall(f"{atom}content")} == {"text"}
    links = {link.get("href", "") for entry in entries for link in entry.findall(f"{atom}link")}
    assert all(link.startswith("https://clinicaltrials.gov/study/NCT") for link in links)


@pytest.mark.parametrize("text", TEXTS)
def test_showing_takes_controls_only_and_twice_changes_nothing(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert [sign for sign in text if sign not in shown and not OBEYED.match(sign)] == []
    assert json.loads(json_for_screens(json.dumps(text, ensure_ascii=False))) == text
