"""Every row of the therapy tables, and the look-ups that reading, matching and the app rely on."""

import re
from collections import Counter

import pytest

from trialfinder.vocab.loader import load_text, read_rows
from trialfinder.vocab.therapies import (
    ClassAliasRow,
    ClassRow,
    DrugAliasRow,
    DrugRow,
    LabelRow,
    ReadingRow,
    TargetRow,
    key_of,
    load_therapies,
)
from trialfinder.vocab.treatment_cues import load_treatment_cues

THERAPIES = load_therapies()
TABLES = {
    "therapy_classes.csv": ClassRow,
    "therapy_labels.csv": LabelRow,
    "therapy_readings.csv": ReadingRow,
    "therapy_class_aliases.csv": ClassAliasRow,
    "therapy_targets.csv": TargetRow,
    "drugs.csv": DrugRow,
    "drug_aliases.csv": DrugAliasRow,
}
GUIDE = {
    "chemotherapy",
    "taxane",
    "anthracycline",
    "platinum",
    "capecitabine",
    "eribulin",
    "gemcitabine",
    "vinorelbine",
    "endocrine_therapy",
    "aromatase_inhibitor",
    "tamoxifen",
    "fulvestrant",
    "oral_serd",
    "cdk46_inhibitor",
    "pi3k_inhibitor",
    "akt_inhibitor",
    "mtor_inhibitor",
    "parp_inhibitor",
    "her2_therapy",
    "trastuzumab",
    "pertuzumab",
    "t_dm1",
    "t_dxd",
    "her2_tki",
    "topo1_adc",
    "trop2_adc",
    "immune_checkpoint_inhibitor",
    "bevacizumab",
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_and_stand_once(name):
    """A new row has one place, so that two people add it to the same line."""
    lines = load_text(name).splitlines()[1:]
    rows = read_rows(name, TABLES[name])
    assert len(set(rows)) == len(rows)
    first = [re.match(r'"[^"]*"|[^,]*', line)[0].strip('"').lower() for line in lines]
    assert first == sorted(first)


def test_every_class_of_the_guide_is_listed_as_itself():
    """A class that the contract names is read by its own name."""
    assert {name: THERAPIES.listed_as(name) for name in GUIDE} == {name: (name,) for name in GUIDE}


def test_nothing_is_listed_that_the_guide_does_not_name():
    """What is listed comes from the closed list."""
    listed = {row.listed_as for row in read_rows("therapy_readings.csv", ReadingRow)}
    assert listed == GUIDE


def test_references_resolve():
    """Parents, readings, aliases, targets and drugs name classes and drugs that exist."""
    classes, drugs = set(THERAPIES.classes), set(THERAPIES.drugs)
    assert {row.parent for row in read_rows("therapy_classes.csv", ClassRow) if row.parent} <= classes
    labelled = {row.therapy for row in read_rows("therapy_labels.csv", LabelRow)}
    assert labelled == classes | {"investigational_same_target"}, "which is read, though no drug belongs to it"
    assert {row.therapy for row in read_rows("therapy_readings.csv", ReadingRow)} <= classes
    assert {row.therapy for row in THERAPIES.class_aliases} <= classes
    assert {row.therapy for row in THERAPIES.targets} <= classes
    assert {row.therapy for row in read_rows("drugs.csv", DrugRow)} <= classes
    assert {row.drug for row in THERAPIES.drug_aliases} == drugs


def test_an_alias_belongs_to_one_thing():
    """A name that meant two drugs would read one as the other."""
    owners = {(key_of(row.alias), row.drug) for row in THERAPIES.drug_aliases}
    owners |= {(key_of(row.alias), row.therapy) for row in THERAPIES.class_aliases}
    assert not [key for key, count in Counter(key for key, _ in owners).items() if count > 1]


def test_an_id_is_a_class_and_a_drug_only_where_the_class_has_that_drug_by_name():
    """One namespace of ids serves profiles, facts and labels."""
    both = set(THERAPIES.classes) & set(THERAPIES.drugs)
    assert all(THERAPIES.classes_of(id_) == (id_,) for id_ in both)


def test_a_drug_has_one_label():
    """A drug of several classes stands in several rows with the same label."""
    labels = {(row.drug, row.label) for row in read_rows("drugs.csv", DrugRow)}
    assert len(labels) == len(THERAPIES.drugs)


def test_no_class_is_its_own_ancestor():
    """The classes form no circle."""
    assert not [
        name for name in THERAPIES.classes if any(name in THERAPIES.ancestors(up) for up in THERAPIES.parents(name))
    ]


def test_every_name_is_found_in_a_text():
    """What can be looked up can also be read in a sentence."""
    missed = []
    for alias, id_ in [(row.alias, row.drug) for row in THERAPIES.drug_aliases]:
        found = [mention.id for mention in THERAPIES.mentions(f"Prior {alias}, or other.")]
        if found[:1] != [id_]:
            missed.append((alias, id_, found))
    assert not missed


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Enhertu", "t_dxd"),
        ("ds 8201A", "t_dxd"),
        ("LY-2835219", "abemaciclib"),
        ("cdk4/6 Inhibitors", "cdk46_inhibitor"),
        ("CDK 4/6i", "cdk46_inhibitor"),
        ("chemo", "chemotherapy"),
        ("nab paclitaxel", "nab_paclitaxel"),
        ("Herceptin", "trastuzumab"),
        ("sac-TMT", "sacituzumab_tirumotecan"),
        ("quimioterapia", "chemotherapy"),
        ("oestrogen receptor degrader", "serd"),
        ("water", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_name_is_found_whatever_its_case_spaces_and_hyphens(name, id_):
    """People and records write the same drug in many ways."""
    assert THERAPIES.find(name) == id_


def test_a_drug_brings_its_classes_and_all_above_them():
    """Had Enhertu means had HER2 therapy and a topoisomerase-I ADC, and no chemotherapy."""
    assert THERAPIES.classes_of("t_dxd") == ("t_dxd",)
    assert {"her2_therapy", "topo1_adc", "adc"} <= set(THERAPIES.ancestors("t_dxd"))
    assert "chemotherapy" not in THERAPIES.ancestors("t_dxd")
    assert {"chemotherapy", "taxane"} <= set(THERAPIES.ancestors("paclitaxel"))


def test_drugs_mirror_the_ancestors():
    """Never had a class means never had what is below it."""
    assert {"palbociclib", "ribociclib", "abemaciclib"} <= set(THERAPIES.drugs_of("cdk46_inhibitor"))


def test_labels_speak_both_languages():
    """A class is shown in plain words, a drug by its own names, an unknown id as it is."""
    assert THERAPIES.label("cdk46_inhibitor").startswith("CDK4/6 inhibitor")
    assert THERAPIES.label("endocrine_therapy", "es").startswith("terapia hormonal")
    assert THERAPIES.label("palbociclib") == "palbociclib (Ibrance)"
    assert THERAPIES.label("investigational_same_target") == "a drug like the one that is tested here"
    assert THERAPIES.label("nothing_known") == "nothing_known"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("anti-PD-1/PD-L1 antibody", ["immune_checkpoint_inhibitor"]),
        ("HER-2/neu targeted therapy", ["her2_therapy"]),
        ("trastuzumab deruxtecan and trastuzumab", ["t_dxd", "trastuzumab"]),
        ("received tamoxifen et al", ["tamoxifen"]),
        ("an AI or AIs, never ai", ["aromatase_inhibitor", "aromatase_inhibitor"]),
        ("ICI 182,780", ["fulvestrant"]),
        ("taxanes; platinums", ["taxane", "platinum"]),
        ("pretamoxifen", []),
    ],
)
def test_mentions_take_the_longest_name(text, ids):
    """The most specific name wins, whole words only, the case of short names kept."""
    assert [mention.id for mention in THERAPIES.mentions(text)] == ids


@pytest.mark.parametrize("row", load_treatment_cues().rows, ids=lambda row: f"{row.kind}-{row.example[:30]}")
def test_each_cue_matches_its_example_and_not_its_counter_example(row):
    """A cue is what its row says, and not what looks like it."""
    pattern = re.compile(rf"(?<![a-z0-9])(?:{row.phrase})(?![a-z0-9])")
    assert pattern.search(row.example)
    assert not pattern.search(row.counter_example)
