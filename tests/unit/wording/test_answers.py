"""Answers and errors in plain words, in both languages."""

import pytest

from tests.unit.matching.builders import make_demand, make_facts, make_known
from trialfinder.errors import CannotWrite, NoStoreError, ProfileError
from trialfinder.matching import assess_study, read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.wording import Message
from trialfinder.wording.answers import join, question_of, sentence_of, variable_name
from trialfinder.wording.errors import render_error


def _label(_, id_, language):
    return {"en": id_.replace("_", " "), "es": f"{id_} (es)"}[language]


def _only_answer(person, **demands):
    fields = {name: demands.pop(name) for name in ("minimum_age_years", "maximum_age_years", "sex") if name in demands}
    (answer,) = assess_study(make_known(**person), make_facts(**demands), **fields).answers
    return answer


def test_a_conflict_says_what_the_trial_asks_and_what_the_person_said():
    answer = _only_answer(
        {"prior_therapies": {"cdk46_inhibitor": "never"}}, prior_required=[make_demand("cdk46_inhibitor")]
    )
    said = sentence_of(answer, _label)
    assert said == "This trial asks that you have had cdk46 inhibitor. You said you have not."


def test_a_group_is_joined_by_or_in_the_language():
    answer = _only_answer({}, prior_required=[make_demand("anthracycline", "capecitabine", "taxane")])
    assert "anthracycline, capecitabine or taxane" in sentence_of(answer, _label)
    assert "anthracycline (es), capecitabine (es) o taxane (es)" in sentence_of(answer, _label, "es")


def test_an_ask_has_a_question_for_the_trial_team():
    answer = _only_answer({}, biomarkers_required=[make_demand("ESR1")])
    assert (
        question_of(answer, _label)
        == "You ask for a positive test for ESR1. Do I need to be tested, and can you do it?"
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"maximum": 0.0}, "no line of"),
        ({"maximum": 1.0}, "at most 1 line of"),
        ({"maximum": 2.0}, "at most 2 lines of"),
        ({"minimum": 1.0}, "at least 1 line of"),
        ({"minimum": 2.0}, "at least 2 lines of"),
        ({"minimum": 1.0, "maximum": 1.0}, "exactly 1 line of"),
        ({"minimum": 1.0, "maximum": 3.0}, "1 to 3 lines of"),
        ({"minimum": 0.0, "maximum": 2.0}, "at most 2 lines of"),
    ],
)
def test_limits_of_lines_are_said_as_people_say_them(limits, words):
    answer = _only_answer({}, chemo_lines_metastatic=[make_demand(setting="metastatic", **limits)])
    assert f"{words} earlier chemotherapy for metastatic disease" in sentence_of(answer, _label)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"minimum_age_years": 18.0}, "of 18 years or older"),
        ({"maximum_age_years": 70.0}, "of 70 years or younger"),
        ({"minimum_age_years": 18.0, "maximum_age_years": 70.0}, "from 18 to 70 years old"),
        ({"minimum_age_years": 0.5}, "of 0.5 years or older"),
    ],
)
def test_limits_of_age_are_said_as_people_say_them(limits, words):
    assert words in sentence_of(_only_answer({}, **limits), _label)


def test_a_trial_for_men_only_has_words_for_its_menopause():
    answer = _only_answer({"menopause": "pre"}, menopause=[make_demand()])
    assert "in no group" in sentence_of(answer, _label)


def test_a_variable_is_named_with_its_members():
    assert (
        variable_name("prior_excluded:taxane,platinum", _label) == "Treatment you must not have had: taxane or platinum"
    )
    assert variable_name("ecog_max", _label, "es") == "Nivel de actividad (ECOG)"


def test_words_that_hold_commas_are_kept_apart():
    assert join(["a, b", "c"], "en") == "a, b, or c"
    assert join([], "en") == ""


def test_an_error_of_a_profile_is_said_in_the_readers_language():
    with pytest.raises(ProfileError) as caught:
        read_profile({"ecogg": 1}, load_words())
    assert caught.value.message == 'Your details have a key that we do not know: "ecogg". Did you mean "ecog"?'
    assert (
        render_error(caught.value, "es")
        == 'Sus datos tienen una clave que no conocemos: "ecogg". ¿Quería decir "ecog"?'
    )


def test_other_errors_are_said_by_their_code():
    assert "--demo" in render_error(NoStoreError("no store"), "es")
    assert render_error(CannotWrite("disk full"), "en").endswith("disk full")


def test_a_message_is_said_in_either_language():
    message = Message("chips.fits", {"n": 3})
    assert (message.say(), message.say("es")) == ("fits 3", "encaja 3")
