"""What a search found: ids in order, and the rows that exports and screens show, made when they are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from trialfinder.export.listing import Listing, Stamp
from trialfinder.finder.nearest import Floats, Rows, SiteIndex
from trialfinder.finder.search import Search
from trialfinder.places import Place

URL = "https://clinicaltrials.gov/study/"
SITE_PARTS = ("facility", "city", "state", "country")
STUDY_COLUMNS = (
    "brief_title", "overall_status", "phases", "kind", "conditions", "interventions", "sponsor", "sex",
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
    studies: pd.DataFrame
    sites: SiteIndex
    distances: Floats | None
    say_conflicts: Callable[[list[str]], list[str]]
    say_words: Callable[[pd.DataFrame], pd.DataFrame]

    def __len__(self) -> int:
        """How many trials were found, those that conflict included."""
        return len(self.frame)

    @cached_property
    def n_may_fit(self) -> int:
        """How many of them may fit."""
        return int((self.frame["verdict"] == "may_fit").sum())

    def listing(self, limit: int | None = None) -> Listing:
        """The found trials and their sites as exports show them, at most `limit` trials."""
        rows = self.study_rows[:limit]
        studies = self._study_rows(self.frame.head(len(rows)).reset_index(drop=True), rows)
        return Listing(studies, self._site_rows(studies, rows), self.stamp, self.notices)

    def _study_rows(self, frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
        studies = self.studies.iloc[rows].reset_index(drop=True)
        nearest = self.sites.first_by_study(np.ones(len(self.sites.frame), dtype=bool), self.distances)[rows]
        nearest_open = self.sites.first_by_study(self.sites.is_open, self.distances)[rows]
        parts = {
            "nct_id": frame["nct_id"],
            **{name: studies[name] for name in STUDY_COLUMNS[:1]},
            "verdict": frame["verdict"],
            "n_fits": frame["n_fits"],
            "n_ask": frame["n_ask"],
            "n_conflicts": frame["n_conflicts"],
            "conflicts": pd.Series(self.say_conflicts(frame["nct_id"].tolist()), dtype="str"),
            **{name: studies[name] for name in STUDY_COLUMNS[1:]},
            "n_open_sites": pd.Series(self.sites.count_by_study(self.sites.is_open)[rows], dtype="int64"),
            **self._nearest("nearest_open", nearest_open),
            **self._nearest("nearest", nearest),
            **self._contact(studies, nearest_open),
            "url": URL + frame["nct_id"].astype("str"),
        }
        table = pd.DataFrame(parts)
        return pd.concat([table, self.say_words(table)], axis=1)

    def _nearest(self, prefix: str, positions: Rows) -> dict[str, pd.Series]:
        columns = {f"{prefix}_{part}": self._take(part, positions) for part in SITE_PARTS}
        columns[f"{prefix}_status"] = self._take("effective_status", positions)
        columns[f"{prefix}_distance_km"] = pd.Series(self._distance(positions), dtype="Float64")
        return columns

    def _distance(self, positions: Rows) -> pd.Series:
        if self.distances is None or not len(self.distances):
            return pd.Series(np.full(len(positions), np.nan))
        values = np.where(positions >= 0, self.distances[positions], np.nan)
        return pd.Series(np.round(values, 1))

    def _take(self, column: str, positions: Rows) -> pd.Series:
        """The column of the sites at the positions; NA where the position is -1."""
        return (
            self.sites.frame[column].reindex(pd.Index(np.where(positions >= 0, positions, -1))).reset_index(drop=True)
        )

    def _contact(self, studies: pd.DataFrame, positions: Rows) -> dict[str, pd.Series]:
        """Whom to call: the site's contact, else the study's central contact, else the sponsor; labelled which."""
        site = {part: self._take(f"contact_{part}", positions) for part in ("name", "phone", "email")}
        has_site = pd.concat([site["phone"].notna() | site["email"].notna()], axis=1).any(axis=1)
        central = {part: studies[f"central_contact_{part}"] for part in ("name", "phone", "email")}
        has_central = central["phone"].notna() | central["email"].notna() | central["name"].notna()
        level = pd.Series(np.where(has_site, "site", np.where(has_central, "central", "sponsor")), dtype="str")
        parts = {part: site[part].where(has_site, central[part]) for part in ("name", "phone", "email")}
        parts["name"] = parts["name"].where(level != "sponsor", studies["sponsor"])
        return {"contact_level": level, **{f"contact_{part}": values for part, values in parts.items()}}

    def _site_rows(self, studies: pd.DataFrame, rows: Rows) -> pd.DataFrame:
        rank = pd.Series(np.arange(len(rows)), index=rows)
        picked = np.flatnonzero(np.isin(self.sites.study_rows, rows))
        distances = np.full(len(picked), np.nan) if self.distances is None else self.distances[picked]
        order = np.lexsort((picked, distances, rank.loc[self.sites.study_rows[picked]].to_numpy()))
        sites = self.sites.frame.iloc[picked[order]].reset_index(drop=True)
        of_study = rank.loc[self.sites.study_rows[picked[order]]].to_numpy()
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
                "is_open": pd.Series(self.sites.is_open[picked[order]], dtype="bool"),
                "distance_km": pd.Series(np.round(distances[order], 1), dtype="Float64"),
                **{f"contact_{part}": sites[f"contact_{part}"] for part in ("name", "phone", "email")},
                "url": about["url"],
            }
        )
