"""Invented studies in the API's exact shape. No such trial exists; the app says so wherever they are shown."""

from functools import cache
from importlib import resources

__all__ = ["DEMO_TIMESTAMP", "demo_records"]

DEMO_TIMESTAMP = "2026-11-20T09:00:05"
"""The `dataTimestamp` that the invented studies pretend to have."""


@cache
def _lines() -> tuple[bytes, ...]:
    return tuple((resources.files("trialfinder.demo") / "studies.jsonl").read_bytes().splitlines())


def demo_records() -> list[bytes]:
    """Every invented study as raw JSON, by NCT number."""
    return list(_lines())
