"""What a reader sees of one study."""

from tests.unit.eligibility.builders import make_field, make_study


def test_every_text_is_there_as_passages():
    """Titles with the official one first; lists in their order."""
    study = make_study(
        official_title=make_field("Official", "official"),
        conditions=(make_field("Breast Cancer", "c0"),),
        keywords=(make_field("HER2", "k0"),),
        arms=(make_field("Arm A", "a0"),),
        interventions=(make_field("Letrozole", "i0"),),
        brief_summary=make_field("Summary", "summary"),
        detailed_description=make_field("Description", "description"),
        study_population=make_field("Population", "population"),
    )
    assert [title.body for title in study.titles] == ["Official", "Demo: a study of breast cancer"]
    lists = (study.conditions, study.keywords, study.arms, study.interventions, study.summary, study.description)
    assert [[passage.body for passage in passages] for passages in (*lists, study.study_population)] == [
        ["Breast Cancer"],
        ["HER2"],
        ["Arm A"],
        ["Letrozole"],
        ["Summary"],
        ["Description"],
        ["Population"],
    ]


def test_a_study_without_criteria_has_none():
    """And no sentence."""
    study = make_study(None)
    assert study.criteria == study.sentences == ()


def test_criteria_for_other_patients_are_left_out():
    """Those listed below a heading; what follows the list is for all."""
    study = make_study("Inclusion Criteria:\n* For lung cancer:\n  * Prior platinum\n* Age over 18\n")
    assert [item.body.strip() for item in study.criteria] == ["* For lung cancer:", "* Age over 18"]


def test_a_lone_heading_in_a_flat_text_leaves_nothing_out():
    """Nothing tells where its list ends."""
    study = make_study("Inclusion Criteria:\nMelanoma patients\nAge over 18\nMetastatic disease\n")
    assert len(study.criteria) == 3


def test_criteria_for_healthy_people_alone_are_kept():
    """So that something is left to read."""
    study = make_study("Healthy volunteers inclusion criteria:\n* Age over 18\n")
    assert len(study.criteria) == 1
