"""The order in which trials are shown: documented, total, and the same whatever order they came in."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

TREATING_KINDS = ("treatment", "access")
"""Kinds that treat the cancer: they come before surveys and registries unless other kinds were asked for."""

Key = npt.NDArray[np.generic]


def order(studies: pd.DataFrame, *, kinds_asked: bool = False) -> pd.DataFrame:
    """The studies, best first, with a new index. Columns that are absent (no profile, no place) decide nothing.

    In turn: may fit before conflict (`verdict`); treating kinds first unless `kinds_asked` (`kind`); more confirmed
    (`confirmed_weight`); fewer asks (`n_ask`); nearest open site (`distance_km`, none last); most recently updated
    (`last_update_date`, none last); NCT number (`nct_id`).
    """
    keys = [
        _keyed(studies, "verdict", lambda values: (values == "conflict").to_numpy()),
        None if kinds_asked else _keyed(studies, "kind", lambda values: ~values.isin(TREATING_KINDS).to_numpy()),
        _keyed(studies, "confirmed_weight", lambda values: -values.to_numpy(dtype=np.int64)),
        _keyed(studies, "n_ask", lambda values: values.to_numpy(dtype=np.int64)),
        _keyed(studies, "distance_km", _nearest_first),
        _keyed(studies, "last_update_date", _newest_first),
        studies["nct_id"].to_numpy(dtype=object).astype(str),
    ]
    positions = np.lexsort([key for key in reversed(keys) if key is not None])
    return studies.iloc[positions].reset_index(drop=True)


def _keyed(studies: pd.DataFrame, column: str, key: Callable[[pd.Series], Key]) -> Key | None:
    return key(studies[column]) if column in studies else None


def _nearest_first(values: pd.Series) -> Key:
    return values.to_numpy(dtype=float, na_value=np.inf)


def _newest_first(values: pd.Series) -> Key:
    days = pd.to_datetime(values).to_numpy(dtype="datetime64[D]")
    newest_first = -days.astype(np.int64)
    return np.where(np.isnat(days), np.iinfo(np.int64).max, newest_first)
