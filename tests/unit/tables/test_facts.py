"""Eligibility facts as a tidy table: one row a member, silence has none."""

import pandas as pd

from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact
from trialfinder.tables import build_facts, columns


def make_evidence(value, quote="some words"):
    return Evidence(
        value, "protocolSection.eligibilityModule.eligibilityCriteria", quote, 3, 3 + len(quote), "rule.name"
    )


def rows(*facts, is_read=True):
    table = build_facts([EligibilityFacts("NCT99000001", {fact.key: fact for fact in facts}, is_read)])
    return table.to_dict("records")


def test_a_group_has_a_row_for_each_member_with_the_words_that_name_it():
    evidence = (make_evidence("taxane", "a taxane"), make_evidence("anthracycline", "an anthracycline"))
    demand = Demand(
        ("anthracycline", "taxane"),
        evidence,
        "metastatic",
        "in the last year",
        is_conditional=True,
        named=("docetaxel", "paclitaxel"),
    )
    first, second = rows(Fact("prior_required", ("anthracycline", "taxane"), (demand,)))
    assert (first["member"], first["quote"], second["quote"]) == ("anthracycline", "an anthracycline", "a taxane")
    assert first["group"] == second["group"] == 0
    assert (first["setting"], first["window"], first["is_conditional"]) == ("metastatic", "in the last year", True)
    assert first["named"] == second["named"] == "docetaxel|paclitaxel"
    assert (first["start"], first["end"], first["rule"]) == (3, 19, "rule.name")


def test_the_second_demand_of_a_key_is_the_second_group():
    demands = tuple(Demand((name,), (make_evidence(name),)) for name in ("hepatitis", "hiv"))
    assert [row["group"] for row in rows(Fact("excluded_conditions", ("hepatitis", "hiv"), demands))] == [0, 1]


def test_a_limit_has_one_row_without_a_member():
    (row,) = rows(Fact("ecog_max", 1, (Demand((), (make_evidence(1),), maximum=1),)))
    assert pd.isna(row["member"])
    assert pd.isna(row["minimum"])
    assert row["maximum"] == 1
    assert pd.isna(row["named"])


def test_a_true_or_false_is_said_as_a_word():
    (row,) = rows(Fact("men", False, (Demand((), (make_evidence(False),)),)))
    assert row["member"] == "false"


def test_a_demand_without_evidence_has_no_quote():
    (row,) = rows(Fact("her2_low", "required", (Demand(("required",), ()),)))
    assert pd.isna(row["quote"])
    assert pd.isna(row["start"])


def test_silence_has_no_row_and_an_unread_study_has_one():
    assert rows() == []
    (row,) = rows(is_read=False)
    assert (row["key"], row["is_read"]) == ("is_read", False)
    assert pd.isna(row["member"])


def test_the_table_is_what_the_column_dictionary_says_even_when_empty():
    expected = {item.column: item.dtype for item in columns() if item.table == "facts"}
    assert build_facts([]).dtypes.astype(str).to_dict() == expected
