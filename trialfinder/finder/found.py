"""What a search found: ids in order, and the rows that exports and screens show, made when they are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from trialfinder.export.listing import Listing, Stamp
from trialfinder.finder.nearest import Floats, Mask, Rows
from trialfinder.finder.plain_words import STUDY_PAGE, distance_words, none_if_na, phase_words, status_words
from trialfinder.finder.search import Search
from trialfinder.finder.selecting import Corpus, place_mask
from trialfinder.places import Place
from trialfinder.wording import Language, render

CONTACT_PARTS = ("level", "name", "phone", "email")
SITE_PARTS = ("facility", "city", "state", "country")
STUDY_COLUMNS = (
    "overall_status", "phases", "kind", "conditions", "sponsor", "sex",
    "minimum_age_years", "maximum_age_years", "enrollment", "start_date", "last_update_date",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    `frame` has one row a trial, best first: nct_id, verdict, n_fits, n_ask, n_conflicts and, where a place was given,
    distance_km of the nearest open site. `hidden` counts what each default and filter left out; `notices` are
    sentences for the person (typos forgiven, what was hidden). `place` is None where none was given.
    """

    search: Search
    frame: pd.DataFrame
    study_rows: Rows
    place: Place | None
    hidden: Mapping[str, int]
    notices: tuple[str, ...]
    stamp: Stamp
    distances: Floats | None
    corpus: Corpus
    conflicts_of: Callable[[str], str]
    language: Language

    def __len__(self) -> int:
        """How many trials were found, those that conflict included."""
        return len(self.frame)

    @cached_property
    def n_may_fit(self) -> int:
        """How many of them may fit."""
        return int((self.frame["verdict"] == "may_fit").sum())

    def listing(self, limit: int | None = None) -> Listing:
        """The found trials and their sites as exports show them, at most `limit` trials.

        Where the search names countries, states or a distance, only the sites there are listed, whatever their status.
        """
        studies = self.trials(limit)
        return Listing(studies, self._site_rows(studies, self.study_rows[:limit]), self.stamp, self.notices)

    def trials(self, limit: int | None = None) -> pd.DataFrame:
        """The found trials alone, as `listing` has them: what a page of them shows, without the cost of their sites."""
        rows = self.study_rows[:limit]
        return self._study_rows(self.frame.head(len(rows)).reset_index(drop=True), rows)

    def _study_rows(self, frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
        studies = self.corpus.studies.iloc[rows].reset_index(drop=True)
        nearest = self._first_site(np.ones(len(self.corpus.sites.frame), dtype=bool))[rows]
        nearest_open = self._first_site(self.corpus.sites.is_open)[rows]
        parts = {
            "nct_id": frame["nct_id"],
            "brief_title": studies["brief_title"],
            "verdict": frame["verdict"].astype("str"),
            "n_fits": frame["n_fits"],
            "n_ask": frame["n_ask"],
            "n_conflicts": frame["n_conflicts"],
            "conflicts": self._conflicts(frame),
            **{name: studies[name] for name in STUDY_COLUMNS},
            "conditions": studies["conditions"].str.replace("|", "; ", regex=False),
            "interventions": self.corpus.intervention_names.reindex(frame["nct_id"]).reset_index(drop=True),
            "n_open_sites": pd.Series(self.corpus.sites.count_by_study(self.corpus.sites.is_open)[rows], dtype="int64"),
            **self._nearest("nearest_open", nearest_open),
            **self._nearest("nearest", nearest),
            **self._contact(studies, nearest_open),
            "url": STUDY_PAGE + frame["nct_id"].astype("str"),
        }
        table = pd.DataFrame(parts)
        return table.assign(**self._words(table))

    def _first_site(self, mask: Mask) -> Rows:
        """For each study its nearest site in the mask; one in the countries and states asked for goes first."""
        anywhere = self.corpus.sites.first_by_study(mask, self.distances)
        if not (self.search.countries or self.search.states):
            return anywhere
        there = self.corpus.sites.first_by_study(
            mask & place_mask(self.corpus.sites, self.search, self.distances), self.distances
        )
        return np.where(there >= 0, there, anywhere)

    def _conflicts(self, frame: pd.DataFrame) -> pd.Series:
        """For each trial what speaks against it, with the record's words; NA where nothing does."""
        has = frame["verdict"] == "conflict"
        texts = [
            self.conflicts_of(nct_id) if is_so else None for nct_id, is_so in zip(frame["nct_id"], has, strict=True)
        ]
        return pd.Series(texts, index=frame.index, dtype="str")

    def _words(self, table: pd.DataFrame) -> dict[str, list[str]]:
        """The columns that people read: verdict, status, phase, distance in words."""
        language = self.language
        return {
            "verdict_words": [render(f"verdicts.{verdict}", language) for verdict in table["verdict"]],
            "status_words": [status_words(none_if_na(value), language) for value in table["overall_status"]],
            "phase_words": [phase_words(none_if_na(value), language) for value in table["phases"]],
            "distance_words": [
                distance_words(none_if_na(value), language) for value in table["nearest_open_distance_km"]
            ],
        }

    def _nearest(self, prefix: str, positions: Rows) -> dict[str, pd.Series]:
        columns = {f"{prefix}_{part}": self._take(part, positions) for part in SITE_PARTS}
        columns[f"{prefix}_status"] = self._take("effective_status", positions)
        columns[f"{prefix}_distance_km"] = pd.Series(self._distance(positions), dtype="float64")
        return columns

    def _distance(self, positions: Rows) -> pd.Series:
        if self.distances is None or not len(self.distances):
            return pd.Series(np.full(len(positions), np.nan))
        values = np.where(positions >= 0, self.distances[positions], np.nan)
        return pd.Series(np.round(values, 1))

    def _take(self, column: str, positions: Rows) -> pd.Series:
        """The column of the sites at the positions; NA where the position is -1."""
        return (
            self.corpus.sites.frame[column]
            .reindex(pd.Index(np.where(positions >= 0, positions, -1)))
            .reset_index(drop=True)
        )

    def _contact(self, studies: pd.DataFrame, positions: Rows) -> dict[str, pd.Series]:
        """Whom to call: that of the nearest open site (which falls back to the study's), else the study's."""
        has_site = pd.Series(positions >= 0)
        names = [f"contact_{part}" for part in CONTACT_PARTS]
        return {name: self._take(name, positions).where(has_site, studies[name]) for name in names}

    def _site_rows(self, studies: pd.DataFrame, rows: Rows) -> pd.DataFrame:
        rank = np.full(self.corpus.sites.n_studies, -1)
        rank[rows] = np.arange(len(rows))
        in_reach = place_mask(self.corpus.sites, self.search, self.distances)
        picked = np.flatnonzero(np.isin(self.corpus.sites.study_rows, rows) & in_reach)
        distances = np.full(len(picked), np.nan) if self.distances is None else self.distances[picked]
        order = np.lexsort((picked, distances, rank[self.corpus.sites.study_rows[picked]]))
        sites = self.corpus.sites.frame.iloc[picked[order]].reset_index(drop=True)
        of_study = rank[self.corpus.sites.study_rows[picked[order]]]
        about = studies.iloc[of_study][["brief_title", "verdict", "overall_status", "url"]].reset_index(drop=True)
        place = ["facility", "city", "state", "postal_code", "country"]
        return pd.DataFrame(
            {
                "nct_id": sites["nct_id"],
                "brief_title": about["brief_title"],
                "verdict": about["verdict"],
                "overall_status": about["overall_status"],
                **{name: sites[name] for name in place},
                "site_status": sites["effective_status"],
                "is_open": pd.Series(self.corpus.sites.is_open[picked[order]], dtype="bool"),
                "distance_km": pd.Series(np.round(distances[order], 1), dtype="float64"),
                **{f"contact_{part}": sites[f"contact_{part}"] for part in CONTACT_PARTS},
                "url": about["url"],
                "status_words": [status_words(none_if_na(value), self.language) for value in sites["effective_status"]],
                "distance_words": [
                    distance_words(none_if_na(value), self.language) for value in np.round(distances[order], 1)
                ],
            }
        )
