"""The page of faults names only tests that there are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")


def _named() -> Iterator[tuple[str, str]]:
    """(file, test) for each that the page names; `::test` alone belongs to the file before it."""
    file = ""
    for quoted in re.findall(r"`((?:tests/[\w/]+\.py)?(?:::\w+)?)`", PAGE):
        path, _, test = quoted.partition("::")
        file = path or file
        if file:
            yield file, test


def test_every_test_that_the_page_names_is_there() -> None:
    named = list(_named())
    assert len(named) > 60
    tests = {
        file: {
            node.name
            for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        for file in {file for file, _ in named}
    }
    assert [f"{file}::{test}" for file, test in named if test and test not in tests[file]] == []
