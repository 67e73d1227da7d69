"""A listing with valid defaults, and one with everything that a hostile registry could send."""

import pandas as pd

from trialfinder.export import Listing, Stamp

NASTY = [
    "=1+1", "+81 3-1234-5678", "-2", "@cmd", "\tx", "\rx", '"quoted", comma', "línea\nnueva", "00123", " =2",
    "<script>alert(1)</script>",
]  # fmt: skip


def make_stamp(**changes) -> Stamp:
    """A stamp of the demo."""
    values = {
        "data_timestamp": "2026-11-20T09:00:05",
        "refreshed_at": "2026-11-21T08:00:00+00:00",
        "is_demo": True,
        "search": "find --near 'Cleveland, OH'",
        "caution": "This is no medical advice.",
        "search_options": {"near": "Cleveland, OH"},
    }
    return Stamp(**(values | changes))


def make_row(**changes) -> dict:
    """One found trial as the finder builds it."""
    row = {
        "nct_id": "NCT99000001", "brief_title": "Demo: one drug or another",
        "verdict": "may_fit", "n_fits": 2, "n_ask": 1,
        "n_conflicts": 0, "conflicts": None, "overall_status": "RECRUITING", "phases": "PHASE3",
        "interventions": "drug A", "sponsor": "Demo Hospital", "enrollment": 120,
        "last_update_date": pd.Timestamp("2026-10-01"), "nearest_open_facility": "Demo Clinic",
        "nearest_open_city": "Cleveland", "nearest_open_state": "Ohio", "nearest_open_country": "United States",
        "nearest_open_distance_km": 3.5, "contact_name": "Ada Demo", "contact_phone": "+81 3-1234-5678",
        "contact_email": "ada@example.org", "url": "https://clinicaltrials.gov/study/NCT99000001",
        "verdict_words": "May fit", "status_words": "Recruiting", "phase_words": "Phase 3", "distance_words": "2 miles",
    }  # fmt: skip
    return row | changes


def make_listing(rows=None, **stamp) -> Listing:
    """A listing of the rows; the sites frame repeats the trial's site."""
    frame = pd.DataFrame([make_row()] if rows is None else rows, columns=list(make_row()))
    sites = frame[["nct_id", "brief_title", "contact_phone", "url"]]
    return Listing(frame, sites, make_stamp(**stamp), notices=("Read 'Clevland' as Cleveland.",))
