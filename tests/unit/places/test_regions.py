"""Countries and states by every spelling."""

import pytest

from trialfinder.errors import UnknownName
from trialfinder.places import canonical_state, find_country, find_state


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Korea, Republic of", "South Korea"),
        ("south korea", "South Korea"),
        ("Turkey (Türkiye)", "Turkey"),
        ("Russian Federation", "Russia"),
        ("Iran, Islamic Republic of", "Iran"),
        ("Viet Nam", "Vietnam"),
        ("The Netherlands", "Netherlands"),
        ("U.K.", "United Kingdom"),
        ("us", "United States"),
        ("DE", "Germany"),
        ("España", "Spain"),
        ("Georgia", "Georgia"),
        ("Côte D'Ivoire", "Ivory Coast"),
    ],
)
def test_a_country_is_known_by_old_and_foreign_names_and_letters(typed, name):
    region = find_country(typed)
    assert (region.name, region.kind, region.notice) == (name, "country", None)


@pytest.mark.parametrize(
    ("typed", "name"), [("Germny", "Germany"), ("Unted States", "United States"), ("Philipines", "Philippines")]
)
def test_a_slip_in_a_country_is_forgiven_with_a_notice(typed, name):
    region = find_country(typed)
    assert region.name == name
    assert region.notice.code == "typo_forgiven"
    assert region.notice.parts == {"typed": typed, "name": name}


def test_an_unknown_country_names_the_nearest():
    with pytest.raises(UnknownName) as caught:
        find_country("Grmany land")
    assert "Germany" in caught.value.choices


@pytest.mark.parametrize(
    ("typed", "name", "country"),
    [
        ("MA", "Massachusetts", "United States"),
        ("Mass.", "Massachusetts", "United States"),
        ("Georgia", "Georgia", "United States"),
        ("D.C.", "District of Columbia", "United States"),
        ("N. Carolina", "North Carolina", "United States"),
        ("Ont.", "Ontario", "Canada"),
        ("Québec", "Quebec", "Canada"),
        ("PEI", "Prince Edward Island", "Canada"),
        ("NSW", "New South Wales", "Australia"),
        ("Bayern", "Bavaria", "Germany"),
        ("Cataluña", "Catalonia", "Spain"),
        ("Orissa", "Odisha", "India"),
        ("Mazowieckie", "Mazovia", "Poland"),
        ("Shanghai Municipality", "Shanghai", "China"),
    ],
)
def test_a_state_is_known_by_short_old_and_local_names(typed, name, country):
    region = find_state(typed)
    assert (region.name, region.country, region.kind) == (name, country, "state")


def test_letters_that_several_countries_use_mean_the_us_state_unless_a_country_is_said():
    assert find_state("WA").name == "Washington"
    assert find_state("WA", country="Australia").name == "Western Australia"


def test_a_slip_in_a_state_is_forgiven_with_a_notice():
    region = find_state("Pensylvania")
    assert (region.name, region.notice.code) == ("Pennsylvania", "typo_forgiven")


def test_an_unknown_state_names_the_nearest():
    with pytest.raises(UnknownName) as caught:
        find_state("Mossochosots")
    assert "Massachusetts, US" in caught.value.choices


@pytest.mark.parametrize(
    ("typed", "country", "name"),
    [
        ("bayern", "Germany", "Bavaria"),
        ("MA", "United States", "Massachusetts"),
        ("MA", None, None),
        ("Nowhere", "Germany", None),
        ("Massachusets", "United States", None),
    ],
)
def test_the_canonical_state_is_never_guessed(typed, country, name):
    assert canonical_state(typed, country) == name
