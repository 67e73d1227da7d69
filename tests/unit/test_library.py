"""`import trialfinder`: the public names, and what they promise."""

import json

import pytest

import trialfinder
from trialfinder.demo import demo_records


def test_the_public_names_are_these():
    """A name more or less is a decision, not an accident."""
    assert sorted(trialfinder.__all__) == [
        "EligibilityFacts", "Finder", "PatientProfile", "Search", "TrialfinderError", "__version__", "open_finder",
        "read_eligibility", "refresh",
    ]  # fmt: skip
    assert all(getattr(trialfinder, name) is not None for name in trialfinder.__all__)


def test_an_unknown_name_is_an_attribute_error():
    """As of any module."""
    with pytest.raises(AttributeError, match="nothing"):
        _ = trialfinder.nothing


def test_criteria_text_and_records_can_be_read():
    """Text, JSON text, bytes and mappings give facts with their sentences."""
    raw = demo_records()[0]
    facts = [trialfinder.read_eligibility(study) for study in (raw, raw.decode(), json.loads(raw))]
    assert facts[0] == facts[1] == facts[2]
    read = trialfinder.read_eligibility("Inclusion Criteria:\n* ECOG performance status of 0 or 1")
    assert read["ecog_max"].value == 1
    assert read["ecog_max"].evidence[0].quote


def test_a_read_only_host_is_never_refreshed(monkeypatch):
    """The error says why."""
    monkeypatch.setenv("TRIALFINDER_READ_ONLY", "1")
    with pytest.raises(trialfinder.TrialfinderError, match="READ_ONLY"):
        trialfinder.refresh()
