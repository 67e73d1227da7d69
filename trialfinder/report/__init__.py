"""The page of plots."""
