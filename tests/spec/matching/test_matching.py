"""How answers are decided: each row of the tables is what a trial asks, what a person said, and the answer.

A table is `tests/spec/matching/NAME.toml`: `title`, and rules `[[rule]]` with `says` and cases `[[rule.case]]`: `asks`
(one demand or several: `key`, `members`, `minimum`, `maximum`, `setting`, `window`, `is_conditional`, `named`, or the
registry's own fields), `person` (as in a profile) and `answer`: fits, conflicts, ask, doctor or nothing. The page
`docs/matching.md` is made from them.
"""

import tomllib

import pytest

from scripts.docs_matching import build_matching_page
from tests.spec.matching.cases import TABLES, assess, assess_at_once, rows


def _answers(case):
    assessment, _ = assess(case)
    return {"doctor" if answer.is_doctors else answer.answer for answer in assessment.answers}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in rows()])
def test_a_case_is_answered_as_it_says(case):
    """The row's answer is the only one given, and every study at once gets the same."""
    expected = set() if case["answer"] == "nothing" else {case["answer"]}
    assert _answers(case) == expected, case
    assert assess_at_once(case) == expected - {"doctor"}, case


def test_the_page_has_every_rule_of_every_table():
    """A table that no chapter shows would be a contract that nobody reads."""
    page = build_matching_page()
    rules = [rule["says"] for table in TABLES for rule in tomllib.loads(table.read_text("utf-8"))["rule"]]
    assert [says for says in rules if says not in page] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_rule_says_what_it_proves(table):
    """A rule without words would be no documentation."""
    read = tomllib.loads(table.read_text("utf-8"))
    assert read["title"]
    assert all(rule["says"].endswith(".") and rule["case"] for rule in read["rule"])
