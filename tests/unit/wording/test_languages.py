"""Every language says everything: the first test that fails is the next thing that a new language needs."""

from dataclasses import fields
from string import Formatter

import pytest

from trialfinder.model.language import LANGUAGES, language_of, next_language
from trialfinder.vocab.biomarkers import BiomarkerRow
from trialfinder.vocab.conditions import Condition
from trialfinder.vocab.registry_terms import Country, Status, country_label, label
from trialfinder.vocab.therapies import LabelRow
from trialfinder.wording.render import sentences

NAMED = {Status: "{}", Country: "{}", LabelRow: "label_{}", BiomarkerRow: "label_{}", Condition: "label_{}"}


def _parts(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_sentence_with_the_same_parts(language):
    """`wording/LANGUAGE.toml` follows en.toml line by line."""
    english, other = sentences("en"), sentences(language)
    assert other.keys() == english.keys()
    assert [code for code, text in english.items() if _parts(text) != _parts(other[code])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.__name__)
def test_what_people_read_has_a_column_for_each_language(row, language):
    """In the CSV file and in the class of its rows."""
    assert NAMED[row].format(language) in {column.name for column in fields(row)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_and_values_of_the_registry_are_said_in_a_language(language):
    """What we do not know stays as the registry writes it."""
    assert country_label("Germany", language)
    assert country_label("Atlantis", language) == "Atlantis"
    assert label("phase", "PHASE2", language) != "PHASE2"


def test_a_switch_leads_through_all_languages_and_back():
    """In their order; a code that we do not have is none."""
    language, seen = LANGUAGES[0], []
    for _ in LANGUAGES:
        seen.append(language)
        language = next_language(language)
    assert (tuple(seen), language) == (LANGUAGES, LANGUAGES[0])
    assert (language_of("es"), language_of("xx"), language_of(None)) == ("es", None, None)
