"""What a name may mean: every city, state and country that bears it, with the weight of each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from trialfinder.places.distance import unit_vectors
from trialfinder.places.edits import closest
from trialfinder.places.gazetteer import gazetteer
from trialfinder.places.normalise import fold, normalise
from trialfinder.places.place import Notice, Place
from trialfinder.places.regions import Region, is_code_of_country, marked, regions, regions_named, short_country

Groups = tuple[tuple[Region, ...], ...]  # "Boston, MA, US": each group is one qualifier with all that it may mean
OTHER_NAME = 0.2  # a city that is only also called so counts a fifth of its people
_TOWN_WORD = re.compile(r" (?:city|gu|ku|shi|si|town|cedex(?: \d+)?)$")
LARGE = 100_000  # people: a city that is never passed over for a state or country of its name
EXACT_ONLY_BELOW = 15_000  # people: smaller cities are found by their exact name, or within a state or country


@dataclass(frozen=True, slots=True)
class Candidate:
    """One city (its number) or region that a name may mean; `weight` is its people, or a part of them."""

    weight: float
    country: int
    state: int
    city: int = -1
    region: Region | None = None
    is_own_name: bool = True
    label: str = field(default="", compare=False)

    def lies_in(self, groups: Groups) -> bool:
        """Whether every qualifier may mean a region that it lies in."""
        return all(any(self._is_within(region) for region in group) for group in groups)

    def _is_within(self, region: Region) -> bool:
        if region.kind == "state":
            return self.state == region.state_number
        return self.country == region.country_number


def candidates(name: str, groups: Groups) -> list[Candidate]:
    """All that a name may mean within the qualifiers, the weightiest first; states are preferred to countries.

    "Richmond, CA" is in California, although Canada has one too; "Toronto, CA" is in Canada. Within qualifiers a place
    that has the name is meant, and not a larger one that is also called so. "Yokohama City" is Yokohama.
    """
    key = normalise(name)
    named = [region for region in regions_named(key) if groups or not is_code_of_country(key, region)]
    own = [*_cities(name, key), *_regions(named)]
    if groups and (found := within(own, groups)):
        return found
    found = within([*own, *(_city(n, OTHER_NAME, is_own=False) for n in gazetteer().weak(key))], groups)
    stem = _TOWN_WORD.sub("", key)
    return found or (candidates(stem, groups) if stem != key else [])


def within(found: Sequence[Candidate], groups: Groups) -> list[Candidate]:
    """The candidates that lie in the qualifiers, the weightiest first."""
    found = [c for c in found if not any(c.region in group for group in groups)]  # in "Québec, QC" the city is meant
    states_first = tuple(tuple(r for r in group if r.kind == "state") or group for group in groups)
    kept = [c for c in found if c.lies_in(states_first)] or [c for c in found if c.lies_in(groups)]
    return sorted(kept, key=lambda c: (-c.weight, c.city))


def _cities(name: str, key: str) -> list[Candidate]:
    """The cities that bear a name; where one is spelt just so ("St. Louis"), the others ("Saint-Louis") weigh less."""
    places, typed = gazetteer(), fold(name)
    own = places.strong(key)
    spelt = {number for number in own if fold(places.name(number)) == typed or places.key(number) != key}
    return [_city(number, OTHER_NAME if spelt and number not in spelt else 1.0) for number in own]


def _city(number: int, share: float, *, is_own: bool = True) -> Candidate:
    """A city as a candidate."""
    places = gazetteer()
    people = max(int(places.population[number]), 1) * share
    return Candidate(people, int(places.country[number]), int(places.state[number]), number, None, is_own)


def _regions(found: Iterable[Region]) -> list[Candidate]:
    """Regions as candidates; those without a single city have no point, and are none."""
    weighed = ((region, region_centre(region)) for region in found)
    return [
        Candidate(centre[2], region.country_number, region.state_number, region=region)
        for region, centre in weighed
        if centre
    ]


@cache
def region_centre(region: Region) -> tuple[float, float, float] | None:
    """Latitude and longitude of the middle of a region's people, and their number in its cities."""
    places = gazetteer()
    column, number = (
        (places.state, region.state_number) if region.kind == "state" else (places.country, region.country_number)
    )
    mask = column == number
    people = places.population[mask].astype(float)
    if not people.sum():
        return None
    x, y, z = people @ unit_vectors(places.latitude[mask], places.longitude[mask])
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x))), float(people.sum())


