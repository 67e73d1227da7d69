"""A real spreadsheet program opens what we write, with the right cells."""

import csv
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.export.builders import make_listing, make_row
from trialfinder.export import build_export

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
AS_UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
READ_AS_TEXT = "Text - txt - csv (StarCalc):44,34,76,1,{columns},0,false,false"
SECONDS = 120

ROWS = [
    make_row(nct_id="NCT99000001", brief_title="=1+1", contact_phone="+81 3-1234-5678", sponsor="00123"),
    make_row(nct_id="NCT99000002", brief_title="Ensayo “ñandú” – 乳癌 🎗", contact_phone="-5", sponsor="Curie; París"),
    make_row(nct_id="NCT99000003", brief_title='Two\nlines, "quoted"', contact_phone=None, sponsor="@home"),
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here: install libreoffice-calc-nogui to run this"),
]


def converted(folder: Path, source: Path, *options: str) -> Path:
    """What LibreOffice makes of the file, as UTF-8 CSV; each sheet of a workbook is a file of its own."""
    target = folder / "converted"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", *options, "--convert-to", AS_UTF8_CSV, "--outdir", target, source]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return target


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_libreoffice_opens_the_workbook_with_the_right_cells(tmp_path: Path) -> None:
    source = tmp_path / "list.xlsx"
    source.write_bytes(build_export(make_listing(ROWS), "xlsx"))
    target = converted(tmp_path, source)
    trials = cells(target / "list-Trials.csv")
    assert [row["brief_title"] for row in trials] == [row["brief_title"] for row in ROWS]
    assert [row["contact_phone"] for row in trials] == ["+81 3-1234-5678", "-5", ""]
    assert [row["sponsor"] for row in trials] == ["00123", "Curie; París", "@home"]
    assert {row["last_update_date"] for row in trials} == {"2026-10-01"}
    assert {row["enrollment"] for row in trials} == {"120"}
    assert (target / "list-Sites.csv").exists()
    assert "This is no medical advice." in (target / "list-About.csv").read_text("utf-8")


def test_libreoffice_opens_the_csv_with_the_right_cells(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(build_export(make_listing(ROWS), "csv"))
    columns = "/".join(f"{number}/2" for number in range(1, len(make_row()) + 6))
    target = converted(tmp_path, source, f"--infilter={READ_AS_TEXT.format(columns=columns)}")
    (path,) = target.glob("*.csv")
    rows = cells(path)
    assert [row["brief_title"] for row in rows] == ["'=1+1", ROWS[1]["brief_title"], ROWS[2]["brief_title"]]
    assert [row["contact_phone"] for row in rows] == ["'+81 3-1234-5678", "'-5", ""]
    assert [row["sponsor"] for row in rows] == ["00123", "Curie; París", "'@home"]
    assert {row["last_update_date"] for row in rows} == {"2026-10-01"}


def test_pandas_reads_the_same_from_csv_and_parquet(tmp_path: Path) -> None:
    for name in ("csv", "parquet"):
        (tmp_path / f"list.{name}").write_bytes(build_export(make_listing(ROWS), name))
    from_csv = pd.read_csv(tmp_path / "list.csv", dtype=str, keep_default_na=False)
    from_parquet = pd.read_parquet(tmp_path / "list.parquet")
    assert list(from_csv["sponsor"].str.removeprefix("'")) == list(from_parquet["sponsor"])
    assert list(from_csv.columns) == list(from_parquet.columns)
