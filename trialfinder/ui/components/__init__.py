"""Functions that render one part of a page."""
