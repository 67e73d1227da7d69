"""Which rules of the reader a row of `tests/spec` makes read something."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from tests.architecture.sources import ROOT, sources, texts
from tests.spec.cases import case_study
from trialfinder.eligibility.reader import read_eligibility

RULE = re.compile(r"([a-z_0-9]+)\.[a-z_0-9]*")


@cache
def proved_rules() -> frozenset[str]:
    """The rules behind every piece of evidence that the rows of the tables give."""
    rows = (
        row
        for table in sorted((ROOT / "tests" / "spec").glob("*.toml"))
        for row in tomllib.loads(table.read_text("utf-8"))["case"]
    )
    facts = (fact for row in rows for fact in read_eligibility(case_study(row)).facts.values())
    return frozenset(item.rule for fact in facts for item in fact.evidence)


def rules_without_a_row() -> Iterator[tuple[str, int, str]]:
    """(file, line, rule) where the code names a rule, or the beginning of some ("men."), that no row proves."""
    families = {rule.partition(".")[0] for rule in proved_rules()}
    for source in sources("trialfinder/eligibility"):
        for line, text in texts(source):
            match = RULE.fullmatch(text)
            if match and match[1] in families and not _is_proved(text):
                yield source.path, line, text


def _is_proved(rule: str) -> bool:
    return any(proved.startswith(rule) if rule.endswith(".") else proved == rule for proved in proved_rules())
