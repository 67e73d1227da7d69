"""What the app's data are, in numbers, and how well the criteria in them are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from trialfinder.finder import Finder
from trialfinder.vocab.registry_terms import open_statuses


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is. `n_not_read` is the number of trials whose entry rules could not be read."""

    n_studies: int
    n_open: int
    n_sites: int
    n_countries: int
    n_not_read: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How the reading of criteria did on trials that people read by hand, on a day.

    `exact` is the share of trials with the same answer, by fact. `wrong_no` is the share of people who could have
    joined and whom the reading would have kept out; `missed_no` the other way round.
    """

    day: str
    n_studies: int
    wrong_no: float
    missed_no: float
    exact: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Support:
    """A public body that explains cancer in plain words, in some languages and countries; `phone` where it answers."""

    name: str
    country: str
    languages: tuple[str, ...]
    url: str = ""
    phone: str = ""


def build_overview(finder: Finder) -> Overview:
    """The numbers of a finder's data."""
    studies, sites, facts = finder.corpus.studies, finder.sites.frame, finder.corpus.facts
    return Overview(
        n_studies=len(studies),
        n_open=int(studies["overall_status"].isin(list(open_statuses())).sum()),
        n_sites=len(sites),
        n_countries=int(sites["country"].nunique()),
        n_not_read=int(facts.loc[~facts["is_read"].astype(bool), "nct_id"].nunique()),
    )


@lru_cache(maxsize=1)
def load_accuracy() -> Accuracy | None:
    """The last measurement that was kept; None where there is none."""
    file = resources.files("trialfinder.ui").joinpath("accuracy.toml")
    return Accuracy(**tomllib.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


@lru_cache(maxsize=1)
def load_support() -> tuple[Support, ...]:
    """The public bodies, as they stand in the file."""
    rows = tomllib.loads(resources.files("trialfinder.ui").joinpath("support.toml").read_text(encoding="utf-8"))
    return tuple(Support(**row | {"languages": tuple(row["languages"])}) for row in rows["body"])
