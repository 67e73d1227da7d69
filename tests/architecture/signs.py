"""The ten signs that it has gone wrong: each is looked for in the tree, and told with file and line."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.architecture.medical import medical_words
from tests.architecture.rules import rules_without_a_row
from tests.architecture.sources import Source, imports, sources, texts
from trialfinder.demo import demo_records
from trialfinder.eligibility.reader import read_eligibility
from trialfinder.tables import build_source, columns
from trialfinder.tables.fields import FIELDS

LONGEST_PATTERN = 120
CATCH_ALL_NAMES = re.compile(r"(^|/)_?(utils?|helpers?|common|misc)\.py$")
TICKET_OR_NUMBER = re.compile(r"(issue|ticket|bug|case|test|gh)_?\d+(_|$)|_\d+$")
FOLDER_DEPTH = 2
CORE = ("model", "vocab", "eligibility", "places", "tables", "matching", "wording")
OUTSIDE_WORLD = re.compile(r"\b(now|today|utcnow|getenv|environ|setlocale|getlocale|urandom|monotonic|perf_counter)\b")
CHANGING = {"random", "secrets", "locale", "time", "platform", "socket", "uuid"}


@dataclass(frozen=True, order=True)
class Sign:
    """One place where a sign stands."""

    number: int
    where: str
    line: int
    what: str


def _package() -> Iterator[tuple[Source, str]]:
    """Every file of the package with the folder that it lies in ("" for the package itself)."""
    for source in sources("trialfinder"):
        parts = source.path.split("/")
        yield source, parts[1] if len(parts) > FOLDER_DEPTH else ""


def medical_word_in_code() -> Iterator[Sign]:
    """1: a medical word in a `.py`, outside a docstring and outside the model's own keys."""
    for source, folder in _package():
        for line, text in texts(source) if folder != "demo" else ():
            for word in medical_words(text):
                yield Sign(1, source.path, line, word)


def long_pattern_or_unproved_rule() -> Iterator[Sign]:
    """2: a pattern longer than a line, or a rule that no row of `tests/spec` makes read something."""
    for source, _ in _package():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                pattern = ast.unparse(node.args[0])
                if len(pattern) > LONGEST_PATTERN:
                    yield Sign(2, source.path, node.lineno, f"{pattern[:40]}... of {len(pattern)} signs")
    yield from (Sign(2, path, line, rule) for path, line, rule in rules_without_a_row())


def streamlit_elsewhere() -> Iterator[Sign]:
    """3: Streamlit outside `ui/` and `app.py`."""
    for source, folder in _package():
        if folder != "ui" and any(name.split(".")[0] == "streamlit" for name, _ in imports(source)):
            yield Sign(3, source.path, 1, "streamlit")


def api_key_elsewhere() -> Iterator[Sign]:
    """4: a key of the API's JSON outside `tables/`."""
    keys = {part for path in FIELDS for part in path.split(".")}
    for source, folder in _package():
        for line, text in texts(source) if folder != "tables" else ():
            for key in sorted(keys & set(re.findall(r"\w+", text))):
                if key != key.lower():
                    yield Sign(4, source.path, line, key)


def boolean_for_unknown() -> Iterator[Sign]:
    """5: a column that may be absent and has a type that cannot say so."""
    for column in columns():
        if column.is_nullable and column.dtype in {"bool", "int64"}:
            yield Sign(5, "trialfinder/vocab/data/columns.csv", 1, f"{column.table}.{column.column}")


def fact_without_a_sentence() -> Iterator[Sign]:
    """6: a fact read from a demo study of which a demand has no words of the record behind it."""
    for raw in demo_records():
        facts = read_eligibility(build_source(raw))
        for key, fact in facts.facts.items():
            for demand in fact.demands:
                if not any(item.quote for item in demand.evidence):
                    yield Sign(6, facts.nct_id, 1, key)


def catch_all_file() -> Iterator[Sign]:
    """7: a file called utils, helpers, common or misc."""
    for folder in ("trialfinder", "scripts", "tests"):
        for source in sources(folder):
            if CATCH_ALL_NAMES.search(source.path):
                yield Sign(7, source.path, 1, source.path.rpartition("/")[2])


def catches_everything() -> Iterator[Sign]:
    """8: `except Exception`, or an `except` that names nothing; one that cleans up and raises again is none."""
    for folder in ("trialfinder", "scripts"):
        for source in sources(folder):
            for node in ast.walk(source.tree):
                if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
                    caught = ast.unparse(node.type) if node.type else "Exception"
                    if re.search(r"\b(Base)?Exception\b", caught):
                        yield Sign(8, source.path, node.lineno, caught)


def ticket_in_a_tests_name() -> Iterator[Sign]:
    """9: a test named after a ticket or a number."""
    for source in sources("tests"):
        for node in source.functions():
            if node.name.startswith("test_") and TICKET_OR_NUMBER.search(node.name):
                yield Sign(9, source.path, node.lineno, node.name)


def answer_of_the_day() -> Iterator[Sign]:
    """10: the core looks at the clock, the environment, the locale or chance."""
    for source, folder in _package():
        if folder not in CORE:
            continue
        for name, _ in imports(source):
            if name.split(".")[0] in CHANGING:
                yield Sign(10, source.path, 1, name)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and OUTSIDE_WORLD.search(node.attr):
                yield Sign(10, source.path, node.lineno, ast.unparse(node))


LOOKED_FOR: tuple[Callable[[], Iterator[Sign]], ...] = (
    medical_word_in_code,
    long_pattern_or_unproved_rule,
    streamlit_elsewhere,
    api_key_elsewhere,
    boolean_for_unknown,
    fact_without_a_sentence,
    catch_all_file,
    catches_everything,
    ticket_in_a_tests_name,
    answer_of_the_day,
)


def signs() -> list[Sign]:
    """Every place where a sign stands, sorted."""
    return sorted({sign for look in LOOKED_FOR for sign in look()})
