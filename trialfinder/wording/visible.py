"""Texts from outside on their way to a screen: without the signs that a screen obeys instead of showing."""

import re

_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and line ends (a terminal runs what follows ESC or U+009B), and signs that turn the
direction of what stands after them."""

_BARE_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text without signs that a terminal or a page would obey."""
    return _OBEYED.sub("", text)


def json_for_screens(text: str) -> str:
    """A JSON text that means the same, with the signs written out that a screen obeys and JSON lets stand."""
    return _BARE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
