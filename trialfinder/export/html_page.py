"""A page to print or carry away: one self-contained HTML file, nothing fetched, registry text escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from trialfinder.export.json_file import records
from trialfinder.export.listing import Listing
from trialfinder.export.markdown import summary_lines
from trialfinder.wording import render
from trialfinder.wording.visible import visible


@dataclass(frozen=True, slots=True)
class Detail:
    """What the page says of one trial beyond its row, in words: (sentence, quote) pairs, questions, sites, a note."""

    fits: Sequence[tuple[str, str]] = ()
    conflicts: Sequence[tuple[str, str]] = ()
    questions: Sequence[tuple[str, str]] = ()
    doctor: Sequence[tuple[str, str]] = ()
    sites: Sequence[str] = ()
    note: str = ""


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("trialfinder.export"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def build_html(listing: Listing, details: Mapping[str, Detail] | None = None, title: str | None = None) -> bytes:
    """The list as one HTML file with print rules for A4 and Letter.

    `details` (by NCT number) adds why a trial may fit, what speaks against it and what to ask. The language of the
    page is the stamp's; registry text stays as it is.
    """
    lang, stamp = listing.stamp.lang, listing.stamp
    trials = [
        {"row": row, "lines": summary_lines(row, lang), "detail": (details or {}).get(str(row["nct_id"]))}
        for row in records(listing.studies)
    ]
    page = (
        _environment()
        .get_template("list.html")
        .render(
            lang=lang,
            title=title or listing.heading,
            trials=trials,
            stamp=stamp,
            search=render("lists.search", lang, search=stamp.search),
            notices=listing.notices,
            say=lambda code: render(code, lang),
        )
    )
    return visible(page).encode("utf-8")
