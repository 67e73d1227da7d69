"""Free text: the words of a search to the studies that hold all of them."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find_text", "load_vocabulary_counts", "write_search"]

MIN_PREFIX = 3
"""Shorter words are looked up whole: half of all words begin with any given two letters."""

TITLE, NAMES, BODY = 10.0, 5.0, 1.0
"""How much a word counts where it stands: titles, names (conditions, treatments), all other text."""

TITLES = ("brief_title", "official_title", "acronym")
NAME_COLUMNS = ("conditions", "keywords", "sponsor")
TEXTS = ("brief_summary", "detailed_description", "eligibility_text")

SearchRow = tuple[str, str, str, str]


def write_search(db: sqlite3.Connection, frames: Mapping[str, "pd.DataFrame"]) -> None:
    """Index the texts of all studies anew, within the caller's transaction."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    db.execute("DELETE FROM search_rows")
    for number, (nct_id, title, names, body) in enumerate(_rows(frames), 1):
        db.execute("INSERT INTO search_rows VALUES (?, ?)", (number, nct_id))
        db.execute("INSERT INTO search (rowid, title, names, body) VALUES (?, ?, ?, ?)", (number, title, names, body))


def find_text(db: sqlite3.Connection, words: str) -> dict[str, float]:
    """The studies that hold every word, or a longer one beginning with it; the lower the rank, the better.

    Any text may be asked for: what is no word is left out, and no sign of it is an operator.
    """
    query = _query(words)
    if not query:
        return {}
    sql = f"""SELECT nct_id, bm25(search, {TITLE}, {NAMES}, {BODY}) FROM search
        JOIN search_rows ON search_rows.row = search.rowid WHERE search MATCH ?"""  # noqa: S608 - our own numbers
    return dict(db.execute(sql, (query,)).fetchall())


def load_vocabulary_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Every word of the indexed texts, as the index folds it, and in how many studies it stands."""
    return dict(db.execute("SELECT term, doc FROM search_words").fetchall())


def _rows(frames: Mapping[str, "pd.DataFrame"]) -> Iterator[SearchRow]:
    """Number, titles, names and other text of each study."""
    treated: dict[str, list[str]] = {}
    for nct_id, texts in _texts(frames["interventions"], ("name", "other_names")):
        treated.setdefault(nct_id, []).append(texts)
    parts = (_texts(frames["studies"], columns) for columns in (TITLES, NAME_COLUMNS, TEXTS))
    for (nct_id, titles), (_, names), (_, body) in zip(*parts, strict=True):
        yield nct_id, titles, "\n".join([names, *treated.get(nct_id, [])]), body


def _texts(frame: "pd.DataFrame", columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Number and joined texts of each row, in its order."""
    cells = (frame[column].fillna("").tolist() for column in columns)
    return zip(frame["nct_id"].tolist(), map("\n".join, zip(*cells, strict=True)), strict=True)


def _query(words: str) -> str:
    clean = words.encode("utf-8", "ignore").decode().replace("\0", " ")
    tokens = [token for token in re.split(r"[\s\"]+", clean) if re.search(r"\w", token) and token.strip("_")]
    return " AND ".join(f'"{token}"*' if len(token) >= MIN_PREFIX else f'"{token}"' for token in dict.fromkeys(tokens))
