"""An Atom feed (RFC 4287): one entry a trial or a change, the same bytes for the same data."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from feedgen.feed import FeedGenerator

from trialfinder.export.cells import plain
from trialfinder.export.json_file import records
from trialfinder.export.listing import Listing, Stamp
from trialfinder.export.markdown import summary_lines
from trialfinder.wording import render
from trialfinder.wording.visible import visible

NAMESPACE = uuid.UUID("6a1d2f0e-6c39-5c53-9a55-4f0d7c1b8e21")  # our own; an entry keeps its id for ever
EPOCH = "2000-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `key` makes its id, and never changes; `updated` is an ISO 8601 time or date; texts are plain."""

    key: str
    title: str
    url: str
    updated: str
    text: str


def build_atom(entries: Iterable[Entry], *, title: str, key: str, stamp: Stamp) -> bytes:
    """The feed as bytes. `key` names the search, so that two feeds have two ids."""
    feed = FeedGenerator()
    feed.id(_id(key))
    feed.title(title)
    feed.author({"name": "trialfinder"})
    feed.link(href="https://clinicaltrials.gov/", rel="related")
    feed.subtitle(_about(stamp))
    feed.language(stamp.lang)
    feed.generator("trialfinder")
    feed.updated(_moment(stamp.data_timestamp))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(_id(entry.key))
        item.title(_legal(entry.title))
        item.link(href=entry.url, rel="alternate")
        item.updated(_moment(entry.updated))
        item.content(_legal(entry.text), type="text")
    return bytes(feed.atom_str(pretty=True))


def _id(key: str) -> str:
    """An id that is the same for the same key, and a valid address whatever the key holds."""
    return uuid.uuid5(NAMESPACE, key).urn


def _about(stamp: Stamp) -> str:
    """The search, the data's date and the caution."""
    return _legal(" ".join([render("lists.search", stamp.lang, search=stamp.search), stamp.origin, stamp.caution]))


def _moment(text: str | None) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text or EPOCH)
    except ValueError:
        moment = dt.datetime.fromisoformat(EPOCH)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _legal(text: str) -> str:
    """The text without what XML forbids and what a screen obeys."""
    return visible(text).translate({0xFFFE: None, 0xFFFF: None})


def build_listing_feed(listing: Listing) -> bytes:
    """A found list as a feed: one entry a trial, dated by the trial's last update."""
    lang, stamp = listing.stamp.lang, listing.stamp
    entries = [
        Entry(
            key=f"study/{row['nct_id']}",
            title=plain(row["brief_title"]),
            url=plain(row["url"]),
            updated=plain(row["last_update_date"]),
            text="\n".join(f"{label}: {value}" for label, value in summary_lines(row, lang)),
        )
        for row in records(listing.studies)
    ]
    return build_atom(entries, title=listing.heading, key=f"find/{stamp.search}", stamp=stamp)
