"""Rows of a data file as frozen objects, or an error that names file, line, column and value."""

import csv
import dataclasses
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Row = TypeVar("Row")
Check = Callable[[Any], Any]


class VocabularyError(ValueError):
    """A row of a vocabulary that cannot be right: a bug of ours, named by file, line, column and value."""

    def __init__(self, file: str, line: int, column: str, value: object, why: str) -> None:
        """Say where it stands."""
        super().__init__(f"{file}:{line}: column {column!r} holds {value!r}: {why}")


def data_files() -> tuple[str, ...]:
    """The names of the data files, sorted."""
    folder = resources.files("trialfinder.vocab") / "data"
    return tuple(sorted(item.name for item in folder.iterdir() if item.name.endswith((".csv", ".toml"))))


def load_text(name: str) -> str:
    """The text of a data file of this package."""
    return (resources.files("trialfinder.vocab") / "data" / name).read_text("utf-8")


def read_rows(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of `data/NAME` (CSV, or TOML of one array of tables) as `row_type`, a frozen dataclass.

    A column of type `str` must not be empty; `str | None` may be; `tuple[str, ...]` is a TOML list; `bool`
    is true or false. No other column may stand there, and none with a default may be missing a value of its type.
    """
    return read_rows_of(name, load_text(name), row_type)


def read_rows_of(name: str, text: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The same for a text that is already at hand; `name` is what errors call it."""
    numbered = _csv_rows(text) if name.endswith(".csv") else _toml_rows(name, text)
    columns = _columns(row_type)
    return tuple(_build(name, line, cells, row_type, columns) for line, cells in numbered)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(text.splitlines())
    for cells in reader:
        yield reader.line_num, {key or "": value for key, value in cells.items()}


def _toml_rows(name: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    tables = tomllib.loads(text)
    for key, rows in tables.items():
        if not isinstance(rows, list):
            raise VocabularyError(name, 1, key, rows, "an array of tables is expected")
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{key}]]"]
        yield from zip(lines, rows, strict=True)


def _columns(row_type: Any) -> Mapping[str, tuple[Check, bool]]:
    """For each column its check and whether it may be missing."""
    hints = get_type_hints(row_type)
    return {
        column.name: (_check(hints[column.name]), column.default is not dataclasses.MISSING)
        for column in dataclasses.fields(row_type)
    }


def _check(hint: Any) -> Check:
    """A function that turns a cell into its value; it raises ValueError with the reason."""
    if hint is bool:
        return _as_bool
    if get_origin(hint) is tuple:
        return _as_list
    choices = [choice for choice in get_args(hint) if isinstance(choice, str)]
    return lambda cell: _as_text(cell, choices, is_optional=type(None) in get_args(hint))


def _as_bool(cell: Any) -> bool:
    if cell in (True, "true"):
        return True
    if cell in (False, "false", ""):
        return False
    raise ValueError("true or false is expected")


def _as_list(cell: Any) -> tuple[str, ...]:
    if isinstance(cell, list) and all(isinstance(part, str) and part == part.strip() != "" for part in cell):
        return tuple(cell)
    raise ValueError("a list of texts is expected")


def _as_text(cell: Any, choices: list[str], *, is_optional: bool) -> str | None:
    if is_optional and cell in ("", None):
        return None
    if not isinstance(cell, str) or cell == "":
        raise ValueError("a text is expected")
    if cell != cell.strip():
        raise ValueError("a space stands at an end")
    if choices and cell not in choices:
        raise ValueError(f"one of {', '.join(choices)} is expected")
    return cell


def _build(
    name: str, line: int, cells: Mapping[str, Any], row_type: type[Row], columns: Mapping[str, tuple[Check, bool]]
) -> Row:
    for column, value in cells.items():
        if column not in columns:
            raise VocabularyError(name, line, column, value, "no such column")
    values: dict[str, Any] = {}
    for column, (check, may_miss) in columns.items():
        if column not in cells and may_miss:
            continue
        try:
            values[column] = check(cells.get(column))
        except ValueError as error:
            raise VocabularyError(name, line, column, cells.get(column), str(error)) from error
    return row_type(**values)
