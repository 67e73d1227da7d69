"""What a person overrules ("this does not apply to me") counts no more, alone and over all studies at once."""

import pytest

from tests.unit.matching.builders import make_demand, make_facts, make_known, make_studies, tidy
from trialfinder.matching import assess_study
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts

IDS = ["NCT99000001", "NCT99000002", "NCT99000003"]
ASKED = {
    "prior_excluded": [make_demand("taxane"), make_demand("anthracycline")],
    "prior_required": [make_demand("palbociclib", "ribociclib")],
    "excluded_conditions": [make_demand("hiv"), make_demand("cardiac")],
    "ecog_max": [make_demand(maximum=1.0)],
}
PERSON = {
    "ecog": 2,
    "prior_therapies": {"taxane": "had", "anthracycline": "had", "cdk46_inhibitor": "never"},
    "conditions": {"hiv": "yes"},
}
STUDIES = [make_facts(nct_id=nct_id, **ASKED) for nct_id in IDS]


def _alone(known):
    return [assess_study(known, study).n_conflicts for study in STUDIES]


def _at_once(known):
    return assess_all(known, encode_facts(tidy(STUDIES), make_studies(IDS)))["n_conflicts"].tolist()


@pytest.mark.parametrize("count", [_alone, _at_once])
@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([], [5, 5, 5]),
        (["NCT99000002 ecog_max"], [5, 4, 5]),
        (["NCT99000002 ecog_max", "NCT99000002 prior_excluded:taxane"], [5, 3, 5]),
        (["NCT99000001 ecog_max", "NCT99000003 prior_excluded:anthracycline"], [4, 5, 4]),
        (["NCT99000003 prior_required:palbociclib,ribociclib"], [5, 5, 4]),
        (["NCT99000003 prior_required:palbociclib"], [5, 5, 5]),
        (["NCT99000001 excluded_conditions:cardiac,hiv"], [4, 5, 5]),
        (["NCT99000009 ecog_max"], [5, 5, 5]),
    ],
)
def test_only_the_named_variable_of_the_named_study_is_overruled(count, lines, left):
    """A group is overruled as a whole, conditions one by one; a study that is not there changes nothing."""
    assert count(make_known(**PERSON, overrule=lines)) == left


def test_an_overruled_answer_is_still_shown():
    """Both are shown: what the record says, and that the person has set it aside."""
    known = make_known(**PERSON, overrule=["NCT99000001 prior_excluded:taxane"])
    answers = {item.variable: item for item in assess_study(known, STUDIES[0]).answers}
    assert answers["prior_excluded:taxane"].is_overruled
    assert answers["prior_excluded:taxane"].answer == "conflicts"
    assert not answers["prior_excluded:anthracycline"].is_overruled
