"""A profile as a TOML file that reads back to the same profile."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from trialfinder.matching.profiles.values import PLAIN_KEYS
from trialfinder.model import PatientProfile, TherapyHistory


def dump_profile(profile: PatientProfile) -> str:
    """The profile as TOML: only what was said, keys always in the same order."""
    plain = {key: _plain(key, profile) for key in PLAIN_KEYS}
    named: dict[str, Mapping[str, Any]] = {
        "prior_therapies": {name: _history(history) for name, history in sorted(profile.prior_therapies.items())},
        "biomarkers": {
            name: _word(found, "positive", "negative") for name, found in sorted(profile.biomarkers.items())
        },
        "conditions": {name: _word(found, "yes", "no") for name, found in sorted(profile.conditions.items())},
    }
    said = {key: value for key, value in plain.items() if value is not None}
    return tomli_w.dumps(said | {key: value for key, value in named.items() if value})


def _plain(key: str, profile: PatientProfile) -> Any:
    if key == "travel":
        return None if profile.travel_km is None else f"{profile.travel_km!r} km"
    if key == "overrule":
        return sorted(profile.overruled) or None
    if key == "metastases_complete":
        return profile.metastases_complete or None
    value = getattr(profile, key)
    if isinstance(value, tuple):
        return list(value) if value or key == "metastases" else None
    return value


def _history(history: TherapyHistory) -> Any:
    if history.settings:
        return {"had": list(history.settings)}
    return _word(history.had, "had", "never")


def _word(truth: bool, yes: str, no: str) -> str:
    return yes if truth else no
