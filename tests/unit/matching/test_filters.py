"""Filters: what each keeps, and that a further one never adds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.builders import make_demand, make_facts, tidy
from trialfinder.matching import filters

STUDIES = pd.DataFrame(
    {
        "nct_id": ["NCT99000001", "NCT99000002", "NCT99000003"],
        "overall_status": ["RECRUITING", "COMPLETED", None],
        "kind": ["treatment", "observational", "access"],
        "phases": ["PHASE1|PHASE2", None, "PHASE3"],
        "minimum_age_years": [18.0, None, 70.0],
        "maximum_age_years": [75.0, None, None],
        "sex": ["FEMALE", None, "ALL"],
    }
).astype({"overall_status": "str", "phases": "str", "sex": "str"})

FACTS = tidy(
    [
        make_facts(nct_id="NCT99000001", subtypes=[make_demand("TNBC")], brain_metastases=[make_demand("allowed")]),
        make_facts(nct_id="NCT99000002", subtypes=[make_demand("HR+/HER2-")]),
    ]
)

INTERVENTIONS = pd.DataFrame(
    {
        "nct_id": ["NCT99000001", "NCT99000003"],
        "name": ["Palbociclib", "T DXd 5.4 mg/kg"],
        "other_names": ["Ibrance|PD-0332991", None],
    }
).astype({"other_names": "str"})

SITES = pd.DataFrame(
    {
        "nct_id": ["NCT99000001", "NCT99000001", "NCT99000002"],
        "country_code": ["US", "CA", None],
        "country": ["United States", "Canada", None],
        "state": ["Ohio", "Ontario", None],
        "is_open": [False, True, True],
        "distance_km": [10.0, 300.0, None],
    }
).astype({"country_code": "str", "state": "str"})


def _kept(mask):
    return STUDIES.loc[mask, "nct_id"].str[-1].tolist()


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (lambda: filters.has_status(STUDIES, {"RECRUITING"}), ["1"]),
        (lambda: filters.has_kind(STUDIES, ["treatment", "access"]), ["1", "3"]),
        (lambda: filters.has_phase(STUDIES, frozenset({"PHASE2"})), ["1"]),
        (lambda: filters.has_phase(STUDIES, frozenset({"PHASE1", "PHASE3"})), ["1", "3"]),
        (lambda: filters.admits_age(STUDIES, 60), ["1", "2"]),
        (lambda: filters.admits_age(STUDIES, 75.9), ["1", "2", "3"]),
        (lambda: filters.admits_age(STUDIES, 17), ["2"]),
        (lambda: filters.admits_sex(STUDIES, "male"), ["2", "3"]),
        (lambda: filters.admits_sex(STUDIES, "female"), ["1", "2", "3"]),
        (lambda: filters.admits_subtype(STUDIES, FACTS, "TNBC"), ["1", "3"]),
        (lambda: filters.has_fact(STUDIES, FACTS, "brain_metastases", ["allowed", "required"]), ["1"]),
        (lambda: filters.lacks_fact(STUDIES, FACTS, "brain_metastases", ["allowed"]), ["2", "3"]),
        (lambda: filters.studies_drug(STUDIES, INTERVENTIONS, ["ibrance"]), ["1"]),
        (lambda: filters.studies_drug(STUDIES, INTERVENTIONS, ["PD 0332991"]), ["1"]),
        (lambda: filters.studies_drug(STUDIES, INTERVENTIONS, ["T-DXd"]), ["3"]),
        (lambda: filters.studies_drug(STUDIES, INTERVENTIONS, ["palbo"]), []),
        (lambda: filters.studies_drug(STUDIES, INTERVENTIONS, []), []),
        (lambda: filters.has_site(STUDIES, SITES, filters.sites_in_state(SITES, ["ontario"])), ["1"]),
    ],
)
def test_a_filter_keeps_what_it_says(keep, kept):
    assert _kept(keep()) == kept


SUBTYPES = ["TNBC", "HR+/HER2-"]


@given(
    age=st.integers(1, 100),
    statuses=st.frozensets(st.sampled_from(["RECRUITING", "COMPLETED"])),
    phases=st.frozensets(st.sampled_from(["PHASE1", "PHASE2", "PHASE3"])),
    subtype=st.sampled_from(SUBTYPES),
)
def test_tightening_never_adds(age, statuses, phases, subtype):
    """One more filter, or a narrower one, keeps only studies that were kept before."""
    masks = [
        filters.admits_age(STUDIES, age),
        filters.has_status(STUDIES, statuses),
        filters.has_phase(STUDIES, phases),
        filters.admits_subtype(STUDIES, FACTS, subtype),
    ]
    for count in range(1, len(masks)):
        wide, tight = np.logical_and.reduce(masks[:count]), np.logical_and.reduce(masks[: count + 1])
        assert not (tight & ~wide).any()
    fewer = frozenset(list(phases)[:1])
    assert not (filters.has_phase(STUDIES, fewer) & ~filters.has_phase(STUDIES, phases)).any()


@pytest.mark.parametrize(
    ("typed", "rows"), [("Ohio", [0, 1]), ("oh", [0, 1]), ("Bavaria", [2]), ("MA", [3]), ("Bayern", [2])]
)
def test_a_state_is_found_however_record_and_person_write_it(typed, rows):
    """And "MA" is Massachusetts, not what another country calls so."""
    sites = pd.DataFrame(
        {
            "state": ["Ohio", "OH", "Bayern", "Massachusetts", "MA", None],
            "country": ["United States", "United States", "Germany", "United States", "Morocco", "Germany"],
        }
    )
    assert list(np.flatnonzero(filters.sites_in_state(sites, [typed]))) == rows
