"""The rows of the tables, and how one is answered: by the plain way and by the way for all studies at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.unit.matching.builders import make_demand, make_fact, make_facts, make_known, make_studies, tidy
from trialfinder.matching import assess_study
from trialfinder.matching.assess_all import ASK, CONFLICTS, FITS, UNSAID, answer_codes
from trialfinder.matching.encode import encode_facts
from trialfinder.matching.known import Known
from trialfinder.matching.terms import ADMITTING_KEYS
from trialfinder.model import Assessment, Demand, Fact

TABLES = sorted(Path(__file__).parent.glob("*.toml"))
NCT_ID = "NCT99000001"


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case of every table, with a name that says where it stands."""
    for table in TABLES:
        for number, rule in enumerate(tomllib.loads(table.read_text("utf-8"))["rule"], 1):
            for position, case in enumerate(rule["case"], 1):
                yield f"{table.stem}-{number}.{position}", case


def asked(case: dict[str, Any]) -> tuple[list[Fact], dict[str, Any]]:
    """What a case's trial asks: facts of the text, and the registry's own fields."""
    asks = case["asks"]
    if isinstance(asks, dict):
        asks = [asks]
    fields = {name: value for ask in asks for name, value in ask.items() if name in STRUCTURED}
    by_key: dict[str, list[Any]] = {}
    for ask in asks:
        if "key" in ask:
            by_key.setdefault(ask["key"], []).extend(_demands(ask))
    return [make_fact(key, *demands) for key, demands in by_key.items()], fields


def _demands(ask: dict[str, Any]) -> list[Demand]:
    """One demand, or one for each member of a set that lists who is admitted."""
    limits = {name: value for name, value in ask.items() if name not in {"key", "members"}}
    limits |= {"named": tuple(ask["named"])} if "named" in ask else {}
    members = ask.get("members", [])
    if ask["key"] in ADMITTING_KEYS:
        return [make_demand(member, **limits) for member in members]
    return [make_demand(*members, **limits)]


STRUCTURED = {"minimum_age_years", "maximum_age_years", "sex"}


def assess(case: dict[str, Any]) -> tuple[Assessment, Known]:
    """The plain assessment of a case."""
    facts, fields = asked(case)
    known = make_known(**case["person"])
    return assess_study(known, make_facts(*facts, nct_id=NCT_ID), **fields), known


def assess_at_once(case: dict[str, Any]) -> set[str]:
    """The answers that the way for all studies gives."""
    facts, fields = asked(case)
    studies = make_studies([NCT_ID], **{name: [value] for name, value in fields.items()})
    encoded = encode_facts(tidy([make_facts(*facts, nct_id=NCT_ID)]), studies)
    named = {FITS: "fits", CONFLICTS: "conflicts", ASK: "ask", UNSAID: "ask"}
    return {named[code] for code in answer_codes(make_known(**case["person"]), encoded).tolist() if code in named}
