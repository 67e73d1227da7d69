"""Searches over the demo: filters, distances, what is hidden, typos."""

import re

import pytest

from trialfinder.errors import UnknownName, UsageError
from trialfinder.finder import Search, build_search, open_finder
from trialfinder.finder.search import TRAITS
from trialfinder.finder.selecting import TRAIT_MASKS
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
    everything = ids(finder.search(Search(statuses=search.statuses)))
    found = ids(finder.search(search))
    assert found
    assert found <= everything


def test_all_lifts_the_defaults_but_no_explicit_filter(finder):
    """`--all` shows closed and early trials too, and still only those of the phase asked for."""
    phase3 = finder.search(Search(phases=("PHASE3",), is_all=True)).listing().studies
    assert len(phase3) > len(finder.search(Search(phases=("PHASE3",))))
    assert phase3["phases"].str.contains("PHASE3").all()


def test_what_the_defaults_hide_is_said(finder):
    """Closed trials are hidden, and the notice says how many."""
    found = finder.search(Search())
    assert found.hidden["default_status"] > 0
    assert any(str(found.hidden["default_status"]) in notice for notice in found.notices)


def test_every_row_of_a_search_within_a_distance_has_an_open_site_that_near(finder):
    """Distance counts open sites only, and the nearest one is named."""
    studies = finder.search(Search(near="Cleveland, OH", within_km=300)).listing().studies
    assert (studies["nearest_open_distance_km"] <= 300).all()
    assert studies["nearest_open_facility"].notna().all()


def test_what_a_trial_asks_is_said_in_words_and_never_as_an_id(finder):
    """Every line of every trial has a value behind its name, and no id of a vocabulary in it."""
    lines = [line for nct_id in finder.corpus.studies["nct_id"] for line, _ in finder.show(nct_id).asked()]
    assert len(lines) > 500
    assert [line for line in lines if line.endswith(":") or line == "Menopause" or re.search("[a-z]_[a-z]", line)] == []
    assert {"Kind of cancer: breast cancer only", "Men: men can take part"} <= set(lines)


@pytest.mark.parametrize("search", [Search(countries=("Spain",)), Search(countries=("Spain",), near="Cleveland, OH")])
def test_a_search_in_a_country_names_an_open_site_there(finder, search):
    """Who asks for trials in Spain is not sent to another country, though a site there be nearer."""
    studies = finder.search(search).listing().studies
    assert len(studies) > 1
    assert set(studies["nearest_open_country"]) == {"Spain"}


def test_a_typed_drug_is_forgiven_a_slip_and_says_so(finder):
    """The name "elacestrent" finds the trials of elacestrant."""
    found = finder.search(Search(drugs=("elacestrent",)))
    assert ids(found) == ids(finder.search(Search(drugs=("elacestrant",))))
    assert any("elacestrant" in notice.lower() for notice in found.notices)


def test_an_unknown_drug_names_the_nearest(finder):
    """A drug that nobody studies is an error that a person can act on."""
    with pytest.raises(UnknownName):
        finder.search(Search(drugs=("qwertyuiop",)))


def test_a_misspelt_word_of_free_text_is_corrected_against_the_records(finder):
    """The correction is said."""
    found = finder.search(Search(text="trastuzumb"))
    assert len(found)
    assert any("trastuzumab" in notice for notice in found.notices)


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "a OR b", "'; DROP TABLE", "(((", "-", " "])
def test_any_text_is_a_search_and_no_syntax(finder, text):
    """Signs of the search engine are only text."""
    finder.search(Search(text=text))


def test_conflicts_stand_last_and_say_why(finder):
    """A conflicting trial is moved down and explained, never dropped."""
    profile = PatientProfile(subtype="TNBC", settings=("metastatic",))
    with_profile = finder.search(Search(profile=profile)).listing().studies
    without = finder.search(Search())
    assert set(with_profile["nct_id"]) == ids(without)
    verdicts = with_profile["verdict"].tolist()
    assert verdicts == sorted(verdicts, key=["may_fit", "conflict"].index)
    assert with_profile.loc[with_profile["verdict"] == "conflict", "conflicts"].notna().all()


