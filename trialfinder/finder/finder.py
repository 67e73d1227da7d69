"""The finder: one store's tables, held once, and the searches over them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

import numpy as np
import pandas as pd

from trialfinder.errors import UnknownName, UsageError
from trialfinder.export.listing import Stamp
from trialfinder.finder.asking import FindOptions, build_search
from trialfinder.finder.assessing import assess_one
from trialfinder.finder.changes import (
    LAST,
    Change,
    Changes,
    IsNear,
    build_changes,
    changes_of,
    first_refresh_since,
    registry_changes,
)
from trialfinder.finder.drugs import resolve_drug
from trialfinder.finder.found import Found
from trialfinder.finder.nearest import Floats, Mask, SiteIndex, build_site_index
from trialfinder.finder.one_study import by_distance, site_distance_km
from trialfinder.finder.search import Search
from trialfinder.finder.selecting import Corpus, Selection, select
from trialfinder.finder.view import TrialView, checked_nct_id
from trialfinder.finder.words import MOST_WORDS, correct_words, first_words
from trialfinder.matching import Known, filters
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import EncodedFacts, encode_facts
from trialfinder.matching.order import order
from trialfinder.matching.vocabularies import load_words
from trialfinder.model import EligibilityFacts, PatientProfile, Site
from trialfinder.places import Place, find_place
from trialfinder.store import Store
from trialfinder.tables import TABLES, build_study, nct_id_of
from trialfinder.vocab import Vocabulary
from trialfinder.wording import Language, Message, render

DRUGS_KEPT = 64


class Finder:
    """Searches one store. Its tables are loaded once and never changed, so that many sessions may share a finder."""

    def __init__(self, store: Store, vocabulary: Vocabulary, *, is_demo: bool = False) -> None:
        """Take an open store; tables are loaded when they are first needed."""
        self._store = store
        self._vocabulary = vocabulary
        self.is_demo = is_demo

    def __enter__(self) -> Self:
        """Use the finder in a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    @property
    def store_path(self) -> Path:
        """Where the store lies."""
        return self._store.path

    @cached_property
    def corpus(self) -> Corpus:
        """The tables that searches look through."""
        studies = self._store.load_table("studies")
        sites = build_site_index(self._store.load_table("sites"), pd.Index(studies["nct_id"]))
        return Corpus(studies, self._store.load_table("facts"), self._store.load_table("interventions"), sites)

    @cached_property
    def encoded(self) -> EncodedFacts:
        """What all studies ask, as columns."""
        return encode_facts(self.corpus.facts, self.corpus.studies)

    @cached_property
    def rows(self) -> "pd.Index[Any]":
        """The NCT numbers in the order of the studies table."""
        return self.corpus.studies.set_index("nct_id").index

    def stamp(self, search: Search, language: Language) -> Stamp:
        """Where and when the data come from."""
        info = self._store.info()
        return Stamp(
            data_timestamp=info.data_timestamp,
            refreshed_at=info.refreshed_at,
            is_demo=self.is_demo,
            search=search.command(),
            caution=render("cautions.long", language),
            lang=language,
            search_options=search.options(),
        )

    def find(
        self, search: Search | None = None, language: Language = "en", **options: Unpack[FindOptions]
    ) -> pd.DataFrame:
        """The trials of a search, or of the options of `trialfinder find`, as one table, best first.

        It is the table that `--format csv` writes, with the columns of `trialfinder columns` under `find`; its `attrs`
        hold the notices. Raises UsageError and UnknownName for what cannot be taken.
        """
        if search is not None and options:
            raise UsageError("Give a Search, or the options of one, not both.")
        asked, messages = (search, []) if search is not None else build_search(options)
        found = self.search(asked, language)
        table = found.listing().rows("studies")
        table.attrs["notices"] = [*(message.say(language) for message in messages), *found.notices]
        return table

    def search(self, search: Search, language: Language = "en") -> Found:
        """The answer to a search, of which tables, listings and pages are made when they are asked for.

        The best trials come first; those that conflict with the profile stand last. Raises UnknownName for a place or
        drug that is unknown or could mean several things.
        """
        place = find_place(search.place) if search.place else None
        distances = self._distances(place)
        masks, messages = self._word_masks(search)
        selection = select(self.corpus, search, masks, distances)
        frame = self._ordered(search, selection.mask, distances)
        rows = self.rows.get_indexer(pd.Index(frame["nct_id"]))
        messages += _place_messages(search.place, place)
        return Found(
            search=search,
            frame=frame,
            study_rows=rows,
            place=place,
            hidden=selection.hidden,
            notices=tuple(message.say(language) for message in [*messages, *_hidden_messages(selection)]),
            stamp=self.stamp(search, language),
            distances=distances,
            corpus=self.corpus,
            conflicts_of=lambda nct_id: self._conflicts_of(nct_id, search, language),
            language=language,
        )

    def show(
        self, nct_id: str, profile: PatientProfile | None = None, place: str | None = None, language: Language = "en"
    ) -> TrialView:
        """One trial: what it asks, with its own sentences, its sites by distance, and whom to call.

        Raises UsageError for what is no NCT number, UnknownName where the store does not have it.
        """
        number = checked_nct_id(nct_id)
        raw = self._store.load_record(number)
        if raw is None:
            raise UnknownName(f"{number} is not in the store. Check the number, or run trialfinder refresh.")
        point = find_place(place) if place else None
        study, facts = by_distance(build_study(raw), point), self._store.load_facts(number)
        study = replace(study, left_date=self._left_date(study.nct_id))
        assessment = assess_one(self.known(profile), raw, study, facts) if profile else None
        stamp = self.stamp(Search(near=place), language)
        messages = _place_messages(place, point)
        return TrialView(study, facts, assessment, point, stamp, language, tuple(m.say(language) for m in messages))

    def _left_date(self, nct_id: str) -> date | None:
        """The data's date at which the study had gone from the registry's answer; None while it is there."""
        left = self._left_dates.get(nct_id)
        return left.date() if left is not None else None

    @cached_property
    def _left_dates(self) -> dict[str, pd.Timestamp]:
        studies = self._store.load_table("studies", ["nct_id", "left_date"]).dropna()
        return dict(zip(studies["nct_id"], studies["left_date"], strict=True))

    def load_read(self, nct_ids: list[str] | None = None) -> Iterator[tuple[bytes, EligibilityFacts]]:
        """The raw records with their facts: all of them, or those named that the store has, in the order named."""
        for raw in self._store.load_records(nct_ids):
            yield raw, self._store.load_facts(nct_id_of(raw))

    def load_tables(self, nct_ids: Collection[str]) -> dict[str, pd.DataFrame]:
        """Every derived table by its name (see `trialfinder columns`), its rows of these studies only."""
        tables = {name: self._store.load_table(name) for name in TABLES}
        return {name: frame[frame["nct_id"].isin(list(nct_ids))] for name, frame in tables.items()}

    def changes(
        self, since: str = LAST, search: Search | None = None, language: Language = "en", *, today: date
    ) -> Changes:
        """What changed since the last refresh (`last`) or a date (YYYY-MM-DD), of all studies or those of a search.

        Before our first refresh there are only the registry's own dates; the notices say so.
        """
        refreshes = self._store.refreshes()
        start = first_refresh_since(since, refreshes, today)
        kept, is_near = self._scope(search)
        stamp = self.stamp(search or Search(), language)
        found = [
            change
            for changed in self._store.changes(start)
            if kept is None or changed.nct_id in kept
            for change in changes_of(changed, is_near, language)
        ]
        notices = []
        if since != LAST and refreshes and since < refreshes[0].refreshed_at[:10]:
            first = date.fromisoformat(refreshes[0].refreshed_at[:10])
            found = [*self._before_first(date.fromisoformat(since), first, kept, stamp), *found]
            notices.append(render("changes.before_first", language, date=first.isoformat()))
        return build_changes(found, tuple(notices), stamp)

    def _before_first(self, since: date, first: date, kept: set[str] | None, stamp: Stamp) -> list[Change]:
        found = registry_changes(self.corpus.studies, since, first, stamp)
        return [change for change in found if kept is None or change.nct_id in kept]

    def _scope(self, search: Search | None) -> tuple[set[str] | None, IsNear]:
        """The studies of a search whatever their status (None is all), and which sites are near enough to tell of."""
        if search is None:
            return None, _anywhere
        place = find_place(search.place) if search.place else None
        masks, _ = self._word_masks(search)
        mask = select(
            self.corpus, search, masks, self._distances(place), ignored=("default_status", "status", "sites")
        ).mask
        if place is None or search.reach_km is None:
            return set(self.rows[mask]), _anywhere
        reach = search.reach_km
        return set(self.rows[mask]), lambda site: site_distance_km(place, site) <= reach

    def known(self, profile: PatientProfile) -> Known:
        """The profile with all that follows from it."""
        return Known(profile, load_words())

    def _conflicts_of(self, nct_id: str, search: Search, language: Language) -> str:
        """What speaks against a trial, each with the record's words, in one text."""
        view = self.show(nct_id, _with_flags(search), None, language)
        return " | ".join(f"{said} \u201c{quote}\u201d" if quote else said for said, quote in view.said("conflicts"))

    def _distances(self, place: Place | None) -> Floats | None:
        return self.sites.distances_km(place.latitude, place.longitude) if place else None

    @property
    def sites(self) -> SiteIndex:
        """All sites."""
        return self.corpus.sites

    @cached_property
    def text_counts(self) -> dict[str, int]:
        """Every word of the records, and in how many studies it stands."""
        return dict(self._store.text_vocabulary())

    def _word_masks(self, search: Search) -> tuple[dict[str, Mask], list[Message]]:
        masks: dict[str, Mask] = {}
        messages: list[Message] = []
        if search.text:
            typed, is_cut = first_words(search.text)
            text, changed = correct_words(typed, self.text_counts)
            masks["text"] = self.rows.isin(list(self._store.search_text(text)))
            messages += [Message("notices.corrected", {"typed": a, "taken": b}) for a, b in changed.items()]
            messages += [Message("notices.long_text", {"n": MOST_WORDS})] if is_cut else []
        for number, name in enumerate(search.drugs):
            taken, masks[f"drug_{number}"] = self._drugs(name)
            if taken:
                messages.append(Message("notices.corrected", {"typed": name, "taken": taken}))
        return masks, messages

    @cached_property
    def _drugs(self) -> Callable[[str], tuple[str | None, Mask]]:
        """The name that was taken for a typed one, and the studies of that drug; the last ones asked for are kept."""
        return lru_cache(maxsize=DRUGS_KEPT)(self._drug)

    def _drug(self, name: str) -> tuple[str | None, Mask]:
        drug = resolve_drug(name, self._vocabulary.therapies, self.corpus.interventions)
        return drug.taken, filters.studies_drug(self.corpus.studies, self.corpus.interventions, drug.names)

    def _ordered(self, search: Search, mask: Mask, distances: Floats | None) -> pd.DataFrame:
        answers = assess_all(self.known(_with_flags(search)), self.encoded)
        studies = self.corpus.studies
        frame = answers.assign(kind=studies["kind"], last_update_date=studies["last_update_date"])
        if distances is not None:
            nearest = self.sites.first_by_study(self.sites.is_open, distances)
            frame["distance_km"] = np.where(nearest >= 0, distances[nearest], np.nan) if len(distances) else np.nan
        return order(frame[mask], kinds_asked=bool(search.kinds))


def _with_flags(search: Search) -> PatientProfile:
    """The profile with what the search says beside it: a flag wins."""
    said: dict[str, Any] = {"age": search.age, "sex": search.sex, "subtype": search.subtype}
    return replace(search.profile, **{name: value for name, value in said.items() if value is not None})


def _hidden_messages(selection: Selection) -> list[Message]:
    names = {"default_status": "status", "default_settings": "settings", "default_cancer": "cancer"}
    return [
        Message(f"counts.hidden_{short}", {"n": selection.hidden[name]})
        for name, short in names.items()
        if selection.hidden.get(name)
    ]


def _place_messages(typed: str | None, place: Place | None) -> list[Message]:
    if place is None or place.notice is None:
        return []
    return [Message("notices.place_taken", {"typed": typed, "taken": place.name})]


def _anywhere(_: Site) -> bool:
    return True
