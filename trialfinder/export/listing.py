"""What an export is made of: the rows that were found, and where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trialfinder.wording import Language, render


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where and when the rows come from; stands in every export.

    `data_timestamp` is the registry's own time of its data, `refreshed_at` our time of the refresh (both ISO 8601
    texts; None where there was no refresh). `search` is the search as a command-line text, `search_options` the
    same as JSON-ready values. `caution` is the sentence that this is no medical advice, in `lang`.
    """

    data_timestamp: str | None
    refreshed_at: str | None
    is_demo: bool
    search: str
    caution: str
    lang: Language = "en"
    search_options: Mapping[str, object] = field(default_factory=dict)

    @property
    def data_date(self) -> str:
        """The day of the registry's data for people, "" where there is none."""
        return (self.data_timestamp or "")[:10]

    @property
    def origin(self) -> str:
        """Where the trials come from, as a sentence: the registry and its day, or that they are invented."""
        if self.is_demo:
            return render("demo.banner", self.lang)
        return render("lists.data_date", self.lang, date=self.data_date)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of found trials, ready to be written: one row a study, and one row a site of them, best first.

    `title` heads it where people read it; "" gives it the usual words.
    """

    studies: pd.DataFrame
    sites: pd.DataFrame
    stamp: Stamp
    notices: tuple[str, ...] = ()
    title: str = ""

    @property
    def heading(self) -> str:
        """What stands above the list, in its language."""
        return self.title or render("lists.title", self.stamp.lang)

    def rows(self, kind: str) -> pd.DataFrame:
        """The frame of `studies` or `sites`, with the stamp's columns at the end, as CSV and Parquet carry them."""
        frame = self.sites if kind == "sites" else self.studies
        return frame.assign(
            data_timestamp=pd.Series(self.stamp.data_timestamp, index=frame.index, dtype="str"),
            refreshed_at=pd.Series(self.stamp.refreshed_at, index=frame.index, dtype="str"),
            is_demo=pd.Series(self.stamp.is_demo, index=frame.index, dtype="bool"),
            search=pd.Series(self.stamp.search, index=frame.index, dtype="str"),
            caution=pd.Series(self.stamp.caution, index=frame.index, dtype="str"),
        )
