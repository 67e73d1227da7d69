"""Saved searches: plain TOML files that people can edit, share and version."""
