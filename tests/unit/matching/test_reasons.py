"""Why an answer is what it is: the sentence's code and parts, what is asked about, how much a rare demand weighs."""

import pytest

from tests.unit.matching.builders import make_demand, make_facts, make_known, make_studies, tidy
from trialfinder.matching import Names, assess_study
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts
from trialfinder.matching.terms import Term, normal_term


def _only(known, **asked):
    (answer,) = assess_study(known, make_facts(**asked)).answers
    return answer


REASONS = {
    "a plain conflict has no reason": (
        {"prior_therapies": {"taxane": "had"}},
        {"prior_excluded": [make_demand("taxane")]},
        "answers.prior_excluded.conflicts",
    ),
    "a ban on some forms is asked about as such": (
        {"prior_therapies": {"taxane": "had"}},
        {"prior_excluded": [make_demand("taxane", is_conditional=True)]},
        "answers.prior_excluded.ask_form",
    ),
    "a ban for one setting, the person's unknown": (
        {"prior_therapies": {"taxane": "had"}},
        {"prior_excluded": [make_demand("taxane", setting="metastatic")]},
        "answers.prior_excluded.ask_setting",
    ),
    "a ban on what was not spoken of": (
        {},
        {"prior_excluded": [make_demand("taxane", setting="metastatic")]},
        "answers.prior_excluded.ask",
    ),
    "stable brain metastases where only stable ones are taken": (
        {"brain_metastases": "stable"},
        {"brain_metastases": [make_demand("stable_only")]},
        "answers.brain_metastases.fits_stable",
    ),
    "no brain metastases where only stable ones are taken": (
        {"brain_metastases": "none"},
        {"brain_metastases": [make_demand("stable_only")]},
        "answers.brain_metastases.fits",
    ),
    "active ones where only stable ones are taken": (
        {"brain_metastases": "active"},
        {"brain_metastases": [make_demand("stable_only")]},
        "answers.brain_metastases.conflicts",
    ),
    "active ones where the text gives a time": (
        {"brain_metastases": "active"},
        {"brain_metastases": [make_demand("stable_only", window="4 weeks")]},
        "answers.brain_metastases.ask_form",
    ),
    "brain metastases of which no state is said": (
        {"metastases": ["brain"]},
        {"brain_metastases": [make_demand("stable_only")]},
        "answers.brain_metastases.ask_state",
    ),
    "only bone against measurable disease": (
        {"metastases": ["bone"], "metastases_complete": True},
        {"measurable_disease": [make_demand("required")]},
        "answers.measurable_disease.ask_bone_only",
    ),
    "only bone, but said to be measurable": (
        {"metastases": ["bone"], "metastases_complete": True, "measurable_disease": True},
        {"measurable_disease": [make_demand("required")]},
        "answers.measurable_disease.fits",
    ),
}


@pytest.mark.parametrize(("said", "asked", "sentence"), REASONS.values(), ids=REASONS)
def test_the_sentence_says_the_reason(said, asked, sentence):
    """A question that is not about the plain thing has a sentence of its own."""
    assert _only(make_known(**said), **asked).sentence == sentence


EARLY = {"prior_therapies": {"paclitaxel": {"had": ["early"]}}}
LINES = {
    "a limit that names no setting, and chemotherapy for early disease": (EARLY, 0, 1, "ask"),
    "a demand that names no setting, met by treatment for early disease": (EARLY, 0, None, "fits"),
    "never any chemotherapy": ({"prior_therapies": {"chemotherapy": "never"}}, 0, 0, "fits"),
    "never any, one demanded": ({"prior_therapies": {"chemotherapy": "never"}}, 1, None, "conflicts"),
    "two lines against one": ({"chemo_lines_metastatic": 2}, None, 1, "conflicts"),
    "as many lines as allowed, had for metastatic disease only": (
        {"chemo_lines_metastatic": 1, "prior_therapies": {"paclitaxel": {"had": ["metastatic"]}}},
        None,
        1,
        "fits",
    ),
    "as many lines as allowed, early disease not spoken of": ({"chemo_lines_metastatic": 1}, None, 1, "fits"),
}


@pytest.mark.parametrize(("said", "minimum", "maximum", "answer"), LINES.values(), ids=LINES)
def test_lines_for_early_disease_can_help_or_be_asked_about(said, minimum, maximum, answer):
    """Where a limit names no setting, they may count; they never make a conflict by themselves."""
    demand = make_demand(minimum=minimum, maximum=maximum, setting="any")
    assert _only(make_known(**said), chemo_lines_metastatic=[demand]).answer == answer


