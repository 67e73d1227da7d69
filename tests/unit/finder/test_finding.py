"""Searches over the demo: filters, distances, what is hidden, typos."""

import pytest

from trialfinder.errors import UnknownName, UsageError
from trialfinder.finder import Search, build_search, open_finder
from trialfinder.model import PatientProfile
from trialfinder.tables.dictionary import dtypes_of


@pytest.fixture(scope="module")
def finder():
    """A finder over the demo, shared: it is never changed."""
    with open_finder(is_demo=True) as opened:
        yield opened


def ids(found) -> set[str]:
    return set(found.frame["nct_id"])


FILTERS = [
    Search(phases=("PHASE3",)),
    Search(kinds=("treatment",)),
    Search(statuses=("RECRUITING",)),
    Search(countries=("Spain",)),
    Search(states=("Ohio",)),
    Search(near="Cleveland, OH", within_km=300),
    Search(sex="male"),
    Search(age=75),
    Search(subtype="TNBC"),
    Search(drugs=("Enhertu",)),
    Search(text="brain metastases"),
]


@pytest.mark.parametrize("search", FILTERS, ids=lambda search: search.command())
def test_a_filter_never_adds_a_trial(finder, search):
    """Tightening a search only takes away, and each of these finds something."""
    everything = ids(finder.find(Search(statuses=search.statuses)))
    found = ids(finder.find(search))
    assert found
    assert found <= everything


def test_all_lifts_the_defaults_but_no_explicit_filter(finder):
    """`--all` shows closed and early trials too, and still only those of the phase asked for."""
    phase3 = finder.find(Search(phases=("PHASE3",), is_all=True)).listing().studies
    assert len(phase3) > len(finder.find(Search(phases=("PHASE3",))))
    assert phase3["phases"].str.contains("PHASE3").all()


def test_what_the_defaults_hide_is_said(finder):
    """Closed trials are hidden, and the notice says how many."""
    found = finder.find(Search())
    assert found.hidden["default_status"] > 0
    assert any(str(found.hidden["default_status"]) in notice for notice in found.notices)


def test_every_row_of_a_search_within_a_distance_has_an_open_site_that_near(finder):
    """Distance counts open sites only, and the nearest one is named."""
    studies = finder.find(Search(near="Cleveland, OH", within_km=300)).listing().studies
    assert (studies["nearest_open_distance_km"] <= 300).all()
    assert studies["nearest_open_facility"].notna().all()


def test_a_typed_drug_is_forgiven_a_slip_and_says_so(finder):
    """The name "elacestrent" finds the trials of elacestrant."""
    found = finder.find(Search(drugs=("elacestrent",)))
    assert ids(found) == ids(finder.find(Search(drugs=("elacestrant",))))
    assert any("elacestrant" in notice.lower() for notice in found.notices)


def test_an_unknown_drug_names_the_nearest(finder):
    """A drug that nobody studies is an error that a person can act on."""
    with pytest.raises(UnknownName):
        finder.find(Search(drugs=("qwertyuiop",)))


def test_a_misspelt_word_of_free_text_is_corrected_against_the_records(finder):
    """The correction is said."""
    found = finder.find(Search(text="trastuzumb"))
    assert len(found)
    assert any("trastuzumab" in notice for notice in found.notices)


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "a OR b", "'; DROP TABLE", "(((", "-", " "])
def test_any_text_is_a_search_and_no_syntax(finder, text):
    """Signs of the search engine are only text."""
    finder.find(Search(text=text))


def test_conflicts_stand_last_and_say_why(finder):
    """A conflicting trial is moved down and explained, never dropped."""
    profile = PatientProfile(subtype="TNBC", settings=("metastatic",))
    with_profile = finder.find(Search(profile=profile)).listing().studies
    without = finder.find(Search())
    assert set(with_profile["nct_id"]) == ids(without)
    verdicts = with_profile["verdict"].tolist()
    assert verdicts == sorted(verdicts, key=["may_fit", "conflict"].index)
    assert with_profile.loc[with_profile["verdict"] == "conflict", "conflicts"].notna().all()


def test_a_flag_wins_over_the_profile(finder):
    """The subtype of the flag counts, not the profile's."""
    profile = PatientProfile(subtype="HR+/HER2-")
    found = finder.find(Search(profile=profile, subtype="TNBC"))
    assert ids(found) == ids(finder.find(Search(subtype="TNBC")))


def test_one_trial_is_shown_with_its_sites_nearest_first(finder):
    """Open sites come first, by distance."""
    view = finder.show("nct99000001", place="Cleveland, OH")
    distances = [site.distance_km for site in view.study.sites if site.status == "RECRUITING" and site.distance_km]
    assert distances == sorted(distances)
    assert view.facts.nct_id == "NCT99000001"


@pytest.mark.parametrize("number", ["NCT1", "../../etc/passwd", "NCT99000001?fields=x", "NCT9900000\r\n1", ""])
def test_what_is_no_nct_number_is_refused(finder, number):
    """Nothing but NCT and eight digits reaches the store."""
    with pytest.raises(UsageError):
        finder.show(number)


def test_a_number_that_is_not_stored_is_unknown(finder):
    """The error says what to do."""
    with pytest.raises(UnknownName, match="not in the store"):
        finder.show("NCT00000000")


@pytest.mark.parametrize(
    ("flags", "nearest"),
    [
        ({"statuses": ["RECRUTING"]}, "RECRUITING"),
        ({"phases": ["phase 33"]}, "PHASE3"),
        ({"kinds": ["treatmnt"]}, "treatment"),
        ({"subtype": "TNB"}, "TNBC"),
        ({"sex": "woman"}, "female"),
    ],
)
def test_a_wrong_value_names_the_nearest_valid_one(flags, nearest):
    """The sentence tells what was meant."""
    with pytest.raises(UsageError, match=nearest):
        build_search(flags)


@pytest.mark.parametrize("flags", [{"within": "100mi"}, {"age": 130}, {"within": "100", "near": "Boston, MA"}])
def test_values_that_cannot_be_taken_are_refused(flags):
    """A distance needs a place and a unit; an age is up to 120."""
    with pytest.raises(UsageError):
        build_search(flags)


def test_the_command_of_a_search_gives_the_search_again():
    """What an export says was searched can be typed."""
    search, _ = build_search({"near": "Boston, MA", "within": "100km", "phases": ["phase3"], "is_all": True})
    assert search.command() == "find --near 'Boston, MA' --within 100km --phase PHASE3 --all"


@pytest.mark.parametrize(("table", "rows"), [("find", "studies"), ("find_sites", "sites")])
def test_every_exported_column_is_documented_with_its_type(finder, table, rows):
    """The column dictionary has the exports' columns, in their order."""
    frame = finder.find(Search(near="Boston, MA")).listing().rows(rows)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(dtypes_of(table))
    assert list(frame.columns) == list(dtypes_of(table))
