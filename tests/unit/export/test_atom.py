"""Feeds keep to the format, and an entry keeps its id."""

from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from tests.unit.export.builders import NASTY, make_listing, make_row, make_stamp
from trialfinder.export import build_export
from trialfinder.export.changes import build_changes_export
from trialfinder.finder.changes import CHANGE_COLUMNS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """Ours, in the compact syntax."""
    pytest.importorskip("rnc2rng", reason="rnc2rng reads the schema; it comes with the development lock")
    return etree.RelaxNG.from_rnc_string(Path(__file__).with_name("atom.rnc").read_text("utf-8"))


def make_changes(*rows: dict) -> pd.DataFrame:
    """Changes with valid defaults."""
    values = {
        "nct_id": "NCT99000001", "brief_title": "Demo: one drug or another", "kind": "opened",
        "summary": "Opened to new people", "refreshed_at": "2026-11-21T08:00:00+00:00",
        "url": "https://clinicaltrials.gov/study/NCT99000001",
    }  # fmt: skip
    full = [dict.fromkeys(CHANGE_COLUMNS) | values | row for row in rows]
    return pd.DataFrame(full, columns=list(CHANGE_COLUMNS), dtype="str")


def ids(feed: bytes) -> list[str]:
    return [node.text for node in etree.fromstring(feed).iter(f"{ATOM}id")]


@pytest.mark.parametrize("title", ["A trial", *NASTY])
def test_a_list_as_a_feed_is_valid_whatever_the_title(schema: etree.RelaxNG, title: str) -> None:
    schema.assertValid(etree.fromstring(build_export(make_listing([make_row(brief_title=title)]), "atom")))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_changes_as_a_feed_are_valid(schema: etree.RelaxNG, lang: str) -> None:
    frame = make_changes({}, {"kind": "site_opened", "key": "Clinic, Köln"})
    schema.assertValid(etree.fromstring(build_changes_export(frame, "atom", make_stamp(lang=lang))))


def test_a_feed_of_nothing_is_valid(schema: etree.RelaxNG) -> None:
    schema.assertValid(etree.fromstring(build_changes_export(make_changes(), "atom", make_stamp())))
    schema.assertValid(etree.fromstring(build_export(make_listing([], data_timestamp=None), "atom")))


def test_the_schema_would_notice_a_feed_without_dates(schema: etree.RelaxNG) -> None:
    feed = etree.fromstring(build_export(make_listing(), "atom"))
    feed.remove(feed.find(f"{ATOM}updated"))
    assert not schema.validate(feed)


def test_two_changes_of_one_trial_have_two_ids_and_keep_them() -> None:
    frame = make_changes(
        {"kind": "opened"}, {"kind": "site_opened", "key": "Clinic A"}, {"kind": "site_opened", "key": "B"}
    )
    first = ids(build_changes_export(frame, "atom", make_stamp()))
    later = ids(build_changes_export(frame, "atom", make_stamp(data_timestamp="2026-12-01T09:00:00")))
    assert first == later
    assert len(set(first)) == 4


def test_two_searches_have_two_feeds() -> None:
    feeds = [
        build_changes_export(make_changes(), "atom", make_stamp(search=search)) for search in ("find", "find --all")
    ]
    assert ids(feeds[0]) != ids(feeds[1])


def test_a_feed_says_search_date_and_caution() -> None:
    subtitle = etree.fromstring(build_export(make_listing(is_demo=False), "atom")).findtext(f"{ATOM}subtitle")
    assert "Cleveland" in subtitle
    assert "2026-11-20" in subtitle
    assert "no medical advice" in subtitle
