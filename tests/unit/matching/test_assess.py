"""One study, all studies: the shape of what comes out."""

import pandas as pd

from tests.unit.matching.builders import (
    FACT_COLUMNS,
    make_demand,
    make_evidence,
    make_facts,
    make_known,
    make_studies,
    tidy,
)
from trialfinder.matching import assess_study
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts


def test_answers_come_conflicts_first_then_asks_then_what_fits():
    facts = make_facts(
        subtypes=[make_demand("TNBC")],
        ecog_max=[make_demand(maximum=1.0)],
        measurable_disease=[make_demand("required")],
    )
    assessment = assess_study(make_known(subtype="TNBC", ecog=2), facts)
    assert [(item.variable, item.answer) for item in assessment.answers] == [
        ("ecog_max", "conflicts"),
        ("measurable_disease", "ask"),
        ("subtypes", "fits"),
    ]
    assert (assessment.verdict, assessment.n_fits, assessment.n_conflicts, assessment.n_ask) == ("conflict", 1, 1, 1)


def test_an_answer_carries_the_records_words():
    facts = make_facts(prior_excluded=[make_demand("taxane", quote="No prior taxane")])
    (answer,) = assess_study(make_known(), facts).answers
    assert answer.variable == "prior_excluded:taxane"
    assert answer.evidence.quote == "No prior taxane"


def test_a_group_is_one_variable_with_its_members_joined():
    facts = make_facts(prior_required=[make_demand("taxane", "anthracycline")])
    (answer,) = assess_study(make_known(), facts).answers
    assert answer.variable == "prior_required:anthracycline,taxane"


def test_structured_fields_bring_their_own_evidence():
    age, sex = make_evidence(quote="18 Years"), make_evidence(quote="FEMALE")
    assessment = assess_study(
        make_known(), make_facts(), minimum_age_years=18.0, sex="FEMALE", age_evidence=[age], sex_evidence=[sex]
    )
    assert {item.variable: item.evidence for item in assessment.answers} == {"age": age, "sex": sex}


def test_all_unsaid_conditions_are_one_ask_that_names_them():
    demands = [make_demand(name) for name in ("hiv", "cardiac", "hepatitis")]
    assessment = assess_study(make_known(conditions={"hiv": "no"}), make_facts(excluded_conditions=demands))
    assert [(item.variable, item.answer) for item in assessment.answers] == [
        ("excluded_conditions:cardiac,hepatitis", "ask"),
        ("excluded_conditions:hiv", "fits"),
    ]
    assert assessment.n_ask == 1


def test_overruling_the_common_ask_overrules_each_condition():
    demands = [make_demand(name) for name in ("hiv", "cardiac")]
    known = make_known(overrule=["NCT99000001 excluded_conditions:cardiac,hiv"])
    assessment = assess_study(known, make_facts(excluded_conditions=demands))
    assert (assessment.n_ask, assessment.answers[0].is_overruled) == (0, True)


def test_of_two_demands_for_one_variable_the_worse_answer_holds():
    demands = [make_demand("taxane", setting="early"), make_demand("taxane", setting="metastatic")]
    known = make_known(prior_therapies={"taxane": {"had": ["metastatic"]}})
    (answer,) = assess_study(known, make_facts(prior_excluded=demands)).answers
    assert answer.answer == "conflicts"


def test_what_a_doctor_will_check_is_shown_and_not_counted():
    facts = make_facts(life_expectancy_min_months=[make_demand(minimum=3.0)])
    assessment = assess_study(make_known(), facts)
    assert (assessment.answers[0].is_doctors, assessment.n_ask) == (True, 0)


def test_an_unread_study_admits_everybody():
    rows = {"nct_id": ["NCT99000001"], "key": ["is_read"], "group": [0], "is_conditional": [False]}
    frame = pd.DataFrame(rows, columns=list(FACT_COLUMNS)).astype(FACT_COLUMNS)
    encoded = encode_facts(frame, make_studies(["NCT99000001"]))
    assert assess_all(make_known(ecog=4), encoded).loc[0, "verdict"] == "may_fit"


def test_a_study_without_facts_has_its_row_all_the_same():
    found = [make_facts(nct_id="NCT99000002", subtypes=[make_demand("TNBC")])]
    encoded = encode_facts(tidy(found), make_studies(["NCT99000001", "NCT99000002"]))
    table = assess_all(make_known(subtype="TNBC"), encoded)
    assert table["nct_id"].tolist() == ["NCT99000001", "NCT99000002"]
    assert table["n_fits"].tolist() == [0, 1]
    assert len(encoded) == 2


def test_no_studies_at_all_give_an_empty_table_with_its_columns():
    encoded = encode_facts(tidy([]), make_studies([]))
    table = assess_all(make_known(ecog=1), encoded)
    assert table.empty
    assert list(table) == ["nct_id", "verdict", "n_fits", "n_conflicts", "n_ask", "confirmed_weight"]


def test_facts_of_a_study_that_is_not_listed_are_left_out():
    found = [make_facts(nct_id="NCT99000009", subtypes=[make_demand("TNBC")])]
    assert len(encode_facts(tidy(found), make_studies(["NCT99000001"])).term) == 0


def test_a_sex_said_in_both_places_is_one_answer():
    facts = make_facts(men=[make_demand("false")])
    assessment = assess_study(make_known(sex="male"), facts, sex="FEMALE")
    assert [item.variable for item in assessment.answers] == ["sex"]
    encoded = encode_facts(tidy([facts]), make_studies(["NCT99000001"], sex=["FEMALE"]))
    assert assess_all(make_known(sex="male"), encoded).loc[0, "n_conflicts"] == 1


def test_a_trial_for_men_that_also_says_so_by_its_menopause_is_one_answer():
    facts = make_facts(menopause=[make_demand()])
    woman = make_known(menopause="pre")
    assert [item.variable for item in assess_study(woman, facts, sex="MALE").answers] == ["sex"]
    encoded = encode_facts(tidy([facts]), make_studies(["NCT99000001"], sex=["MALE"]))
    assert assess_all(woman, encoded).loc[0, "n_conflicts"] == 1


def test_a_ban_on_one_drug_is_said_of_that_drug():
    """The class stays in the variable; people read what the trial names."""
    facts = make_facts(prior_excluded=(make_demand("cdk46_inhibitor", named=("palbociclib",)),))
    (answer,) = assess_study(make_known(prior_therapies={"Kisqali": "had"}), facts).answers
    assert (answer.variable, answer.answer) == ("prior_excluded:cdk46_inhibitor", "ask")
    assert answer.parts["members"] == ("palbociclib",)


def test_a_group_names_its_drugs_and_its_whole_classes():
    facts = make_facts(prior_required=(make_demand("aromatase_inhibitor", "cdk46_inhibitor", named=("palbociclib",)),))
    (answer,) = assess_study(make_known(), facts).answers
    assert answer.parts["members"] == ("aromatase_inhibitor", "palbociclib")
