"""The page docs/matching.md, made from the tables of tests/spec/matching: how a profile is held against a trial."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec" / "matching"
CHAPTERS = ("person", "disease", "receptors", "therapies", "lines", "conditions")

INTRODUCTION = """# How answers are decided

<!-- made by scripts/docs_matching.py from tests/spec/matching: change the tables, then run `make docs` -->

Every thing that a trial asks gets one of three answers: it *fits*, it *conflicts*, or *ask the trial team*. Three rules
stand above all others: what a record does not say is not asked; what a person has not said is never a no; and where a
trial rules out only some forms of something, or lets some people in, the answer is a question and no conflict.

A trial with a conflict is shown last and with the reason, never hidden; a person can say that the reason does not apply
to them, and then it does not count. Every other trial may fit. The word "eligible" is for the trial team alone.

Each rule below is a table of examples that the tests hold. `key: members` is what the trial asks (the keys are those of
the reading guide, see [eligibility](eligibility.md)); the second column is a profile as it stands in a file.
"""

ORDER = """
## The order of results

Trials that may fit before those that conflict; treatment and access outside a trial before other kinds, unless kinds
were asked for; then more confirmed demands, where a demand weighs more the fewer trials make it (the binary logarithm
of the number of trials over those that make it, in thousandths); then fewer questions; the nearest open site; the most
recently updated; the NCT number. The order is total: it does not depend on the order in which trials came.
"""

_NAMED_LIMITS = {
    "minimum": "at least {:g}",
    "maximum": "at most {:g}",
    "setting": "for {} disease",
    "window": "{}",
    "minimum_age_years": "age at least {:g}",
    "maximum_age_years": "age at most {:g}",
    "sex": "sex: {}",
}
_ANSWERS = {"doctor": "your doctor will check", "nothing": "nothing to ask"}


def build_matching_page() -> str:
    """The whole page as Markdown; the same for the same tables."""
    chapters = [chapter for name in CHAPTERS for chapter in _chapter(SPEC / f"{name}.toml")]
    return "\n".join([INTRODUCTION, *chapters]) + ORDER


def _chapter(path: Path) -> Iterator[str]:
    table = tomllib.loads(path.read_text("utf-8"))
    yield f"## {table['title']}\n"
    for rule in table["rule"]:
        yield f"**{rule['says']}**\n"
        yield "| the trial asks | the person says | answer |\n|---|---|---|"
        yield "\n".join(_row(case) for case in rule["case"]) + "\n"


def _row(case: Mapping[str, Any]) -> str:
    asks = case["asks"] if isinstance(case["asks"], list) else [case["asks"]]
    asked = "; ".join(_asked(ask) for ask in asks) or "nothing"
    said = ", ".join(f"{key}: {_value(value)}" for key, value in case["person"].items()) or "nothing"
    return f"| {asked} | {said} | {_ANSWERS.get(case['answer'], case['answer'])} |"


def _asked(ask: Mapping[str, Any]) -> str:
    words = [f"{ask['key']}:"] if "key" in ask else []
    words.append(" or ".join(ask.get("members", ())))
    words += [form.format(ask[name]) for name, form in _NAMED_LIMITS.items() if name in ask]
    words.append(f"(that is: {', '.join(ask['named'])})" if "named" in ask else "")
    words.append("(some forms only)" if ask.get("is_conditional") else "")
    return " ".join(word for word in words if word)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(said)}" for name, said in value.items())
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    print(build_matching_page(), end="")
