"""The person's list: its rows, what each trial says of the person, and the pages and files made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trialfinder.errors import TrialfinderError
from trialfinder.export.html_page import Detail, build_html
from trialfinder.export.listing import Listing
from trialfinder.finder import Finder, Search, TrialView
from trialfinder.finder.view import site_line
from trialfinder.model import PatientProfile
from trialfinder.places import find_place
from trialfinder.wording import Language

N_SITES = 5


def with_known_place(person: PatientProfile) -> tuple[PatientProfile, TrialfinderError | None]:
    """The profile; without its place, and why, where we do not know the place."""
    if not person.place:
        return replace(person, travel_km=None), None
    try:
        find_place(person.place)
    except TrialfinderError as error:
        return replace(person, place=None, travel_km=None), error
    return person, None


def build_listing(
    finder: Finder, shortlist: Sequence[str], person: PatientProfile, title: str, language: Language
) -> Listing:
    """The listed trials, best first, whatever their status and however far; those that the data lack are missing.

    `title` stands in the files where a search would stand.
    """
    found = finder.search(Search(profile=replace(person, travel_km=None), is_all=True), language)
    kept = found.frame["nct_id"].isin(list(shortlist)).to_numpy()
    mine = replace(found, frame=found.frame[kept].reset_index(drop=True), study_rows=found.study_rows[kept])
    listing = mine.listing()
    return replace(listing, notices=(), stamp=replace(listing.stamp, search=title, search_options={}))


def load_view(finder: Finder, nct_id: str, person: PatientProfile, language: Language) -> TrialView | None:
    """One listed trial as the person stands to it; None where the data do not hold it."""
    try:
        return finder.show(nct_id, person, person.place, language)
    except TrialfinderError:
        return None


def build_detail(view: TrialView, note: str = "") -> Detail:
    """What the page to print says of one trial."""
    return Detail(
        fits=view.said("fits"),
        conflicts=view.said("conflicts"),
        questions=view.questions(),
        doctor=view.said("doctor"),
        sites=[site_line(site, view.language) for site in view.study.sites[:N_SITES]],
        note=note,
    )


def build_page(listing: Listing, views: Sequence[TrialView], notes: Mapping[str, str], title: str) -> bytes:
    """The list as one HTML file that prints on A4 and Letter and opens without a network."""
    details = {view.study.nct_id: build_detail(view, notes.get(view.study.nct_id, "")) for view in views}
    day = replace(listing.stamp, data_timestamp=(listing.stamp.data_timestamp or "")[:10] or None)
    return build_html(replace(listing, stamp=day), details, title)
