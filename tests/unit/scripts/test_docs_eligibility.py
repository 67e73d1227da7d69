"""The page that is generated from readers, spec tables and vocabularies."""

import importlib.util
import re

from tests.conftest import ROOT
from trialfinder.model.facts import FACT_KEYS


def load_script():
    spec = importlib.util.spec_from_file_location("docs_eligibility", ROOT / "scripts" / "docs_eligibility.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_a_part_for_every_key_and_is_the_same_each_time():
    """In the guide's order."""
    script = load_script()
    page = script.build_eligibility_page()
    places = [page.index(f"### `{key}`") for key in FACT_KEYS]
    assert places[0] == min(places)
    assert page == script.build_eligibility_page()


def test_no_sentence_breaks_a_table():
    """Bars, brackets and stars are escaped; every row has its four cells."""
    script = load_script()
    assert script._cell("a | b <i> * \n c") == "a \\| b &lt;i> \\* c"
    rows = [
        line for line in script.build_eligibility_page().splitlines() if line.startswith(("| inclusion", "| exclusion"))
    ]
    assert rows
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
