"""Invented records for the store's tests."""

import json

from tests.registry.dataset import make_record


def raw(number: int, *, status: str = "RECRUITING", date: str = "2026-11-02", **modules: object) -> bytes:
    """One record as it comes over the wire."""
    return json.dumps(make_record(number, status=status, date=date, **modules)).encode()
