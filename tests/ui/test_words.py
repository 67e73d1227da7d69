"""The app's own words: plain in both languages, and never a promise."""

import re
from collections import defaultdict

import pytest
import textstat

from trialfinder.ui.words import labels
from trialfinder.wording import LANGUAGES, Language

OLDEST_GRADE = 7.0  # of United States schools: 12 years old; the indices that count letters
PLAIN_SPANISH = 65.0  # Fernández Huerta: 60 to 70 is normal, above is easy
MOST_WORDS_A_SENTENCE = 30
PROMISES = {"en": r"\beligible\b|\bqualif", "es": r"\belegible|\bcalific"}


def prose_of(language: Language) -> dict[str, str]:
    """The whole sentences of each file of labels, in one text: fragments on buttons have no reading age."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, text in labels(language).items():
        plain = re.sub(r"\{[a-z_]+\}", "7", re.sub(r"\[([^\]]+)\]\([^)]*\)|[*_#]", r"\1", text))
        found[code.split(".")[0]] += [
            line.lstrip("- ") for line in plain.splitlines() if line.rstrip().endswith((".", "?"))
        ]
    return {page: " ".join(lines) for page, lines in found.items() if len(" ".join(lines).split()) > 60}


@pytest.mark.parametrize("page", sorted(prose_of("en")))
def test_english_labels_can_be_read_by_a_child_of_twelve(page: str) -> None:
    text = prose_of("en")[page]
    grade = (textstat.automated_readability_index(text) + textstat.coleman_liau_index(text)) / 2
    assert grade <= OLDEST_GRADE


@pytest.mark.parametrize("page", sorted(prose_of("es")))
def test_spanish_labels_are_as_plain(page: str) -> None:
    textstat.set_lang("es")
    try:
        assert textstat.fernandez_huerta(prose_of("es")[page]) >= PLAIN_SPANISH
    finally:
        textstat.set_lang("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_promises_a_place_in_a_trial(language: Language) -> None:
    assert [code for code, text in labels(language).items() if re.search(PROMISES[language], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_labels_is_long(language: Language) -> None:
    sentences = [
        (code, sentence)
        for code, text in labels(language).items()
        for line in text.splitlines()
        for sentence in re.split(r"(?<=[.?!:])\s", line)
    ]
    assert [pair for pair in sentences if len(pair[1].split()) > MOST_WORDS_A_SENTENCE] == []
