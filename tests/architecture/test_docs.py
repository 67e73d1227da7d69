"""The generated pages are what the program is now."""

from scripts.build_docs import stale


def test_the_generated_pages_are_fresh():
    """`make docs` writes them."""
    assert stale() == []
