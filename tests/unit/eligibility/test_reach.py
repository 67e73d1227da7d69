"""For whom a criterion holds."""

import pytest

from trialfinder.eligibility.mentions import sentences_with, window
from trialfinder.eligibility.reach import holds_for_all, part_of
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import SourceField, StudySource
from trialfinder.vocab import load_vocabulary


def make_text(criteria):
    """A study of nothing but criteria."""
    return StudyText(StudySource("NCT99999999", criteria=SourceField("criteria", criteria)), load_vocabulary())


@pytest.mark.parametrize(
    ("criteria", "parts"),
    [
        ("Inclusion Criteria:\n\n* Adults", [None]),
        ("Inclusion Criteria:\n\n* Phase 2 only: measurable disease", ["phase 2"]),
        ("Inclusion Criteria:\n\n* For cohort B: no brain metastases", ["cohort b"]),
        ("Inclusion Criteria for Part 1 Only:\n\n* Adults", ["part 1"]),
        ("Key inclusion criteria for both phases:\n\n* Adults", [None]),
        (
            "Inclusion Criteria:\n\nGroup 1\n\n* Adults\n\nGroup 2\n\n* Women",
            ["group 1", "group 1", "group 2", "group 2"],
        ),
        (
            "Exclusion Criteria:\n\n* Asthma\n* Additional criteria for arm A only:\n* Gout\n\nInclusion:\n\n* Adults",
            [None, "arm a", "arm a", None],
        ),
    ],
)
def test_a_criterion_holds_for_the_part_that_its_words_or_headings_name(criteria, parts):
    """Without such words it holds for everybody."""
    study = make_text(criteria)
    assert [part_of(study, sentence) for sentence in study.sentences] == parts


def test_what_one_part_asks_does_not_hold_for_all_unless_another_part_asks_it_too():
    """A person enters by the part that asks less."""
    study = make_text("Inclusion Criteria:\n\n* Phase 1 only: adults\n* Phase 2 only: adults\n* Women")
    first, second, general = study.sentences
    assert not holds_for_all(study, [first])
    assert holds_for_all(study, [first, second])
    assert holds_for_all(study, [first, general])


def test_sentences_with_a_text_and_those_under_a_header_with_it_are_found():
    """The others are not looked at."""
    study = make_text("Inclusion Criteria:\n\n* Performance status:\n  * 0 to 1\n* Adults. ECOG 0")
    found = [sentence.body.strip() for sentence in sentences_with(study, ("performance", "ecog"))]
    assert found == ["* Performance status:", "* 0 to 1", "ECOG 0"]


def test_a_study_without_criteria_has_no_such_sentences():
    """Silence is not an error."""
    assert sentences_with(StudyText(StudySource("NCT99999999"), load_vocabulary()), ("ecog",)) == []


def test_a_study_that_names_one_part_alone_is_that_part():
    """Everybody who enters enters by it."""
    study = make_text("Inclusion Criteria:\n\nPhase I\n\n* Adults\n\nExclusion Criteria:\n\nPhase I\n\n* Gout")
    assert {part_of(study, sentence) for sentence in study.sentences} == {None}


def test_a_part_alone_stays_a_part_where_the_text_names_another():
    """A person may enter by the other."""
    study = make_text("Inclusion Criteria:\n\nPhase I\n\n* Adults\n\nExclusion Criteria:\n\n* Gout, before phase 2")
    assert part_of(study, study.sentences[1]) == "phase i"


def test_around_a_mention_in_an_overlong_sentence_only_what_is_near_is_looked_at():
    """The place of the mention moves with it."""
    lower = "a" * 900 + "ecog" + "b" * 900
    near, start, end = window(lower, 900, 904)
    assert near[start:end] == "ecog"
    assert len(near) < len(lower)


def test_a_sentence_of_another_field_holds_for_everybody():
    """A title has no headings above it."""
    title = SourceField("title", "A study of adults")
    study = StudyText(StudySource("NCT99999999", brief_title=title), load_vocabulary())
    assert part_of(study, study.titles[0].sentences[0]) is None
