"""Sizes of the package: how long modules and functions are, what imports what in a circle, what is undocumented."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.architecture.sources import ROOT, Function, docstrings, imports, sources

NAMES = re.compile(r"(?<=id=')\w+")
SHORT = 350
"""A body of less than about four lines may stand twice."""
WORDS = 4


@dataclass(frozen=True)
class Size:
    """One measured thing. `limit` None is only told; `least` turns the limit round."""

    name: str
    value: float
    limit: float | None = None
    least: float | None = None

    @property
    def is_kept(self) -> bool:
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)


def module_lengths() -> dict[str, int]:
    """Lines by file of the package."""
    return {source.path: source.n_lines for source in sources("trialfinder")}


def function_lengths() -> dict[str, int]:
    """Lines by function of the package ("path::name"), its docstring not counted."""
    return {
        f"{source.path}::{node.name}": _length(node) for source in sources("trialfinder") for node in source.functions()
    }


def _length(node: Function) -> int:
    skipped = docstrings(node)
    doc = next((item.value for item in node.body[:1] if isinstance(item, ast.Expr) and id(item.value) in skipped), None)
    n_doc = 0 if doc is None else (doc.end_lineno or 0) - doc.lineno + 1
    return (node.end_lineno or 0) - node.lineno + 1 - n_doc


def percentile(values: Sequence[int], share: float) -> int:
    """The smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def cycles() -> list[list[str]]:
    """Groups of modules that need each other to be loaded; an import within a function does not count."""
    modules = {source.module: source for source in sources("trialfinder")}
    needs = {
        name: {target for target, is_at_load in imports(source) if is_at_load and target in modules and target != name}
        for name, source in modules.items()
    }
    reached = {name: _reached(name, needs) for name in needs}
    groups = {tuple(sorted({name, *(other for other in reached[name] if name in reached[other])})) for name in needs}
    return [list(group) for group in sorted(groups) if len(group) > 1]


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def undocumented() -> list[str]:
    """Public modules, classes and functions without a docstring, as "path::name"."""
    return [found for source in sources("trialfinder") for found in _undocumented(source.tree, source.path)]


def _undocumented(node: ast.AST, where: str) -> Iterator[str]:
    if isinstance(node, ast.Module | ast.ClassDef | Function) and not ast.get_docstring(node):
        yield where
    for child in ast.iter_child_nodes(node):
        is_public = isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_")
        if is_public and not isinstance(node, Function):
            yield from _undocumented(child, f"{where}::{child.name}")


def repeated() -> list[list[str]]:
    """Groups of functions ("path::name") whose bodies are the same but for names; Python hooks are left out."""
    found: dict[str, list[str]] = {}
    for source in sources("trialfinder"):
        for node in source.functions():
            body = node.body[1:] if ast.get_docstring(node) else node.body
            text = NAMES.sub("_", " ".join(ast.dump(item) for item in body))
            if len(text) > SHORT and not node.name.startswith("__"):
                found.setdefault(text, []).append(f"{source.path}::{node.name}")
    return [group for group in found.values() if len(group) > 1]


def silent_tests() -> list[str]:
    """Tests that say what they promise neither in a name of four words or more nor in a first line."""
    return [
        f"{source.path}::{node.name}"
        for source in sources("tests")
        for node in source.functions()
        if node.name.startswith("test_") and node.name.count("_") < WORDS and not ast.get_docstring(node)
    ]


def public_names() -> dict[str, int]:
    """How many names each `__all__` holds."""
    return {
        source.path: len(node.value.elts)
        for source in sources("trialfinder")
        for node in source.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    }


def _n_table_lines() -> int:
    """Lines of the tests' tables, which count as tests: a row there is one."""
    tables = [*(ROOT / "tests").rglob("*.toml"), *(ROOT / "tests").rglob("*.tsv")]
    return sum(len(path.read_text("utf-8").splitlines()) for path in tables)


def sizes() -> list[Size]:
    """Every size of the style, with its limit."""
    modules, functions = module_lengths(), function_lengths()
    n_tests = sum(source.n_lines for source in sources("tests")) + _n_table_lines()
    return [
        Size("modules", len(modules)),
        Size("lines of the package", sum(modules.values())),
        Size("lines of a module, median", median(modules.values()), limit=120),
        Size("lines of a module, most", max(modules.values()), limit=350),
        Size("functions", len(functions)),
        Size("lines of a function, median", median(functions.values()), limit=7),
        Size("lines of a function, 95 of 100", percentile(list(functions.values()), 0.95), limit=30),
        Size("lines of a function, most", max(functions.values()), limit=45),
        Size("groups of modules in a circle", len(cycles()), limit=0),
        Size("groups of functions with the same body", len(repeated()), limit=0),
        Size("public names without a docstring", len(undocumented()), limit=0),
        Size("names in the longest __all__", max(public_names().values()), limit=24),
        Size("tests", sum(node.name.startswith("test_") for tree in sources("tests") for node in tree.functions())),
        Size("tests that do not say what they promise", len(silent_tests()), limit=0),
        Size(
            "test lines for each line of the package",
            round(n_tests / sum(modules.values()), 2),
            least=1.0,
            limit=2.0,
        ),
    ]
