"""Every row of the tables that the core reads with."""

import re

import pytest

from trialfinder.model.facts import FACT_KEYS, SETTINGS
from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.contexts import load_contexts, pattern_of, words_of
from trialfinder.vocab.cues import load_cues
from trialfinder.vocab.languages import load_languages
from trialfinder.vocab.mentions import load_mentions
from trialfinder.vocab.phrases import Phrases
from trialfinder.vocab.stages import load_stages
from trialfinder.vocab.tumours import load_tumours

PHRASES = [
    *((f"cue-{row.kind}", row) for row in load_cues().rows),
    *((f"stage-{row.strength}", row) for row in load_stages().rows),
    *((f"tumour-{row.kind}", row) for row in load_tumours().rows),
    *((f"context-{row.context}", row) for row in load_contexts()),
    *((f"mention-{row.key}", row) for phrases in load_mentions() for row in phrases.rows),
]


@pytest.mark.parametrize(
    ("table", "row"), PHRASES, ids=lambda value: value if isinstance(value, str) else value.phrase[:24]
)
def test_a_phrase_stands_in_its_example_and_not_in_its_counter_example(table, row):
    """And has no group of its own and no stray space."""
    ends = ("", "") if row.phrase == ";" else ("(?<![a-z0-9])", "(?![a-z0-9])")
    pattern = re.compile(f"{ends[0]}(?:{row.phrase}){ends[1]}")
    assert pattern.search(row.example), table
    assert not pattern.search(row.counter_example), table
    assert pattern.groups == 0
    assert row.phrase == row.phrase.lower().strip() or "\\" in row.phrase


def test_a_phrase_belongs_to_one_row_of_its_table():
    """No doubles within a kind."""
    for rows in (load_cues().rows, load_stages().rows, load_tumours().rows):
        phrases = [row.phrase for row in rows]
        assert sorted(phrases) == sorted(set(phrases))
    contexts = [(row.context, row.phrase) for row in load_contexts()]
    assert contexts == sorted(set(contexts))


def test_an_example_is_found_as_its_own_row():
    """No longer phrase of another kind hides it."""
    for row in load_cues().rows:
        assert row.kind in {match.row.kind for match in load_cues().find(row.example)}, row
    for row in load_tumours().rows:
        assert row.kind in {match.row.kind for match in load_tumours().find(row.example)}, row


def test_stages_mentions_and_languages_name_known_things():
    """Settings and keys of the guide; a word belongs to one side."""
    assert all(set(row.settings) <= set(SETTINGS) for row in load_stages().rows)
    assert {row.key for phrases in load_mentions() for row in phrases.rows} == set(FACT_KEYS)
    english = {row.word for row in load_languages() if row.language == "english"}
    assert not english & {row.word for row in load_languages() if row.language != "english"}
    assert all(row.source for row in load_languages())


def test_a_context_that_does_not_exist_is_a_bug():
    """A misspelt name must not match nothing for ever."""
    with pytest.raises(KeyError):
        words_of("no such context")
    assert pattern_of("risk_of").search("at risk of falling")


def test_the_order_of_the_rows_says_nothing():
    """What takes more of the text is tried first."""
    rows = load_cues().rows
    text = "no more than two prior lines are not allowed unless free of brain metastases"
    assert [match.row for match in Phrases(rows[::-1]).find(text)] == [match.row for match in Phrases(rows).find(text)]


def test_other_tables_can_be_passed_in():
    """A vocabulary is an argument."""
    from trialfinder.vocab import Vocabulary

    cues = load_cues()
    assert Vocabulary(cues=cues).cues is cues
    assert load_vocabulary().cues is cues
