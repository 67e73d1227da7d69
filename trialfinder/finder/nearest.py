"""The sites of all studies as arrays: which are open, how far each is, which is the nearest of each study."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from trialfinder.places import distances_to_vectors_km, unit_vectors

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """All sites, sorted by study. `study_rows` are positions in the studies frame; `frame` has the same order.

    `vectors` are unit vectors of the cities' centres (NaN where the registry gives no point).
    """

    frame: pd.DataFrame
    study_rows: Rows
    starts: Rows
    vectors: Floats
    is_open: Mask
    n_studies: int

    def any_by_study(self, mask: Mask) -> Mask:
        """For each study, whether any of its sites is in the mask."""
        found = np.zeros(self.n_studies, dtype=bool)
        found[self.study_rows[mask]] = True
        return found

    def count_by_study(self, mask: Mask) -> Rows:
        """For each study, how many of its sites are in the mask."""
        return np.bincount(self.study_rows[mask], minlength=self.n_studies)

    def distances_km(self, latitude: float, longitude: float) -> Floats:
        """The great-circle distance of every site in km; NaN where the registry gives no point."""
        return distances_to_vectors_km(latitude, longitude, self.vectors)

    def first_by_study(self, mask: Mask, distances: Floats | None = None) -> Rows:
        """For each study the position of its nearest site in the mask, the first among equals; -1 is none.

        Without distances, or where no site of the study has one, it is the first site in the mask.
        """
        chosen = np.full(self.n_studies, -1, dtype=np.int64)
        if not len(self.study_rows):
            return chosen
        cost = np.zeros(len(self.study_rows)) if distances is None else np.where(np.isnan(distances), 1e9, distances)
        cost = np.where(mask, cost, np.inf)
        least = np.minimum.reduceat(cost, self.starts)
        counts = np.diff(np.append(self.starts, len(cost)))
        hits = np.flatnonzero((cost == np.repeat(least, counts)) & mask)
        rows, first = np.unique(self.study_rows[hits], return_index=True)
        chosen[rows] = hits[first]
        return chosen


def build_site_index(sites: pd.DataFrame, nct_ids: pd.Index) -> SiteIndex:
    """The index of `sites` over studies in the order of `nct_ids`; sites of other studies are left out."""
    rows = nct_ids.get_indexer(pd.Index(sites["nct_id"]))
    order = np.argsort(rows, kind="stable")
    order = order[rows[order] >= 0]
    frame = sites.take(order).reset_index(drop=True)
    study_rows = rows[order].astype(np.int64)
    return SiteIndex(
        frame=frame,
        study_rows=study_rows,
        starts=np.flatnonzero(np.diff(study_rows, prepend=-1)),
        vectors=unit_vectors(frame["latitude"].to_numpy(float), frame["longitude"].to_numpy(float)),
        is_open=frame["is_open"].to_numpy(bool),
        n_studies=len(nct_ids),
    )
