"""The numbers behind the plots, counted from the tables of one store. No drawing here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from trialfinder.finder import Finder, Search
from trialfinder.finder.nearest import Mask
from trialfinder.finder.plain_words import phase_words
from trialfinder.finder.selecting import select
from trialfinder.model.facts import SUBTYPES
from trialfinder.report.barriers import count_barriers
from trialfinder.vocab.registry_terms import country_label
from trialfinder.wording import Language, render

PHASES = ("EARLY_PHASE1", "PHASE1", "PHASE1|PHASE2", "PHASE2", "PHASE2|PHASE3", "PHASE3", "PHASE4")
N_COUNTRIES = 15
N_BARRIERS = 15
N_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a plot and of its table; `parts` are the numbers of its columns."""

    label: str
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot as numbers: its code in the wording, the heads of the columns, the rows; `n` is what was counted."""

    code: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    n: int

    @property
    def largest(self) -> int:
        """The longest bar, at least 1."""
        return max((row.total for row in self.rows), default=0) or 1


def build_figures(finder: Finder, language: Language) -> dict[str, Figure]:
    """The four figures by their code: subtypes, countries, barriers, months."""
    corpus = finder.corpus
    is_open = select(corpus, Search(), {}, None).mask
    is_ours = select(corpus, Search(), {}, None, ignored=("default_status",)).mask
    figures = (
        subtype_figure(corpus.studies[is_open], corpus.facts, language),
        country_figure(open_sites(finder, is_open), language),
        barrier_figure(corpus.studies[is_open], corpus.facts, language),
        month_figure(corpus.studies[is_ours], finder.stamp(Search(), language).data_date, language),
    )
    return {figure.code: figure for figure in figures}


def open_sites(finder: Finder, is_kept: Mask) -> pd.DataFrame:
    """The open sites of the kept studies."""
    sites = finder.corpus.sites
    return sites.frame[sites.is_open & is_kept[sites.study_rows]]


def subtype_figure(studies: pd.DataFrame, facts: pd.DataFrame, language: Language) -> Figure:
    """Trials by the type of breast cancer they name and by phase; one that names several counts under each."""
    named = facts[(facts["key"] == "subtypes") & facts["nct_id"].isin(studies["nct_id"])].groupby("member")["nct_id"]
    groups = {subtype: set(named.get_group(subtype)) if subtype in named.groups else set() for subtype in SUBTYPES}
    silent = set(studies["nct_id"]).difference(*groups.values())
    phases = dict(zip(studies["nct_id"], studies["phases"].fillna(""), strict=True))
    labels = {subtype: render(f"values.subtypes_short.{subtype}", language) for subtype in SUBTYPES}
    rows = [Row(labels[subtype], _by_phase(groups[subtype], phases)) for subtype in SUBTYPES]
    rows.append(Row(render("report.subtypes.silent", language), _by_phase(silent, phases)))
    heads = (*(phase_words(phase, language) for phase in PHASES), render("report.subtypes.no_phase", language))
    return Figure("subtypes", heads, tuple(rows), len(studies))


def _by_phase(nct_ids: set[str], phases: Mapping[str, str]) -> tuple[int, ...]:
    counts = Counter(phases[nct_id] for nct_id in nct_ids)
    known = [counts[phase] for phase in PHASES]
    return (*known, sum(counts.values()) - sum(known))


def country_figure(sites: pd.DataFrame, language: Language) -> Figure:
    """Open sites by country, the most first; the rest is one row."""
    counts = sorted(Counter(sites["country"].dropna()).items(), key=lambda item: (-item[1], item[0]))
    rows = [Row(country_label(name, language), (n,)) for name, n in counts[:N_COUNTRIES]]
    if rest := counts[N_COUNTRIES:]:
        others = render("report.countries.others", language, n=len(rest))
        rows.append(Row(others, (sum(n for _, n in rest),)))
    return Figure("countries", (render("report.countries.head", language),), tuple(rows), len(sites))


def barrier_figure(studies: pd.DataFrame, facts: pd.DataFrame, language: Language) -> Figure:
    """What keeps people out most: how many trials ask it, the most first."""
    counts = count_barriers(studies, facts, language)
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:N_BARRIERS]
    head = render("report.barriers.head", language)
    return Figure("barriers", (head,), tuple(Row(label, (n,)) for label, n in most), len(studies))


def month_figure(studies: pd.DataFrame, data_date: str, language: Language) -> Figure:
    """Trials by the month in which the registry first posted them, the last `N_MONTHS` up to the data's date."""
    head = (render("report.months.head", language),)
    if not data_date:
        return Figure("months", head, (), 0)
    months = pd.period_range(end=pd.Period(data_date, freq="M"), periods=N_MONTHS, freq="M")
    counts = Counter(studies["first_posted_date"].dropna().dt.strftime("%Y-%m"))
    rows = tuple(Row(str(month), (counts[str(month)],)) for month in months)
    return Figure("months", head, rows, sum(row.total for row in rows))


def shares(parts: Sequence[int], largest: int) -> list[tuple[float, float]]:
    """(start, width) of each part of a stacked bar, in percent of the longest bar."""
    starts = [sum(parts[:number]) for number in range(len(parts))]
    return [(round(100 * at / largest, 2), round(100 * n / largest, 2)) for at, n in zip(starts, parts, strict=True)]
