"""The contract of the criteria reader: each row of the tables is a sentence and what must be read from it.

A table is `tests/spec/NAME.toml` with rows `[[case]]`: `text`, `section` (inclusion, exclusion or unlabelled), `key`,
and `value` (the flat form; a limit that is open is "none") or `nothing = true`; `why` says what the row proves.
Optional: `headers` (lines above, outermost first), `title`, `conditions`, `summary`, `sex`, `study_type`, and `xfail`
with the reason of a known failure.
"""

import tomllib
from pathlib import Path

import pytest

from tests.spec.cases import COLUMNS, case_study, flat_value
from trialfinder.eligibility.reader import all_readers, read_eligibility
from trialfinder.model.facts import FACT_KEYS, SILENCE

TABLES = sorted(Path(__file__).parent.glob("*.toml"))


def _rows():
    known = {key for reader in all_readers() for key in reader.KEYS}
    for table in TABLES:
        for number, row in enumerate(tomllib.loads(table.read_text("utf-8")).get("case", []), 1):
            marks = [pytest.mark.xfail(reason=row["xfail"], strict=True)] if "xfail" in row else []
            if row.get("key") not in known:
                marks.append(pytest.mark.skip(reason=f"no reader answers {row.get('key')} yet"))
            yield pytest.param(table.name, row, id=f"{table.stem}-{number}-{row.get('key')}", marks=marks)


@pytest.mark.parametrize(("table", "row"), list(_rows()))
def test_a_row_is_read_as_it_says(table, row):
    """The fact read from the row's sentence is the row's value, or silence, with the sentence as evidence."""
    key = row["key"]
    source = case_study(row)
    fact = read_eligibility(source)[key]
    expected = SILENCE[key] if row.get("nothing") else flat_value(key, row["value"])
    assert fact.value == expected, f"{table}: {row['text']!r}: {row.get('why', '')}"
    for item in fact.evidence:
        assert item.quote
        assert item.field


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_row_of_a_table_has_a_known_form(table):
    """A misspelt column or key would make a row prove nothing."""
    for row in tomllib.loads(table.read_text("utf-8"))["case"]:
        assert set(row) <= COLUMNS, row
        assert row["key"] in FACT_KEYS, row
        assert ("value" in row) != row.get("nothing", False), row
        assert row["text"].strip(), row
