"""What changed between two refreshes, in words that can be passed on."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.store.records import raw
from trialfinder.errors import UsageError
from trialfinder.finder import Search, open_finder
from trialfinder.finder.changes import first_refresh_since
from trialfinder.store.publish import publish
from trialfinder.store.state import Pull
from trialfinder.tables import index_row

TODAY = date(2026, 11, 25)
DAYS = ("2026-11-10", "2026-11-20", "2026-11-24")
Record = dict
Edit = Callable[[Record], object]


def pull(day: str, *records: bytes) -> Pull:
    bodies = {index_row(record).nct_id: record for record in records}
    index = {nct_id: index_row(record) for nct_id, record in bodies.items()}
    return Pull(data_timestamp=f"{day}T09:00:00", refreshed_at=f"{day}T10:00:00+00:00", index=index, bodies=bodies)


def criteria(text: str, number: int = 1, day: str = DAYS[0], **eligibility: str) -> bytes:
    module = {"eligibilityCriteria": text, "sex": "ALL", "minimumAge": "18 Years", **eligibility}
    return raw(number, date=day, eligibilityModule=module)


def site(city: str, status: str, latitude: float, longitude: float) -> Record:
    return {"facility": f"{city} Clinic", "status": status, "city": city, "country": "United States",
            "geoPoint": {"lat": latitude, "lon": longitude}}  # fmt: skip


def sites(*locations: Record, day: str = DAYS[0], status: str = "RECRUITING") -> bytes:
    return raw(1, date=day, status=status, contactsLocationsModule={"locations": list(locations)})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def changes(path: Path, before: list[bytes], after: list[bytes], **options) -> pd.DataFrame:
    """The changes that a second refresh brings."""
    publish(path, pull(DAYS[0], *before))
    publish(path, pull(DAYS[1], *after))
    with open_finder(path) as finder:
        return finder.changes("last", today=TODAY, **options).frame


def summaries(frame: pd.DataFrame) -> list[str]:
    return list(frame["summary"])


INCLUDE = "Inclusion Criteria:\n\n* ECOG 0 or 1\n"
NO_BRAIN = f"{INCLUDE}\nExclusion Criteria:\n\n* Any brain metastases"
STABLE_BRAIN = f"{INCLUDE}* Brain metastases are allowed if treated and stable for 4 weeks\n"


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "stable brain metastases"), ("es", "metástasis cerebrales estables")]
)
def test_a_trial_that_begins_to_take_stable_brain_metastases_says_so(path: Path, lang: str, said: str) -> None:
    frame = changes(path, [criteria(NO_BRAIN)], [criteria(STABLE_BRAIN, day=DAYS[1])], language=lang)
    (row,) = frame[frame["key"] == "brain_metastases"].to_dict("records")
    assert row["kind"] == "fact_changed"
    assert said in row["summary"]
    assert (row["before"], row["after"]) == ("excluded", "stable_only")


def test_what_is_added_to_a_list_and_what_is_dropped_are_both_said(path: Path) -> None:
    before = f"{INCLUDE}\nExclusion Criteria:\n\n* Prior treatment with a CDK4/6 inhibitor"
    after = f"{INCLUDE}\nExclusion Criteria:\n\n* Prior treatment with everolimus"
    frame = changes(path, [criteria(before)], [criteria(after, day=DAYS[1])])
    (said,) = frame.loc[frame["key"] == "prior_excluded", "summary"]
    assert "now also" in said
    assert "no longer CDK4/6 inhibitor" in said


def test_a_limit_to_lines_is_said_with_the_old_one(path: Path) -> None:
    texts = [
        f"{INCLUDE}* No more than {n} prior lines of chemotherapy for metastatic disease" for n in ("two", "three")
    ]
    frame = changes(path, [criteria(texts[0])], [criteria(texts[1], day=DAYS[1])])
    assert summaries(frame) == ["Lines of chemotherapy: now at most 3 lines; before: at most 2 lines"]


def test_another_age_limit_is_said(path: Path) -> None:
    frame = changes(path, [criteria(INCLUDE)], [criteria(INCLUDE, day=DAYS[1], maximumAge="75 Years")])
    assert summaries(frame) == ["Age: now from 18 to 75 years old; before: of 18 years or older"]


def test_a_trial_that_stops_taking_men_says_so(path: Path) -> None:
    frame = changes(path, [criteria(INCLUDE)], [criteria(INCLUDE, day=DAYS[1], sex="FEMALE")])
    assert "Men: now women only; before: men can take part" in summaries(frame)


def test_criteria_that_read_the_same_are_only_reworded(path: Path) -> None:
    frame = changes(path, [criteria(INCLUDE)], [criteria(INCLUDE + "* Signs the consent form", day=DAYS[1])])
    assert list(frame["kind"]) == ["criteria_changed"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("NOT_YET_RECRUITING", "RECRUITING", "status_changed"),
        ("ACTIVE_NOT_RECRUITING", "RECRUITING", "opened"),
        ("RECRUITING", "COMPLETED", "closed"),
        ("NOT_YET_RECRUITING", "WITHDRAWN", "withdrawn"),
        ("COMPLETED", "UNKNOWN", "status_changed"),
    ],
)
def test_a_new_status_is_opened_closed_withdrawn_or_another(path: Path, before: str, after: str, kind: str) -> None:
    frame = changes(path, [raw(1, status=before)], [raw(1, status=after, date=DAYS[1])])
    assert frame.loc[0, ["kind", "before", "after"]].tolist() == [kind, before, after]


def test_sites_open_and_close_one_by_one(path: Path) -> None:
    old = sites(site("Akron", "RECRUITING", 41.08, -81.52), site("Toledo", "NOT_YET_RECRUITING", 41.66, -83.56))
    new = sites(
        site("Akron", "COMPLETED", 41.08, -81.52),
        site("Toledo", "NOT_YET_RECRUITING", 41.66, -83.56),
        site("Dayton", "RECRUITING", 39.76, -84.19),
        day=DAYS[1],
    )
    frame = changes(path, [old], [new])
    assert list(zip(frame["kind"], frame["key"], strict=True)) == [
        ("site_opened", "Dayton Clinic, Dayton, United States"),
        ("site_closed", "Akron Clinic, Akron, United States"),
    ]


def test_only_sites_within_the_searchs_distance_are_told(path: Path) -> None:
    old = sites(site("Akron", "RECRUITING", 41.08, -81.52), site("Reno", "RECRUITING", 39.53, -119.81))
    new = sites(site("Akron", "COMPLETED", 41.08, -81.52), site("Reno", "COMPLETED", 39.53, -119.81), day=DAYS[1])
    frame = changes(path, [old], [new], search=Search(near="Cleveland, OH", within_km=160))
    assert list(frame["key"]) == ["Akron Clinic, Akron, United States"]


def test_a_trial_that_closes_does_not_tell_of_each_site(path: Path) -> None:
    old = sites(*(site(city, "RECRUITING", 41.0, -81.0) for city in ("Akron", "Canton")))
    new = sites(
        *(site(city, "COMPLETED", 41.0, -81.0) for city in ("Akron", "Canton")), day=DAYS[1], status="COMPLETED"
    )
    assert list(changes(path, [old], [new])["kind"]) == ["closed"]


def test_new_gone_and_touched_trials_are_told(path: Path) -> None:
    frame = changes(path, [raw(1), raw(2)], [raw(2, date=DAYS[1]), raw(3)])
    assert list(zip(frame["nct_id"], frame["kind"], strict=True)) == [
        ("NCT98000001", "left"),
        ("NCT98000002", "updated"),
        ("NCT98000003", "new"),
    ]


def test_a_trial_that_comes_back_is_not_new(path: Path) -> None:
    changes(path, [raw(1), raw(2)], [raw(2)])
    publish(path, pull(DAYS[2], raw(1), raw(2)))
    with open_finder(path) as finder:
        frame = finder.changes("last", today=TODAY).frame
        both = finder.changes(DAYS[1], today=TODAY).frame
    assert list(frame["kind"]) == ["back"]
    assert list(both["kind"]) == ["left", "back"]


def test_a_first_pull_is_never_new(path: Path) -> None:
    publish(path, pull(DAYS[0], raw(1), raw(2)))
    with open_finder(path) as finder:
        assert finder.changes("last", today=TODAY).frame.empty


def test_before_the_first_refresh_there_are_only_the_registrys_dates(path: Path) -> None:
    posted = json.loads(raw(1, date="2026-11-03"))
    posted["protocolSection"]["statusModule"]["studyFirstPostDateStruct"] = {"date": "2026-11-03", "type": "ACTUAL"}
    publish(path, pull(DAYS[0], json.dumps(posted).encode(), raw(2, date="2026-11-04"), raw(3, date="2026-01-01")))
    with open_finder(path) as finder:
        found = finder.changes("2026-11-01", today=TODAY)
    assert list(zip(found.frame["nct_id"], found.frame["kind"], strict=True)) == [
        ("NCT98000001", "posted"),
        ("NCT98000002", "record_updated"),
    ]
    assert DAYS[0] in found.notices[0]


@pytest.mark.parametrize(
    ("since", "said"), [("2199-01-01", "future"), ("yesterday", "YYYY-MM-DD"), ("2026-13-01", "no date")]
)
def test_a_date_that_cannot_be_meant_is_refused(since: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        first_refresh_since(since, (), TODAY)


def test_a_history_older_than_the_setting_is_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the setting drops is told from the registry's dates again; what is younger stays."""
    changes(path, [raw(1)], [raw(1), raw(2)])
    monkeypatch.setenv("TRIALFINDER_KEEP_CHANGES_DAYS", "3")
    publish(path, pull(DAYS[2], raw(1), raw(2), raw(3)))
    with open_finder(path) as finder:
        found = finder.changes(DAYS[0], today=TODAY)
    assert list(found.frame.loc[found.frame["kind"] == "new", "nct_id"]) == ["NCT98000003"]
    assert DAYS[2] in found.notices[0]


