"""The package's modules as parsed trees, and what the measures look at in them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the checkout, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def n_lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def module(self) -> str:
        """The dotted name that imports use."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """Every Python file below a folder of the checkout, sorted by path."""
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / folder).rglob("*.py"))}
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
        for path, text in texts.items()
        if "node_modules" not in path.parts
    )


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the nodes that are docstrings, those below a constant included."""
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    return {
        id(item.value)
        for body in bodies
        if isinstance(body, list)
        for item in body
        if isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)
    }


def texts(source: Source) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a file that is no docstring, the parts of f-strings included."""
    skipped = docstrings(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


@cache
def _modules() -> frozenset[str]:
    return frozenset(source.module for source in sources("trialfinder"))


def imports(source: Source) -> Iterator[tuple[str, bool]]:
    """(module, whether when the file is loaded) for every import, type-only ones left out."""
    yield from _imports(source.tree.body, is_at_load=True)


def _imports(body: list[ast.stmt], *, is_at_load: bool) -> Iterator[tuple[str, bool]]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((name.name, is_at_load) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{name.name}" for name in node.names]
            yield from ((name if name in _modules() else node.module, is_at_load) for name in named)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        else:
            inner = [item for item in ast.iter_child_nodes(node) if isinstance(item, ast.stmt)]
            yield from _imports(inner, is_at_load=is_at_load and not isinstance(node, Function))
