"""Every row of the biomarker vocabulary: names resolve, belong to one marker, are sorted; cues match their examples."""

import re

import pytest

from trialfinder.vocab import load_vocabulary

MARKERS = load_vocabulary().biomarkers
BEFORE = {
    "positive_before",
    "topic",
    "negation",
    "lead",
    "drug_before",
    "tested",
    "alternative_before",
    "or_before",
    "expressed_before",
}
AFTER = {"denied_after", "only_expressed", "tested_after", "alternative_after", "drug_after"}
NAMES = re.compile(r"pik3ca|pd-l1|brca|alk|ny-eso-1|ca 15-3|(?<=with )tumours")


def test_ids_are_sorted_and_unique():
    """The order of the file says nothing; a double id would hide a row."""
    ids = list(MARKERS.rows)
    assert ids == sorted(ids)
    assert len(ids) == 33


def test_aliases_are_sorted_and_each_stands_once():
    """An alias belongs to one marker."""
    aliases = [row.alias for row in MARKERS.aliases]
    assert aliases == sorted(aliases, key=lambda alias: (alias.lower(), alias))
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("row", MARKERS.aliases, ids=lambda row: row.alias)
def test_an_alias_leads_to_its_marker(row):
    """By name, and as written in a sentence."""
    assert row.biomarker in MARKERS.rows
    assert MARKERS.id_of(row.alias) == row.biomarker
    found = MARKERS.find(f"x {row.alias} y", f"x {row.alias} y".lower())
    assert [mention.biomarker for mention in found] == [row.biomarker]


@pytest.mark.parametrize("row", MARKERS.rows.values(), ids=lambda row: row.id)
def test_a_marker_has_labels_and_a_source(row):
    """People are shown the labels in two languages; the source is what a reviewer looks up."""
    assert row.label_en
    assert row.label_es
    assert row.source


def test_a_name_is_known_whatever_its_case_and_hyphens():
    """People write "pdl1", "PD L1" and "PD-L1"."""
    assert {MARKERS.id_of(name) for name in ("pdl1", "PD L1", "Pd-L1")} == {"PD-L1"}
    assert MARKERS.id_of("nothing like it") is None


def test_a_symbol_is_matched_as_written():
    """The androgen receptor is "AR"; "ar" is a syllable."""
    assert MARKERS.find("AR positive", "ar positive")
    assert not MARKERS.find("ar positive", "ar positive")


def test_the_longer_receptor_is_not_taken_for_the_shorter():
    """Human epidermal growth factor receptor 2 is HER2, a receptor, and not EGFR."""
    text = "human epidermal growth factor receptor 2 positive"
    assert not MARKERS.find(text, text)


@pytest.mark.parametrize("row", MARKERS.cues, ids=lambda row: f"{row.kind}-{row.example}")
def test_a_cue_is_found_in_its_example_and_not_in_its_counter_example(row):
    """Cues that stand on one side of a name are tried there."""
    whole = rf"(?<![a-z])(?:{row.pattern})(?![a-z])" if row.kind in ("altered", "normal", "filler") else row.pattern
    search = re.match if row.kind in ("adjective", "mutated") else re.search
    assert any(search(whole, part) for part in _parts(row.example.lower(), row.kind))
    if row.kind != "filler":  # its words may stand anywhere; what may not stand between is tried below
        assert not any(search(whole, part) for part in _parts(row.counter_example.lower(), row.kind))


def test_only_filler_may_stand_between_a_marker_and_its_state():
    """As in "mutation of the PIK3CA gene", not "mutation in patients on a PIK3CA inhibitor"."""
    assert MARKERS.between.fullmatch(" of the ")
    assert not MARKERS.between.fullmatch(" in patients on a ")


def _parts(example, kind):
    """The example as far as a cue of a kind looks: all of it, or what stands before or after a marker's name."""
    names = list(NAMES.finditer(example))
    if kind in BEFORE:
        return [example[: match.start()] for match in names] or [example]
    if kind in AFTER:
        return [re.sub(r"^ (?:mutation|positive)", "", example[match.end() :]) for match in names] + [example]
    return [example]
