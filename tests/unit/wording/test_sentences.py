"""Both languages say the same things, with the same parts, in plain words, and every answer has its sentence."""

import re
import string

import pytest
import textstat

from trialfinder import errors
from trialfinder.matching.profiles.read import PROFILE_KEYS
from trialfinder.matching.terms import TERM_KEYS
from trialfinder.model.facts import SETTINGS, SUBTYPES
from trialfinder.model.profile import METASTASES
from trialfinder.wording import LANGUAGES, render
from trialfinder.wording.render import sentences

PROMISES = ("eligible", "eligib", "qualif", "elegible", "apto ")


def _parts(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences():
    assert sentences("en").keys() == sentences("es").keys()


@pytest.mark.parametrize("code", sorted(sentences("en")))
def test_both_languages_have_the_same_parts(code):
    assert _parts(sentences("en")[code]) == _parts(sentences("es")[code])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_untidy(language):
    for code, sentence in sentences(language).items():
        assert sentence.strip() or code == "values.in_setting.any", code
        assert "  " not in sentence, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_promises_a_place_in_a_trial(language):
    """Only the trial team can say "eligible"; the heading of the record's own text is the one place for the word."""
    for code, sentence in sentences(language).items():
        if code != "headings.criteria":
            assert not [word for word in PROMISES if word in sentence.lower()], code


def test_spanish_is_not_english():
    """A sentence left untranslated would be the same in both; parts and names of receptors are no words."""
    same = {sentence for code, sentence in sentences("en").items() if sentences("es")[code] == sentence}
    assert {sentence for sentence in same if len(re.findall(r"(?<![{\w])[a-z]{3,}(?![}\w])", sentence)) > 1} == set()


@pytest.mark.parametrize("key", TERM_KEYS)
def test_every_variable_has_a_name_and_its_answers(key):
    assert f"variables.{key}" in sentences("en")
    answers = {code for code in sentences("en") if code.startswith(f"answers.{key}.")}
    assert answers
    asked = {code.replace("answers.", "questions.") for code in answers if ".ask" in code and "doctor" not in code}
    assert asked <= sentences("en").keys()


def test_every_error_has_its_sentence():
    for name in errors.__all__:
        code = getattr(errors, name).code
        assert code in {"error", "profile"} or f"errors.{code}" in sentences("en")


def test_every_value_of_a_profile_and_a_fact_has_a_word():
    for kind, values in {"settings": SETTINGS, "subtypes": SUBTYPES, "metastases": METASTASES}.items():
        assert all(render(f"values.{kind}.{value}", "es") for value in values)
    assert PROFILE_KEYS


def test_a_missing_sentence_is_a_bug_and_says_which():
    with pytest.raises(KeyError, match=r"no\.such\.sentence"):
        render("no.such.sentence")


@pytest.fixture
def spanish_reading():
    """The measure of Spanish text; the library keeps its language for the whole process."""
    textstat.set_lang("es")
    yield textstat.fernandez_huerta
    textstat.set_lang("en_US")


SPOKEN = ("answers.", "questions.", "cautions.", "verdicts.", "data.", "demo.", "doctor.", "notices.")


def _spoken(language, filler):
    said = (sentence for code, sentence in sentences(language).items() if code.startswith(SPOKEN))
    return " ".join(sentence.replace("{setting}", "").replace("{what}", filler) for sentence in said)


def test_english_reads_at_the_age_of_twelve():
    """School year 6 or below, by indices that count letters, so that no word list is fetched."""
    assert textstat.automated_readability_index(_spoken("en", "this")) < 6
    assert textstat.coleman_liau_index(_spoken("en", "this")) < 6


def test_spanish_reads_easily(spanish_reading):
    """75 and above is easy on the scale of Fernandez Huerta."""
    assert spanish_reading(_spoken("es", "esto")) > 75
