"""Every condition has names, and every name belongs to one condition."""

import pytest

from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.conditions import Condition, ConditionAlias, Conditions
from trialfinder.vocab.loader import load_text

CONDITIONS = load_vocabulary().conditions


def test_conditions_are_sorted_and_stand_once():
    """An id names one condition."""
    ids = list(CONDITIONS.by_id)
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("condition", CONDITIONS.by_id.values(), ids=lambda condition: condition.id)
def test_a_condition_has_a_source_two_labels_and_a_name(condition):
    """People are told of it in two languages."""
    assert condition.source
    assert condition.label_en != condition.label_es
    assert any(alias.condition == condition.id and alias.is_name for alias in CONDITIONS.aliases)


def test_a_name_belongs_to_one_condition():
    """Otherwise what is read would depend on the order of rows."""
    names = [alias.alias for alias in CONDITIONS.aliases]
    assert len(names) == len(set(names))


def test_names_are_sorted_and_refer_to_conditions():
    """The file is easy to look through."""
    lines = load_text("condition_aliases.csv").splitlines()[1:]
    assert lines == sorted(lines)
    assert {alias.condition for alias in CONDITIONS.aliases} == set(CONDITIONS.by_id)


@pytest.mark.parametrize("alias", CONDITIONS.aliases, ids=lambda alias: alias.alias)
def test_a_name_is_found_as_itself(alias):
    """No longer name hides it where it stands alone."""
    found = CONDITIONS.find(alias.example)
    assert [match.row.condition for match in found] == [alias.condition]


def test_a_star_stands_for_any_ending_and_a_space_for_a_hyphen():
    """`nursing mother*` is also `nursing-mothers`."""
    conditions = Conditions(
        [Condition(id="x", label_en="x", label_es="y", source="ours")],
        [ConditionAlias("nursing mother*", "x", "illness")],
    )
    assert [(match.start, match.end) for match in conditions.find("no nursing-mothers.")] == [(3, 18)]
    assert conditions.find("nursing fathers") == ()
