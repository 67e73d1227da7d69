"""Facts come back from the store as they were read."""

from dataclasses import replace

import msgspec

from trialfinder.model import Demand, EligibilityFacts, Evidence, Fact, SourceField, StudySource
from trialfinder.store.blobs import pack
from trialfinder.store.facts import decode_facts, encode_facts, hash_of, packed_source

QUOTE = Evidence("pembrolizumab", "a.b[2]", "no PD-1 ≥ 1", 3, 14, "rule")
FACTS = EligibilityFacts(
    "NCT99000001",
    {
        "men": Fact("men", value=False, demands=(Demand((), (replace(QUOTE, value=False),)),)),
        "ecog_max": Fact("ecog_max", 2.0, (Demand((), (replace(QUOTE, value=2.0),), maximum=2.0),)),
        "chemo_lines_metastatic": Fact(
            "chemo_lines_metastatic", (None, 2.0), (Demand((), (QUOTE,), setting="metastatic", maximum=2.0),)
        ),
        "prior_excluded": Fact(
            "prior_excluded",
            ("pembrolizumab", "taxane"),
            (
                Demand(("pembrolizumab",), (QUOTE, QUOTE), "early", "within 6 months", is_conditional=True),
                Demand(("taxane",), (QUOTE,), named=("docetaxel", "paclitaxel")),
            ),
        ),
        "prior_required": Fact("prior_required", ()),
        "cancer": Fact("cancer", None),
    },
    is_read=False,
)


def test_every_part_of_the_facts_comes_back() -> None:
    assert decode_facts(encode_facts(FACTS)) == FACTS


def test_silence_comes_back_as_silence() -> None:
    silent = EligibilityFacts("NCT99000002", {})
    assert decode_facts(encode_facts(silent)) == silent


def test_a_hash_changes_with_every_text_that_can_be_read() -> None:
    source = StudySource("NCT99000001", criteria=SourceField("a", "text"))
    others = [
        replace(source, criteria=SourceField("a", "texts")),
        replace(source, criteria=SourceField("b", "text")),
        replace(source, criteria=None, brief_title=SourceField("a", "text")),
        replace(source, conditions=(SourceField("c[0]", "pain"),)),
        replace(source, nct_id="NCT99000002"),
    ]
    assert len({hash_of(packed_source(other)) for other in (source, *others)}) == 6
    assert packed_source(source) == packed_source(replace(source))


def test_facts_of_a_store_that_knew_no_drugs_are_read_still() -> None:
    packed = [["taxane"], [], "any", None, False, None, None]
    row = ("NCT99000001", True, [("prior_excluded", ["taxane"], [packed])], [])
    (demand,) = decode_facts(pack(msgspec.msgpack.encode(row)))["prior_excluded"].demands
    assert demand == Demand(("taxane",), ())
