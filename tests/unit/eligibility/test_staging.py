"""Stage numbers and TNM."""

import pytest

from trialfinder.eligibility.staging import find_stages


def settings(text):
    return [stage.settings for stage in find_stages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stage iv", ("metastatic",)),
        ("stage 4", ("metastatic",)),
        ("stages i-iii", ("early",)),
        ("stage 0, i, ii, & iii", ("early",)),
        ("stage ii or iii", ("early",)),
        ("stage iia/b", ("early",)),
        ("stage iiib, c", ("early", "locally_advanced")),
        ("stage iiic", ("early", "locally_advanced")),
        ("stage iii/iv", ("early", "locally_advanced", "metastatic")),
        ("stage iiib-iv", ("locally_advanced", "metastatic")),
        ("stage i to iv", ("early", "locally_advanced", "metastatic")),
        ("ajcc iv", ("metastatic",)),
    ],
)
def test_a_list_of_stages_stands_for_settings(text, expected):
    """Ranges hold what lies between; late stage III beside IV is locally advanced."""
    assert settings(text) == [expected]


def test_tnm_categories_are_early_but_for_m1():
    """With M0 marked, and large ones before an operation."""
    found = list(find_stages("ct1-2 n2 m0, pt3, tis, m1"))
    assert [stage.settings for stage in found] == [("early",)] * 5 + [("metastatic",)]
    assert [stage.is_large for stage in found] == [False, True, False, False, False, False]
    assert [stage.is_m0 for stage in found] == [False, False, True, False, False, False]


@pytest.mark.parametrize("text", ["stages of grief", "m2 dose", "t cells", "tissue", "nis study", "int4"])
def test_other_words_are_no_stage(text):
    """Nothing is found."""
    assert settings(text) == []


def test_stage_0_and_odd_letters():
    """A letter without a stage before it is no stage."""
    assert settings("stage 0/a") == [("early",)]
    assert settings("stage iii-c to iv") == [("early", "locally_advanced", "metastatic")]
