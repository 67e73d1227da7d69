"""What must hold of every profile and every study."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.property.strategies import SAID, WORDS, is_consistent, know, said, studies
from tests.unit.matching.builders import make_studies, tidy
from trialfinder.matching import assess_study, dump_profile, read_profile
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts
from trialfinder.wording import render

quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
COUNTS = ["verdict", "n_fits", "n_conflicts", "n_ask"]


def _plainly(known, found, fields):
    for number, facts in enumerate(found):
        yield assess_study(known, facts, **{name: values[number] for name, values in fields.items()})


def _at_once(known, found, fields):
    frame = make_studies([facts.nct_id for facts in found], **fields)
    return assess_all(known, encode_facts(tidy(found), frame))


@quick
@given(said(), studies())
def test_all_studies_at_once_get_the_same_answers_as_each_alone(mapping, drawn):
    known = know(mapping)
    table = _at_once(known, *drawn)
    for row, plain in zip(table.itertuples(), _plainly(known, *drawn), strict=True):
        assert (row.nct_id, row.verdict) == (plain.nct_id, plain.verdict)
        assert (row.n_fits, row.n_conflicts, row.n_ask) == (plain.n_fits, plain.n_conflicts, plain.n_ask)


@quick
@given(said(), studies(least=2), st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_change_their_answers(mapping, drawn, random):
    found, fields = drawn
    places = list(range(len(found)))
    random.shuffle(places)
    shuffled = (
        [found[place] for place in places],
        {name: [values[place] for place in places] for name, values in fields.items()},
    )
    known = know(mapping)
    before = _at_once(known, found, fields).set_index("nct_id").sort_index()
    after = _at_once(known, *shuffled).set_index("nct_id").sort_index()
    pd.testing.assert_frame_equal(before, after)


@quick
@given(said(), studies(), st.data())
def test_knowing_more_never_turns_a_conflict_into_anything_else(mapping, drawn, data):
    """Only an answer that was open changes; what conflicted, conflicts on."""
    open_keys = sorted(set(SAID) - set(mapping) - {"overrule"})
    assume(open_keys)
    key = data.draw(st.sampled_from(open_keys))
    more = mapping | {key: data.draw(SAID[key])}
    assume(is_consistent(more))
    for before, after in zip(_plainly(know(mapping), *drawn), _plainly(know(more), *drawn), strict=True):
        conflicts = {answer.variable for answer in before.answers if answer.answer == "conflicts"}
        assert conflicts <= {answer.variable for answer in after.answers if answer.answer == "conflicts"}


@quick
@given(studies())
def test_nobody_who_said_nothing_conflicts_with_more_than_the_kind_of_cancer(drawn):
    """Unknown is not no."""
    for plain in _plainly(know({}), *drawn):
        assert {answer.variable for answer in plain.answers if answer.answer == "conflicts"} <= {"cancer"}


@quick
@given(said(), studies())
def test_every_answer_has_its_sentence_in_both_languages(mapping, drawn):
    for plain in _plainly(know(mapping), *drawn):
        for answer in plain.answers:
            for language in ("en", "es"):
                assert render(answer.sentence, language, what="x", setting="")
                if answer.answer == "ask" and not answer.is_doctors:
                    assert render(answer.sentence.replace("answers.", "questions."), language, what="x", setting="")


@quick
@given(said())
def test_a_profile_written_reads_back_the_same(mapping):
    profile, _ = read_profile(mapping, WORDS)
    again, notices = read_profile(tomllib.loads(dump_profile(profile)), WORDS)
    assert again == profile
    assert notices == ()


@pytest.mark.slow
@quick
@given(said(), studies())
def test_overruling_a_conflict_leaves_it_visible_and_out_of_the_count(mapping, drawn):
    for number, before in enumerate(_plainly(know(mapping), *drawn)):
        conflicts = [answer.variable for answer in before.answers if answer.answer == "conflicts"]
        assume(conflicts)
        overruling = know(mapping | {"overrule": [f"{before.nct_id} {variable}" for variable in conflicts]})
        after = list(_plainly(overruling, *drawn))[number]
        assert after.verdict == "may_fit"
        assert [answer.variable for answer in after.answers if answer.is_overruled] == conflicts
        assert _at_once(overruling, *drawn)["verdict"].iloc[number] == "may_fit"


def test_weights_are_whole_numbers_and_rare_demands_weigh_more():
    """A sum of whole numbers does not depend on the order of its parts."""
    from tests.unit.matching.builders import make_demand, make_fact, make_facts

    common = make_fact("subtypes", make_demand("TNBC"))
    rare = make_fact("biomarkers_required", make_demand("ESR1"))
    found = [make_facts(common, nct_id=f"NCT9900000{number}") for number in range(1, 5)]
    found.append(make_facts(common, rare, nct_id="NCT99000005"))
    encoded = encode_facts(tidy(found), make_studies([facts.nct_id for facts in found]))
    keys = [encoded.terms[encoded.term[start]].key for start in encoded.starts]
    by_key = dict(zip(keys, encoded.weight, strict=True))
    assert encoded.weight.dtype == np.int64
    assert by_key["biomarkers_required"] > by_key["subtypes"]