def test_a_flag_wins_over_the_profile(finder):
    """The subtype of the flag counts, not the profile's."""
    profile = PatientProfile(subtype="HR+/HER2-")
    found = finder.search(Search(profile=profile, subtype="TNBC"))
    assert ids(found) == ids(finder.search(Search(subtype="TNBC")))


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
        ({"status": ["RECRUTING"]}, "RECRUITING"),
        ({"phase": ["phase 33"]}, "PHASE3"),
        ({"kind": ["treatmnt"]}, "treatment"),
        ({"subtype": "TNB"}, "TNBC"),
        ({"sex": "woman"}, "female"),
    ],
)
def test_a_wrong_value_names_the_nearest_valid_one(flags, nearest):
    """The sentence tells what was meant."""
    with pytest.raises(UsageError, match=nearest):
        build_search(flags)


@pytest.mark.parametrize(
    "flags", [{"countries": ["Canada"]}, {"within": "100mi"}, {"age": 130}, {"within": "100", "near": "Boston, MA"}]
)
def test_values_that_cannot_be_taken_are_refused(flags):
    """An option has its command-line name; a distance needs a place and a unit; an age is up to 120."""
    with pytest.raises(UsageError):
        build_search(flags)


def test_the_command_of_a_search_gives_the_search_again():
    """What an export says was searched can be typed."""
    search, _ = build_search({"near": "Boston, MA", "within": "100km", "phase": ["phase3"], "all": True})
    assert search.command() == "find --near 'Boston, MA' --within 100km --phase PHASE3 --all"


@pytest.mark.parametrize(("table", "rows"), [("find", "studies"), ("find_sites", "sites")])
def test_every_exported_column_is_documented_with_its_type(finder, table, rows):
    """The column dictionary has the exports' columns, in their order."""
    frame = finder.search(Search(near="Boston, MA")).listing().rows(rows)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(dtypes_of(table))
    assert list(frame.columns) == list(dtypes_of(table))


def test_find_gives_the_table_that_an_export_writes(finder):
    """The library's one-step way: options by their command-line names, columns as documented, notices beside them."""
    table = finder.find(near="Boston, MA", drug="elacestrent", status=["RECRUITING"])
    search, _ = build_search({"near": "Boston, MA", "drug": ["elacestrent"], "status": ["recruiting"]})
    assert table.equals(finder.search(search).listing().rows("studies"))
    assert any("elacestrant" in notice for notice in table.attrs["notices"])
    assert finder.find(search).equals(table)


def test_find_takes_a_person_as_a_mapping_or_a_profile(finder):
    """What was forgiven in the mapping is told."""
    table = finder.find(profile={"subtype": "TNBC", "prior_therapies": ["capecitabinne"]})
    assert any("capecitabine" in notice for notice in table.attrs["notices"])
    found = finder.search(Search(profile=PatientProfile(subtype="TNBC")))
    assert list(finder.find(profile=PatientProfile(subtype="TNBC"))["nct_id"]) == list(found.frame["nct_id"])


def test_a_search_and_options_together_are_refused(finder):
    """Neither would be left out in silence."""
    with pytest.raises(UsageError, match="not both"):
        finder.find(Search(), text="vaccine")


def test_every_trait_has_its_filter_and_can_be_asked_for(finder):
    """By the command line's name, narrowing what is found."""
    everything = ids(finder.search(Search()))
    assert set(TRAIT_MASKS) == set(TRAITS)
    for trait in TRAITS:
        search, _ = build_search({"trait": [trait]})
        assert search.traits == (trait,)
        assert ids(finder.search(search)) < everything


def test_a_study_that_two_filters_hide_is_counted_for_neither(finder):
    """Lifting one of them would not show it; one that a single filter hides is counted there."""
    found = finder.search(Search(subtype="TNBC", kinds=("treatment",)))
    without_kind = finder.search(Search(subtype="TNBC"))
    assert found.hidden["kind"] == len(without_kind) - len(found) > 0
    assert finder.search(Search(is_all=True)).hidden == {}


def test_a_phase_may_be_written_as_its_number(finder):
    """People write `--phase 2`."""
    assert list(finder.find(phase="2")["nct_id"]) == list(finder.find(phase="PHASE2")["nct_id"])
