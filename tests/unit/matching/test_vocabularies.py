"""The reviewed vocabularies as a profile sees them."""

import pytest

from trialfinder.matching import read_profile
from trialfinder.matching.vocabularies import label_of, load_words
from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.biomarker_parts import load_biomarker_parts
from trialfinder.vocab.profile_names import load_profile_names


def _read(**said):
    return read_profile(said, load_words())


KNOWN = {
    "Ibrance": "palbociclib",
    "T-DXd": "t_dxd",
    "LY2835219": "abemaciclib",
    "AI": "aromatase_inhibitor",
    "SG": "sacituzumab_govitecan",
}


@pytest.mark.parametrize(("typed", "id_"), KNOWN.items())
def test_brands_codes_and_short_names_are_known(typed, id_):
    profile, notices = _read(prior_therapies=[typed])
    assert (list(profile.prior_therapies), notices) == ([id_], ())


def test_enhertu_is_her2_therapy_and_a_conjugate_and_no_chemotherapy():
    lineage = load_words().lineage("t_dxd")
    assert {"her2_therapy", "topo1_adc"} <= lineage
    assert "chemotherapy" not in lineage


def test_radiation_and_bone_medicines_make_no_line():
    assert not {"radiotherapy", "denosumab"} & load_words().counted
    assert {"chemotherapy", "endocrine_therapy", "cdk46_inhibitor", "t_dxd"} <= load_words().counted


def test_one_gene_negative_says_nothing_of_the_family():
    profile, (notice,) = _read(biomarkers={"BRCA1": "negative"})
    assert profile.biomarkers == {}
    assert "BRCA1" in notice.say()


def test_one_gene_positive_is_the_family_positive():
    assert _read(biomarkers={"BRCA1": "negative", "BRCA2": "positive"})[0].biomarkers == {"BRCA": True}


def test_a_marker_that_no_fact_tells_apart_is_left_out_and_said():
    profile, (notice,) = _read(biomarkers={"Ki-67": "positive"})
    assert profile.biomarkers == {}
    assert "Ki-67" in notice.say("es")


def test_one_illness_of_a_kind_counts_as_a_yes_and_not_as_a_no():
    assert _read(conditions={"lupus": "yes"})[0].conditions == {"autoimmune": True}
    assert _read(conditions={"lupus": "no"})[0].conditions == {}
    assert _read(conditions={"pregnant": "no"})[0].conditions == {"pregnancy": False}


def test_every_part_is_a_name_of_its_biomarker():
    biomarkers = load_vocabulary().biomarkers
    for alias in load_biomarker_parts():
        assert biomarkers.id_of(alias), alias


def test_every_short_name_stands_for_something():
    therapies, conditions = load_vocabulary().therapies, load_vocabulary().conditions
    assert {id_ for id_ in load_profile_names("therapies").values() if not therapies.find(id_)} == set()
    assert set(load_profile_names("conditions").values()) <= set(conditions.by_id)


@pytest.mark.parametrize(
    ("kind", "id_"), [("therapies", "cdk46_inhibitor"), ("biomarkers", "ESR1"), ("conditions", "hiv")]
)
def test_an_id_has_a_label_in_both_languages(kind, id_):
    assert label_of(kind, id_) != id_
    assert label_of(kind, id_, "es") not in {id_, label_of(kind, id_)}
    assert label_of(kind, "no_such_id") == "no_such_id"
