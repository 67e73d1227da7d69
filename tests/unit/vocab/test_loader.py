"""Rows of data files: what is right becomes an object, what is wrong is named."""

from dataclasses import dataclass
from typing import Literal

import pytest

from trialfinder.vocab import VocabularyError
from trialfinder.vocab.loader import data_files, load_text, read_rows_of


@dataclass(frozen=True)
class Row:
    name: str
    kind: Literal["a", "b"]
    note: str | None
    is_new: bool
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tagged:
    tags: tuple[str, ...]


def test_a_csv_row_becomes_an_object():
    """An empty optional cell is None, an empty flag is false, a missing column its default."""
    rows = read_rows_of("x.csv", "name,kind,note,is_new\nfirst,a,,true\nsecond,b,said,\n", Row)
    assert rows == (Row("first", "a", None, is_new=True), Row("second", "b", "said", is_new=False))


def test_a_toml_row_becomes_an_object():
    """Lists are tuples, flags are flags."""
    text = '[[row]]\nname = "n"\nkind = "a"\nis_new = true\ntags = ["x", "y"]\n'
    assert read_rows_of("x.toml", text, Row) == (Row("n", "a", None, is_new=True, tags=("x", "y")),)


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        (",a,,true", "name", "a text is expected"),
        (" n,a,,true", "name", "a space stands at an end"),
        ("n,c,,true", "kind", "one of a, b is expected"),
        ("n,a,,maybe", "is_new", "true or false is expected"),
    ],
)
def test_a_wrong_cell_is_named_with_file_line_column_and_value(cells, column, why):
    """So that it can be found and mended."""
    with pytest.raises(VocabularyError, match=rf"^x\.csv:2: column '{column}' holds .*: {why}$"):
        read_rows_of("x.csv", f"name,kind,note,is_new\n{cells}\n", Row)


def test_a_wrong_list_and_an_unknown_column_are_named():
    """In TOML too, by the row's own line."""
    with pytest.raises(VocabularyError, match=r"x\.toml:3: column 'tags' holds 'x': a list of texts is expected"):
        read_rows_of("x.toml", '[[row]]\ntags = ["y"]\n[[row]]\ntags = "x"\n', Tagged)
    with pytest.raises(VocabularyError, match=r"x\.csv:2: column 'more' holds 'y': no such column"):
        read_rows_of("x.csv", "name,kind,note,is_new,more\nx,a,,true,y\n", Row)
    with pytest.raises(VocabularyError, match="an array of tables is expected"):
        read_rows_of("x.toml", "row = 1\n", Row)


def test_every_data_file_can_be_listed_and_holds_rows():
    """Sorted by name."""
    names = data_files()
    assert names == tuple(sorted(names))
    assert all(len(load_text(name).splitlines()) > 1 for name in names)
