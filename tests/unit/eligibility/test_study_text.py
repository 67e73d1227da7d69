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
