"""Builds docs/eligibility.md from the readers' docstrings, the spec tables and the vocabularies."""

import inspect
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trialfinder.eligibility.reader import Reader, all_readers
from trialfinder.model.facts import FACT_KEYS
from trialfinder.vocab.loader import data_files, load_text

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "tests" / "spec"
PAGE = ROOT / "docs" / "eligibility.md"
N_EXAMPLES = 6
HEAD = """# What is read from a trial's eligibility criteria

<!-- Written by scripts/docs_eligibility.py from the readers, tests/spec and trialfinder/vocab/data. Do not edit. -->

The reader turns the free text of a record into facts, each with the sentence that says so. It is a set of rules: it
knows no more than the words below, it can be wrong, and the trial team decides. Where a record says nothing, nothing is
asked: silence is never turned into a demand. Criteria in another language than English, or that cannot be made sense
of, are counted as not read.
"""


def build_eligibility_page() -> str:
    """The whole page as Markdown: for each reader what it reads, examples by key and what stays unread; the tables."""
    rows = _spec_rows()
    parts = [
        HEAD,
        *(_reader_part(reader, rows) for reader in sorted(all_readers(), key=_place_in_guide)),
        _vocabulary_part(),
    ]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _place_in_guide(reader: Reader) -> int:
    return min(FACT_KEYS.index(key) for key in reader.KEYS)


def _spec_rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of all tables by key, those of one sentence with a known reading."""
    rows: dict[str, list[dict[str, Any]]] = {key: [] for key in FACT_KEYS}
    for table in sorted(SPEC.glob("*.toml")):
        for row in tomllib.loads(table.read_text("utf-8")).get("case", []):
            if "xfail" not in row and "\n" not in row["text"].strip():
                rows[row["key"]].append(row)
    return rows


def _reader_part(reader: Reader, rows: dict[str, list[dict[str, Any]]]) -> str:
    title, _, text = (inspect.getdoc(reader) or "").partition("\n")
    keys = ", ".join(f"`{key}`" for key in reader.KEYS)
    parts = [f"\n## {title.rstrip('.')}\n", f"Keys: {keys}.\n", text.strip()]
    for key in reader.KEYS:
        parts += ["", f"### `{key}`", "", *_example_table(rows[key])]
    return "\n".join(parts)


def _example_table(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Some rows of a key that were read, and as many that deliberately were not."""
    read = [row for row in rows if not row.get("nothing")]
    unread = [row for row in rows if row.get("nothing")]
    if not rows:
        yield "No example yet."
        return
    yield "| Where | Sentence | Read as | Why |"
    yield "|---|---|---|---|"
    for row in (*_spread(read), *_spread(unread)):
        value = "nothing" if row.get("nothing") else _as_value(row["value"])
        cells = (_place(row), row["text"].strip(), value, row.get("why", ""))
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _place(row: dict[str, Any]) -> str:
    """The section of a row, and what else of the record it holds."""
    more = {"headers": "under", "title": "title", "conditions": "conditions", "summary": "summary", "sex": "sex"}
    said = [f"{word} {_as_value(row[name])}" for name, word in more.items() if name in row]
    return "; ".join([row.get("section", "inclusion"), *said])


def _spread(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most N_EXAMPLES rows, spread over the table."""
    step = max(1, -(-len(rows) // N_EXAMPLES))
    return rows[::step]


def _as_value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_as_value(item) for item in value) or "empty"
    return value if isinstance(value, str) else json.dumps(value)


def _cell(text: str) -> str:
    """A text that cannot break a Markdown table."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
    return " ".join(escaped.split())


def _vocabulary_part() -> str:
    """The data files, with how many rows each holds."""
    lines = [
        "\n## The vocabularies",
        "",
        "A word that is missing or wrong is one row in a file of `trialfinder/vocab/data`:",
        "",
    ]
    lines += ["| File | Rows |", "|---|---|"]
    lines += [f"| `{name}` | {_count(name)} |" for name in data_files()]
    return "\n".join(lines)


def _count(name: str) -> int:
    text = load_text(name)
    if name.endswith(".csv"):
        return max(0, len(text.splitlines()) - 1)
    return sum(len(rows) for rows in tomllib.loads(text).values() if isinstance(rows, list))


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(build_eligibility_page(), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
