"""Plain signs, and the way back to the record's own."""

import pytest

from trialfinder.eligibility.text import normalise

PAIRS = [
    (r"age \>= 18", "age ≥ 18"),
    (r"\* bullet \[1\]", "* bullet [1]"),
    ("ANC &ge; 1.5 &amp; platelets &lt; 100", "ANC ≥ 1.5 & platelets < 100"),
    ("x => 2, y =< 3, z <= 4", "x ≥ 2, y ≤ 3, z ≤ 4"),
    ("age > or = 18 and </= 75", "age ≥ 18 and ≤ 75"),
    ("a≧b≦c⩾d⩽e", "a≥b≤c≥d≤e"),
    ("0–2 — a − b ‐ c", "0-2 - a - b - c"),
    ("patient’s “own” `word´", "patient's \"own\" 'word'"),
    ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
    ("zero\u200bwidth\u200f marks\ufeff", "zerowidth marks"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("ＥＣＯＧ　０－１：ｏｋ（ａ）", "ECOG 0-1:ok(a)"),
    ("ﬁve diﬀerent oﬃces", "five different offices"),
    ("â‰¥ 18, â‰¤ 2, 0â€“1, patientâ€™s, Â± Î²", "≥ 18, ≤ 2, 0-1, patient's, ± β"),
    ("10⁹/L and m²", "109/L and m2"),
    ("naïve café", "naïve café"),
    ("line\u2028next\u0085last", "line\nnext\nlast"),
]


@pytest.mark.parametrize(("original", "plain"), PAIRS)
def test_odd_signs_become_plain_ones(original, plain):
    """Escapes, entities, full-width forms, mojibake, dashes, quotes and spaces."""
    assert normalise(original).text == plain


@pytest.mark.parametrize(("original", "plain"), PAIRS)
def test_a_slice_of_the_plain_text_maps_to_a_slice_that_reads_the_same(original, plain):
    """Every single sign leads back to the original signs that it was made of."""
    text = normalise(original)
    for position in range(len(plain)):
        start, end = text.original_span(position, position + 1)
        assert plain[position] in normalise(original[start:end]).text


def test_the_whole_text_maps_to_the_whole_original():
    """Nothing of the original lies outside."""
    text = normalise(r"\> 5 &lt; 6 ﬁ")
    assert text.original_span(0, len(text.text)) == (0, len(text.original))


def test_escapes_are_undone_once():
    """A doubled escape leaves a single one, an escaped entity stays one level deep."""
    assert normalise(r"\\> 5").text == r"\> 5"
    assert normalise("&amp;lt; 5").text == "&lt; 5"


def test_an_unknown_entity_or_broken_mojibake_stays():
    """What is not understood is not touched."""
    assert normalise("R&D; Ã" + "\u0080x").text.startswith("R&D;")
    assert normalise("Ü“ and Â plain").text == 'Ü" and Â plain'
    assert normalise("â\u0080\u0080").text == " "
    assert normalise("ï€–").text != ""


def test_lower_case_keeps_every_position():
    """Even for a letter whose small form is two characters long."""
    text = normalise("İstanbul IHC")
    assert len(text.lower) == len(text.text)
    assert text.lower.endswith("ihc")


def test_plain_ascii_is_kept_as_it_is():
    """No copy, no offset changes."""
    text = normalise("ECOG 0-1")
    assert text.text == "ECOG 0-1"
    assert text.original_span(2, 4) == (2, 4)


def test_bytes_that_are_no_mojibake_stay():
    """They cannot be read as UTF-8."""
    assert normalise("Ã\u2015 &nosuch; &lt;").text == "Ã- &nosuch; <"