def misspelt(name: str, groups: Groups) -> list[Candidate]:
    """What a name may mean if a slip of the finger is forgiven: all with the fewest slips, the weightiest first."""
    key, places = normalise(name), gazetteer()
    inside = _inside(groups)
    own, slips = closest(key, [places.strong_keys[n] for n in inside])
    found = [(slips, _city(inside[n], 1.0)) for n in own]
    if not groups or not found:
        keys, owners = places.other_keys
        others, slips = closest(key, keys)
        found += [(slips, _city(owners[n], OTHER_NAME, is_own=False)) for n in others]
    names = list(regions().by_key)
    near, slips = closest(key, names)
    found += [(slips, c) for n in near for c in _regions(regions().by_key[names[n]])]
    kept = [(slips, c) for slips, c in found if c.lies_in(groups)]
    fewest = min((slips for slips, _ in kept), default=0)
    return within([c for slips, c in kept if slips == fewest], groups)


def _inside(groups: Groups) -> list[int]:
    """The numbers of the cities among which a misspelt name is looked for."""
    places = gazetteer()
    if not groups:
        return list(range(int(np.count_nonzero(places.population >= EXACT_ONLY_BELOW))))
    mask = np.ones(len(places.population), bool)
    for group in groups:
        states = [r.state_number for r in group if r.kind == "state"]
        countries = [r.country_number for r in group if r.kind == "country"]
        mask &= np.isin(places.state, states) | np.isin(places.country, countries)
    return [int(number) for number in np.flatnonzero(mask)]


def label_of(candidate: Candidate) -> str:
    """How a candidate is shown, and typed so that it is found again: "Cambridge, MA, US", "Paris, France"."""
    places = gazetteer()
    country = regions().countries[candidate.country].name
    if candidate.region:
        return _region_label(candidate.region)
    state = regions().states[candidate.state] if candidate.state >= 0 else None
    parts = [places.name(candidate.city)]
    if state and country == "United States":
        parts.append(state.abbreviation)
    elif state and _has_namesake(candidate):
        parts.append(state.name)
    return ", ".join([*parts, short_country(country)])


def _region_label(region: Region) -> str:
    """A region's name, marked "(state)" or "(country)" where a city bears the same."""
    places = gazetteer()
    cities = places.strong(normalise(region.name))
    if region.kind == "country":
        is_shared = any(places.country[n] == region.country_number or places.population[n] >= LARGE for n in cities)
        return marked(region) if is_shared else region.label
    is_shared = any(places.country[number] == region.country_number for number in cities)
    return f"{marked(region)}, {short_country(region.country)}" if is_shared else region.label


def _has_namesake(candidate: Candidate) -> bool:
    """Whether its country has another city of the same name, in another state."""
    places = gazetteer()
    same = places.strong(places.key(candidate.city))
    return any(places.country[n] == candidate.country and places.state[n] != candidate.state for n in same)


def place_of(candidate: Candidate, notices: tuple[Notice, ...] = ()) -> Place:
    """The candidate as a place."""
    country = regions().countries[candidate.country].name
    state = regions().states[candidate.state].name if candidate.state >= 0 else None
    region = candidate.region
    if region:
        centre = region_centre(region)
        assert centre is not None  # noqa: S101  `_regions` lets no other pass
        label = _region_label(region)
        told = (*notices, Notice("centre_of_region", {"name": label}))
        return Place(label, region.kind, centre[0], centre[1], country, state, is_approximate=True, notices=told)
    places = gazetteer()
    point = float(places.latitude[candidate.city]), float(places.longitude[candidate.city])
    return Place(label_of(candidate), "city", *point, country, state, notices=notices)