def test_the_parts_of_a_sentence_are_what_was_asked():
    """Ids and numbers by their names, the time limit in the record's own words."""
    demand = make_demand("taxane", setting="metastatic", window="within 6 months")
    assert _only(make_known(), prior_excluded=[demand]).parts == {
        "key": "prior_excluded",
        "members": ("taxane",),
        "minimum": None,
        "maximum": None,
        "setting": "metastatic",
        "window": "within 6 months",
    }
    limits = _only(make_known(), any_lines_metastatic=[make_demand(minimum=1.0, maximum=3.0)]).parts
    assert (limits["minimum"], limits["maximum"]) == (1.0, 3.0)


def test_an_assessment_names_its_study_and_may_fit_where_nothing_conflicts():
    """The verdicts are the two words that programs read."""
    assessment = assess_study(make_known(ecog=1), make_facts(nct_id="NCT99000007", ecog_max=[make_demand(maximum=1.0)]))
    assert (assessment.nct_id, assessment.verdict) == ("NCT99000007", "may_fit")


def test_the_common_ask_carries_the_words_of_the_first_condition():
    """One question for all of them still shows where it comes from."""
    demands = [make_demand("hiv", quote="No HIV"), make_demand("cardiac", quote="No heart disease")]
    answer = _only(make_known(), excluded_conditions=demands)
    assert answer.evidence.quote == "No HIV"


def test_what_fewer_studies_ask_weighs_more_when_it_fits():
    """The order of results rests on it; what does not fit weighs nothing."""
    rare = make_facts(nct_id="NCT99000001", brain_metastases=[make_demand("required")])
    common = [make_facts(nct_id=f"NCT9900000{n}", ecog_max=[make_demand(maximum=1.0)]) for n in range(2, 7)]
    ids = [study.nct_id for study in (rare, *common)]
    encoded = encode_facts(tidy([rare, *common]), make_studies(ids))
    weights = assess_all(make_known(brain_metastases="active", ecog=1), encoded)["confirmed_weight"].tolist()
    assert weights[0] > weights[1] > 0
    assert len(set(weights[1:])) == 1
    assert assess_all(make_known(brain_metastases="none", ecog=2), encoded)["confirmed_weight"].tolist() == [0] * 6


@pytest.mark.parametrize(
    ("age", "minimum", "maximum", "answer"),
    [
        (17, 18.0, None, "conflicts"),
        (18, 18.0, None, "fits"),
        (75.9, None, 75.0, "fits"),
        (76, None, 75.0, "conflicts"),
        (30, 18.0, 75.0, "fits"),
        (None, 18.0, 75.0, "ask"),
    ],
)
def test_ages_are_taken_to_the_birthday_of_the_year_after_the_limit(age, minimum, maximum, answer):
    """Both limits count as within; somebody of 75 and eleven months is 75."""
    known = make_known(**({} if age is None else {"age": age}))
    assessment = assess_study(known, make_facts(), minimum_age_years=minimum, maximum_age_years=maximum)
    (found,) = assessment.answers
    assert found.answer == answer
    assert (found.parts["minimum"], found.parts["maximum"]) == (minimum, maximum)


def test_a_single_conflict_rules_a_study_down_and_unsaid_conditions_are_one_ask_over_all_studies():
    """The same counts as for each study alone."""
    found = [
        make_facts(nct_id="NCT99000001", ecog_max=[make_demand(maximum=1.0)]),
        make_facts(nct_id="NCT99000002", excluded_conditions=[make_demand("hiv"), make_demand("cardiac")]),
        make_facts(nct_id="NCT99000003", excluded_conditions=[make_demand("hiv")], subtypes=[make_demand("TNBC")]),
    ]
    encoded = encode_facts(tidy(found), make_studies([study.nct_id for study in found]))
    table = assess_all(make_known(ecog=2), encoded)
    assert table["verdict"].tolist() == ["conflict", "may_fit", "may_fit"]
    assert table["n_ask"].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("term", "normal"),
    [
        (Term("ecog_max", members=("2",)), Term("ecog_max", maximum=2.0)),
        (Term("ecog_max", minimum=2.0), Term("ecog_max", maximum=2.0)),
        (Term("life_expectancy_min_months", members=("3",)), Term("life_expectancy_min_months", minimum=3.0)),
        (Term("ecog_max"), None),
        (Term("men", members=("true",)), None),
        (Term("men"), Term("men", members=("false",))),
    ],
)
def test_a_demand_has_one_form_for_the_rules(term, normal):
    """A number stands as a limit and not among the members; "men welcome" asks nothing."""
    assert normal_term(term) == normal


def test_the_longest_beginning_of_a_name_wins_and_a_part_is_known_as_one():
    """Names of illnesses have many endings."""
    names = Names({"heart": "cardiac"}, stems={"hepat": "hepatitis", "hepatobil": "other"}, parts=frozenset({"hepat"}))
    assert [names.find(name) for name in ("Heart", "hepatitic", "hepatobiliary", "lung")] == [
        "cardiac", "hepatitis", "other", None,
    ]  # fmt: skip
    assert names.is_part(names.spelling_of("hepatitic"))
    assert not names.is_part(names.spelling_of("heart"))
