"""Registry text on its way to the screen: the one place where it is escaped."""

import html
import re

from trialfinder.finder.view import unescaped

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:@&=^\"'/])")
_BULLET = re.compile(r"^\s*(?:[*•\-–]|\d{1,2}[.)])\s+")
_WORD_JOINER = "\u2060"
_LINKS = re.compile(r"(?i)(https?|ftp|mailto|www|@)")


def html_of(text: str | None) -> str:
    """A text of the registry for `st.html`: shown letter by letter, without the registry's own Markdown escapes."""
    return html.escape(unescaped(text or ""))


def sentence_of(quote: str) -> str:
    """A sentence of the registry without the sign of the list that it stood in."""
    return _BULLET.sub("", quote)


def quote_of(quote: str) -> str:
    """A sentence of the registry for `st.html` as a quotation, without the sign of the list that it stood in."""
    if not quote:
        return ""
    return f'<blockquote class="tf-quote" lang="en">“{html_of(sentence_of(quote))}”</blockquote>'


def paragraphs_of(text: str | None) -> str:
    """A long text of the registry for `st.html`, its lines kept."""
    lines = (text or "").replace("\r\n", "\n").split("\n")
    return "<br>".join(html_of(line) for line in lines)


def markdown_of(text: str | None) -> str:
    """A text of the registry for labels, which read Markdown: no link, image, colour, formula or tag comes of it.

    A word joiner, which nobody sees, parts what would become a link by itself.
    """
    parted = _LINKS.sub(lambda match: f"{match[0]}{_WORD_JOINER}", unescaped(text or ""))
    return _MARKDOWN.sub(r"\\\1", parted)
