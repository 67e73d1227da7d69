"""A fact says the same twice: flat, for output and scores, and as demands with their words, for answers."""

import tomllib
from pathlib import Path

import pytest

from tests.spec.cases import case_study
from trialfinder.eligibility.reader import all_readers, read_eligibility
from trialfinder.model.facts import FACT_KEYS, RANGE_KEYS, SET_KEYS, SETTINGS

TABLES = sorted(Path(__file__).parent.glob("*.toml"))
NUMBERS = {"ecog_max": "maximum", "life_expectancy_min_months": "minimum"}
FINER = "ultralow"
"""A demand of `her2_low` may name it beside its flat value."""


def _facts(table):
    for row in tomllib.loads(table.read_text("utf-8"))["case"]:
        yield from read_eligibility(case_study(row)).facts.values()


def _members(fact):
    return {member for demand in fact.demands for member in demand.members}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_flat_value_is_what_the_demands_say(table):
    """A set is the union of its members; a limit stands in a demand; a demand says no other word."""
    for fact in _facts(table):
        if fact.is_silent:
            continue
        if fact.key in SET_KEYS:
            assert set(fact.value) == _members(fact), fact
        elif fact.key in RANGE_KEYS:
            assert fact.value[0] in {demand.minimum for demand in fact.demands}, fact
            assert fact.value[1] in {demand.maximum for demand in fact.demands}, fact
        elif fact.key in NUMBERS:
            assert fact.value in {getattr(demand, NUMBERS[fact.key]) for demand in fact.demands}, fact
        else:
            assert _members(fact) - {FINER} <= {str(fact.value).lower()}, fact


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_demand_has_its_words_and_the_rule_that_read_them(table):
    """The words name what they stand for; the rule is one small name behind its family's."""
    for fact in _facts(table):
        for demand in fact.demands:
            assert demand.evidence, fact
            assert demand.setting in {"any", *SETTINGS}, fact
            for item in demand.evidence:
                assert item.quote
                assert item.end - item.start == len(item.quote)
                family, _, name = item.rule.partition(".")
                assert family.islower(), item
                assert name, item
                assert item.value is not None, item


def test_every_key_of_the_guide_has_one_reader():
    """None is read twice, none is forgotten."""
    keys = sorted(key for reader in all_readers() for key in reader.KEYS)
    assert keys == sorted(FACT_KEYS)
