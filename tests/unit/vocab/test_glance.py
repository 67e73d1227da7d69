"""What a text may hold, told by its words."""

import pytest

from trialfinder.vocab.glance import Glance
from trialfinder.vocab.sought import Sought
from trialfinder.vocab.treatment_cues import load_treatment_cues

GLANCE = Glance({"prior": ["prior", "previous(?:ly)?"], "line": [r"\b(?:first|second)[- ]line"], "open": ["[ab]"]})


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("no prior chemotherapy", {"prior", "open"}),
        ("previously had a first-line regimen", {"prior", "line", "open"}),
        ("the third line", {"open"}),
        ("", {"open"}),
    ],
)
def test_a_family_may_be_held_where_a_word_holds_a_piece_of_it(text, held):
    """A family of which nothing is known may always be."""
    assert {name for name in ("prior", "line", "open") if GLANCE.may_hold(name, text)} == held


@pytest.mark.parametrize("row", load_treatment_cues().rows, ids=lambda row: row.phrase[:24])
def test_a_glance_never_passes_over_a_cue(row):
    """Each cue is found in its example."""
    assert load_treatment_cues().spans(row.kind, row.example)


def test_what_is_sought_is_found_as_by_the_plain_expression():
    """From a place on, up to one, and everywhere; in a text without it nothing is."""
    sought = Sought("(?:bone|liver) mets")
    assert sought.search("liver mets").span() == (0, 10)
    assert sought.search("liver mets, bone mets", 1).span() == (12, 21)
    assert sought.search("liver mets", 0, 5) is None
    assert sought.search("lung mets") is None
    assert [match[0] for match in sought.finditer("bone mets, liver mets")] == ["bone mets", "liver mets"]
    assert not list(sought.finditer("lung"))