@pytest.mark.parametrize("text", ["0", "-3", "ten"])
def test_a_wrong_retention_is_refused(text: str, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setenv("TRIALFINDER_KEEP_CHANGES_DAYS", text)
    with pytest.raises(UsageError, match="number of days"):
        publish(path, pull(DAYS[0], raw(1)))
    assert not path.exists()


def test_a_trial_that_left_is_not_offered_as_open_and_says_since_when(path: Path) -> None:
    """Its last status is nobody's word any more; `--all` still finds it."""
    changes(path, [raw(1), raw(2)], [raw(2)])
    with open_finder(path) as finder:
        found = [list(finder.search(search).frame["nct_id"]) for search in (Search(), Search(statuses=("RECRUITING",)))]
        everything = finder.search(Search(is_all=True)).frame["nct_id"]
        view = finder.show("NCT98000001")
    assert found == [["NCT98000002"]] * 2
    assert "NCT98000001" in set(everything)
    assert view.study.left_date == date.fromisoformat(DAYS[1])
    assert any(DAYS[1] in line for _, lines in view.sections(3) for line in lines)


def test_a_search_for_one_status_hears_of_a_trial_that_closes(path: Path) -> None:
    frame = changes(path, [raw(1)], [raw(1, status="COMPLETED", date=DAYS[1])], search=Search(statuses=("RECRUITING",)))
    assert list(frame["kind"]) == ["closed"]
