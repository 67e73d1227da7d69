"""Markdown for a newsletter, with registry text that cannot become markup."""

import re

from trialfinder.export.cells import plain
from trialfinder.export.json_file import records
from trialfinder.export.listing import Listing
from trialfinder.vocab.registry_terms import country_label
from trialfinder.wording import Language, render
from trialfinder.wording.visible import visible

SPECIAL = re.compile(r"([\\`*_{}\[\]#!|<>~$&@]|:(?=\S)|-(?=-)|\((?<=\]\()|(?<=www)\.)", re.IGNORECASE)
"""What Markdown, its math, its shorthands and its links from bare addresses read within a line."""


def escape(text: str) -> str:
    """The text on one line, with every sign escaped that would be read there; it must not begin a line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def build_markdown(listing: Listing) -> bytes:
    """A heading with the data's date, one part a trial, best first, then the search and the caution."""
    lang, stamp = listing.stamp.lang, listing.stamp
    origin = escape(stamp.origin)
    parts = [f"# {escape(listing.heading)}", f"**{origin}**" if stamp.is_demo else origin]
    parts += [_trial(row, lang) for row in records(listing.studies)] or [_line("lists.nothing", lang)]
    parts += ["---", _line("lists.search", lang, search=stamp.search), escape(stamp.caution)]
    return visible("\n\n".join(parts) + "\n").encode("utf-8")


def _line(code: str, lang: Language, **parts: str) -> str:
    return escape(render(code, lang, **parts))


def _trial(row: dict[str, object], lang: Language) -> str:
    lines = [f"## {escape(plain(row['brief_title']))}", f"[{row['nct_id']}]({row['url']})"]
    lines += [f"- {escape(label)}: {escape(value)}" for label, value in summary_lines(row, lang)]
    return "\n".join([lines[0], "", lines[1], "", *lines[2:]])


def summary_lines(row: dict[str, object], lang: Language) -> list[tuple[str, str]]:
    """(label, value) pairs in words that a list for people shows of one trial; what is absent is left out."""
    country = country_label(str(row["nearest_open_country"] or ""), lang)
    parts = [row[f"nearest_open_{part}"] for part in ("facility", "city", "state")]
    site = ", ".join(plain(part) for part in (*parts, country) if part)
    contact = ", ".join(plain(row[f"contact_{part}"]) for part in ("name", "phone", "email") if row[f"contact_{part}"])
    pairs = [
        (render("labels.verdict", lang), plain(row["verdict_words"])),
        (render("labels.overall_status", lang), plain(row["status_words"])),
        (render("labels.phase", lang), plain(row["phase_words"])),
        (render("labels.interventions", lang), plain(row["interventions"])),
        (render("labels.nearest_open_site" if row["distance_words"] else "labels.open_site", lang), site),
        (render("labels.distance", lang), plain(row["distance_words"])),
        (render("labels.contact", lang), contact),
        (render("labels.conflicts", lang), plain(row["conflicts"])),
    ]
    return [(label, value) for label, value in pairs if value]
