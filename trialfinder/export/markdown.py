"""Markdown for a newsletter, with registry text that cannot become markup."""

import re

from trialfinder.export.cells import plain
from trialfinder.export.json_file import records
from trialfinder.export.listing import Listing
from trialfinder.wording import Language, render

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@=/])")


def escape(text: str) -> str:
    """The text with every sign that Markdown, its math or its extensions would read escaped, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def build_markdown(listing: Listing) -> bytes:
    """One paragraph a trial, best first, with the data's date, the search and the caution at the end."""
    lang, stamp = listing.stamp.lang, listing.stamp
    parts = [_trial(row, lang) for row in records(listing.studies)]
    footer = [
        "---",
        escape(render("lists.search", lang, search=stamp.search)),
        escape(render("lists.data_date", lang, date=plain(stamp.data_timestamp))),
        escape(stamp.caution),
    ]
    if stamp.is_demo:
        footer.insert(1, escape(render("demo.banner", lang)))
    return ("\n\n".join([*parts, *footer]) + "\n").encode("utf-8")


def _trial(row: dict[str, object], lang: Language) -> str:
    lines = [f"### {escape(plain(row['brief_title']))}", f"[{row['nct_id']}]({row['url']})"]
    lines += [f"- {escape(label)}: {escape(value)}" for label, value in summary_lines(row, lang)]
    return "\n".join([lines[0], "", lines[1], "", *lines[2:]])


def summary_lines(row: dict[str, object], lang: Language) -> list[tuple[str, str]]:
    """(label, value) pairs in words that a list for people shows of one trial; what is absent is left out."""
    site = ", ".join(
        plain(row[f"nearest_open_{part}"])
        for part in ("facility", "city", "state", "country")
        if row[f"nearest_open_{part}"]
    )
    contact = ", ".join(plain(row[f"contact_{part}"]) for part in ("name", "phone", "email") if row[f"contact_{part}"])
    pairs = [
        (render("labels.verdict", lang), plain(row["verdict_words"])),
        (render("labels.overall_status", lang), plain(row["status_words"])),
        (render("labels.phase", lang), plain(row["phase_words"])),
        (render("labels.interventions", lang), plain(row["interventions"])),
        (render("labels.nearest_open_site", lang), site),
        (render("labels.distance", lang), plain(row["distance_words"])),
        (render("labels.contact", lang), contact),
        (render("labels.conflicts", lang), plain(row["conflicts"])),
    ]
    return [(label, value) for label, value in pairs if value]
