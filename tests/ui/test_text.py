"""Registry text on the screen: shown letter by letter, whatever it holds."""

import re

import pytest
from markdown_it import MarkdownIt

from trialfinder.ui.text import html_of, markdown_of, paragraphs_of, quote_of

HOSTILE = (
    "<script>alert(1)</script>",
    "![](http://evil.example/beacon.png)",
    "[click](javascript:alert(1))",
    "https://evil.example and www.evil.example and me@evil.example",
    ":red[red] $x^2$ `code` **bold** ~~gone~~ :smile: <!-- -->",
    "# heading\n- item\n1. one\n| a | b |\n|---|---|",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_holds_no_tag_of_the_registry(text: str) -> None:
    assert "<" not in html_of(text)
    assert not re.sub(r"<br>", "", paragraphs_of(text)).count("<")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_makes_nothing_of_it(text: str) -> None:
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown_of(text))
    assert re.findall(r"<(?!/?p>)[a-z]+", page) == []


def test_links_do_not_come_of_themselves() -> None:
    shown = markdown_of("https://evil.example www.evil.example me@evil.example")
    assert "https://" not in shown
    assert "www." not in shown.replace("\\", "")
    assert "me@evil" not in shown.replace("\\", "")


def test_a_quote_loses_the_sign_of_its_list_and_nothing_else() -> None:
    assert "“ECOG 0-1”" in quote_of("* ECOG 0-1")
    assert "“18 years or older”" in quote_of("2. 18 years or older")
    assert "“18 Years”" in quote_of("18 Years")
    assert quote_of("") == ""
