"""What a person has overruled ("this does not apply to me"), study by study."""

from collections.abc import Mapping

from trialfinder.model import PatientProfile

TOGETHER = "excluded_conditions"
"""Unsaid conditions are one question; overruling it overrules each of them."""


def overruled_variables(profile: PatientProfile) -> Mapping[str, frozenset[str]]:
    """For each study number the variables that do not apply, a question on several conditions taken apart."""
    found: dict[str, frozenset[str]] = {}
    for line in sorted(profile.overruled):
        nct_id, _, variable = line.partition(" ")
        found[nct_id] = found.get(nct_id, frozenset()) | taken_apart(variable)
    return found


def taken_apart(variable: str) -> frozenset[str]:
    """The variables that one line stands for."""
    key, _, members = variable.partition(":")
    if key != TOGETHER:
        return frozenset({variable})
    return frozenset(f"{key}:{member}" for member in members.split(","))
