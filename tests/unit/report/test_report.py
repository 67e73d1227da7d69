"""The page of plots: right numbers, nothing fetched, a table for every plot."""

import re

import pandas as pd
import pytest
from lxml import html

from trialfinder.finder import Finder, Search, open_finder
from trialfinder.report import build_report
from trialfinder.report.barriers import count_barriers
from trialfinder.report.figures import Row, build_figures, country_figure, month_figure, shares, subtype_figure
from trialfinder.report.world import dots, land_path
from trialfinder.wording import render


@pytest.fixture(scope="module")
def finder():
    with open_finder(is_demo=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(finder: Finder) -> str:
    return build_report(finder).decode()


def make_studies(**columns) -> pd.DataFrame:
    values = {"nct_id": ["NCT1", "NCT2"], "phases": ["PHASE2", None], "maximum_age_years": [75.0, None]}
    return pd.DataFrame(values | columns)


def make_facts(*rows: tuple) -> pd.DataFrame:
    names = ["nct_id", "key", "member", "minimum", "maximum"]
    return pd.DataFrame([(*row, *[None] * (5 - len(row))) for row in rows], columns=names).astype(
        {"minimum": float, "maximum": float}
    )


def test_a_trial_that_names_two_types_counts_under_both() -> None:
    facts = make_facts(("NCT1", "subtypes", "TNBC"), ("NCT1", "subtypes", "HR+/HER2-"))
    totals = {row.label: row.total for row in subtype_figure(make_studies(), facts, "en").rows}
    assert totals == {"HR+/HER2-": 1, "HR+/HER2+": 0, "HR-/HER2+": 0, "triple negative": 1, "No type named": 1}


def test_a_trial_without_a_phase_is_counted() -> None:
    figure = subtype_figure(make_studies(), make_facts(), "en")
    assert dict(zip(figure.heads, figure.rows[-1].parts, strict=True))["No phase"] == 1


def test_barriers_count_each_trial_once() -> None:
    facts = make_facts(
        ("NCT1", "brain_metastases", "excluded"),
        ("NCT1", "chemo_lines_metastatic", None, None, 2),
        ("NCT1", "chemo_lines_metastatic", None, None, 1),
        ("NCT2", "ecog_max", None, None, 2),
        ("NCT2", "ecog_max", None, None, 1),
    )
    counts = count_barriers(make_studies(), facts, "en")
    assert counts == {
        "No cancer in the brain": 1,
        "A limit to the lines of chemotherapy": 1,
        "Activity level (ECOG) of 0 or 1": 1,
        "An upper age limit": 1,
    }


def test_countries_beyond_the_first_are_one_row() -> None:
    sites = pd.DataFrame({"country": [f"Land {n:02d}" for n in range(18) for _ in range(18 - n)]})
    figure = country_figure(sites, "en")
    assert figure.rows[0] == Row("Land 00", (18,))
    assert figure.rows[-1] == Row("3 other countries", (1 + 2 + 3,))


def test_months_without_trials_are_zero_not_missing() -> None:
    studies = make_studies(first_posted_date=pd.to_datetime(["2026-10-05", "2020-01-01"]))
    figure = month_figure(studies, "2026-11-24", "en")
    assert [row.label for row in figure.rows[-2:]] == ["2026-10", "2026-11"]
    assert [row.total for row in figure.rows[-2:]] == [1, 0]
    assert len(figure.rows) == 24
    assert figure.n == 1


def test_a_store_without_a_date_has_no_months() -> None:
    assert month_figure(make_studies(first_posted_date=pd.to_datetime([None, None])), "", "en").rows == ()


def test_stacked_parts_follow_each_other() -> None:
    assert shares((2, 0, 3), 10) == [(0.0, 20.0), (20.0, 0.0), (20.0, 30.0)]


def test_places_are_dots_that_grow_with_their_sites() -> None:
    sites = pd.DataFrame({"latitude": [41.5, 41.5, 0.0, None], "longitude": [-81.7, -81.7, 10.0, None]})
    (x, y, large), (_, _, small) = dots(sites)
    assert (x, y) == (-81.5, -41.5)
    assert large > small


def test_the_page_counts_what_find_finds(finder: Finder, page: str) -> None:
    n = len(finder.search(Search()))
    assert build_figures(finder, "en")["subtypes"].n == n
    assert f"{n} trials are open" in page


def test_the_page_fetches_nothing_and_runs_nothing(page: str) -> None:
    assert "default-src 'none'" in page
    assert not re.findall(r"<script|<link|<img|<iframe|src=|url\(|@import|https?://", page)


def test_every_plot_has_a_table_and_the_drawings_a_name(page: str) -> None:
    tree = html.fromstring(page)
    assert len(tree.findall(".//section")) == len(tree.findall(".//table")) == 4
    assert all(table.findtext("caption") for table in tree.iter("table"))
    assert all(svg.get("aria-label") for svg in tree.iter("svg") if svg.get("role") == "img")
    assert all(cell.get("aria-hidden") == "true" for cell in tree.find_class("bar"))
    assert land_path().startswith("M")


def test_the_same_store_gives_the_same_bytes(finder: Finder, page: str) -> None:
    assert build_report(finder).decode() == page


def test_the_page_speaks_spanish(finder: Finder) -> None:
    page = build_report(finder, "es").decode()
    assert 'lang="es"' in page
    assert "Centros abiertos por país" in page
    assert render("demo.banner", "es") in page
