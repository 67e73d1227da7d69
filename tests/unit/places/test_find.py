"""The parts of a place, the limit to a country, and what an unknown name offers."""

import pytest

from trialfinder.errors import UnknownName
from trialfinder.places import find_place, suggest_places


def test_a_city_is_exact_and_knows_its_state_and_country():
    place = find_place("Boston, MA")
    assert (place.kind, place.state, place.country, place.is_approximate) == (
        "city",
        "Massachusetts",
        "United States",
        False,
    )
    assert (place.latitude, place.longitude) == pytest.approx((42.358, -71.060), abs=0.01)
    assert place.notice is None


def test_a_state_or_country_is_the_approximate_middle_of_its_people():
    texas = find_place("Texas")
    assert (texas.kind, texas.is_approximate, texas.notice.code) == ("state", True, "centre_of_region")
    assert (texas.latitude, texas.longitude) == pytest.approx((31, -97.5), abs=1)
    assert find_place("France").kind == "country"


def test_a_country_given_apart_limits_names_and_codes():
    assert find_place("Cambridge", country="UK").name == "Cambridge, United Kingdom"
    assert find_place("Moscow", country="United States").name == "Moscow, ID, US"
    assert find_place("10115", country="Germany").name == "10115, Germany"
    with pytest.raises(UnknownName):
        find_place("Boston, MA", country="France")


def test_an_unknown_country_given_apart_is_an_error_of_its_own():
    with pytest.raises(UnknownName, match="country"):
        find_place("Boston", country="Atlantis")


def test_a_city_unknown_in_a_state_offers_its_namesakes_elsewhere():
    with pytest.raises(UnknownName) as caught:
        find_place("Honolulu, TX")
    assert "Honolulu, HI, US" in caught.value.choices


@pytest.mark.parametrize(("typed", "name"), [("CLE", "Cleveland, OH, US"), ("lax", "Los Angeles, CA, US")])
def test_the_code_of_a_large_city_is_taken_and_said(typed, name):
    place = find_place(typed)
    assert (place.name, place.notice.code) == (name, "typo_forgiven")


def test_an_alias_of_ours_or_a_name_of_three_letters_is_no_code():
    assert find_place("NYC").notice is None
    assert find_place("Ulm").name == "Ulm, Germany"


def test_the_code_of_a_smaller_city_is_asked_about_and_never_guessed():
    with pytest.raises(UnknownName, match="may be short for") as caught:
        find_place("MAX")
    assert caught.value.choices == ("Matam, Senegal",)
    assert find_place(caught.value.choices[0]).country == "Senegal"


def test_a_small_town_is_found_by_its_exact_name_but_not_by_a_slip():
    assert find_place("Bad Saulgau").name == "Bad Saulgau, Germany"
    assert find_place("Yarmouth, NS").country == "Canada"


def test_the_notice_of_a_slip_holds_what_was_typed_and_what_was_understood():
    notice = find_place("Bostn, MA").notice
    assert (notice.code, dict(notice.parts)) == ("typo_forgiven", {"typed": "Bostn", "name": "Boston, MA, US"})


def test_five_digits_say_that_they_were_read_as_a_us_code_and_who_else_has_them():
    notice = find_place("10115").notice
    assert notice.code == "five_digits_read_as_us"
    assert "Germany" in notice.parts["others"]


def test_a_zip_code_that_is_not_listed_falls_back_to_its_area():
    listed, missing = find_place("02115"), find_place("02159, MA")
    assert (missing.kind, missing.is_approximate, missing.notice.code) == ("area", True, "code_area")
    assert (missing.latitude, missing.longitude) == pytest.approx((listed.latitude, listed.longitude), abs=0.5)


def test_a_code_that_only_one_foreign_country_has_says_which():
    place = find_place("1142", country="New Zealand")
    assert place.country == "New Zealand"
    with pytest.raises(UnknownName) as caught:
        find_place("8091")
    assert "8091, Switzerland" in caught.value.choices


def test_suggestions_begin_with_the_name_itself_and_then_what_it_begins():
    names = [place.name for place in suggest_places("camb")]
    assert names[:2] == ["Cambridge, United Kingdom", "Cambridge, Canada"] or "Cambridge, MA, US" in names
    assert len(suggest_places("san", limit=5)) == 5
    assert suggest_places("cambridge")[0].name.startswith("Cambridge")


def test_suggestions_hold_every_meaning_of_an_ambiguous_name():
    names = {place.name for place in suggest_places("Georgia")}
    assert {"Georgia, US", "Georgia (country)"} <= names


def test_suggestions_forgive_slips_and_stay_within_a_state():
    assert suggest_places("Philidelphia")[0].name == "Philadelphia, PA, US"
    assert all(place.state == "Texas" for place in suggest_places("Hou, TX"))


@pytest.mark.parametrize("text", ["", "b", "!!!", "🙂"])
def test_there_is_nothing_to_suggest_for_nothing(text):
    assert suggest_places(text) == []


def test_no_suggestions_are_made_where_none_are_wanted():
    assert suggest_places("Boston", limit=0) == []
