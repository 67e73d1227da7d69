"""How a match may begin, and tokens found by that."""

import re

import pytest

from trialfinder.vocab.heads import heads_of
from trialfinder.vocab.lexer import Lexer, Token
from trialfinder.vocab.receptors import load_receptors

WORDS = load_receptors().words
KINDS = [
    ("two", r"(?i:\bER ?/ ?PR\b)"),
    ("one", r"\b[EP]Rs?(?![a-z])"),
    ("sign", r"\+(?![\d+])|≥"),
    ("joint", "(?i:and|or)(?![a-z])"),
    ("word", "[A-Za-z0-9]+"),
]


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("stage", {"sta"}),
        ("m?TNBC", {"mtn", "tnb"}),
        (r"(?i:\bHER ?2)", {"her"}),
        (r"\+ ?ve|ok", {"+ v", "+ve", "ok"}),
        ("(?<!non-)low", {"low"}),
        ("[ab]c", {"ac", "bc"}),
        ("a+b", {"a"}),
        ("a{0,2}b", {"a", "b"}),
        (r"\w+x", {""}),
        ("(?:no|not) (?=her2)", {"no ", "not"}),
    ],
)
def test_the_heads_of_an_expression_are_how_its_matches_begin(pattern, heads):
    """At most three signs, in lower case; what cannot be told is left open."""
    assert heads_of(pattern, 3) == heads


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row.pattern[:24])
def test_what_a_row_finds_begins_with_one_of_its_heads(row):
    """In any case of its letters."""
    heads = heads_of(row.pattern, 3)
    for match in re.finditer(row.pattern, row.example):
        assert any(match[0].lower().startswith(head) for head in heads)


@pytest.mark.parametrize("text", ["ER/PR+ and er, ANDER ≥ 1 %", "", "++", "prs or Ers", "µg ER+", "ſ ER ı≥"])
def test_tokens_are_those_of_one_long_alternation(text):
    """Earlier kinds first, whatever signs stand around; also from a place on, and up to one."""
    plain = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS))
    for start, end in ((0, len(text)), (1, max(1, len(text) - 1))):
        expected = [Token(match.lastgroup, *match.span()) for match in plain.finditer(text, start, end)]
        assert list(Lexer(KINDS).tokens(text, start, end)) == expected
