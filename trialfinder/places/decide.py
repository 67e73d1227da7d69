"""Which of several meanings is taken, and when a person is asked instead.

The rule: the one with the most people is taken if it has more than 5 times those of every other (10 times, if the
other lies in another country and has 100,000 or more: Birmingham, AL). A state or country gives way to its own city
of that name ("New York", "Singapore"), a country only if the city has a fifth of its people; it is never taken over
another city, state or country of 100,000 or more ("Georgia", "Ontario"). Anything else is asked back. A place that is
only also called so counts a fifth of its people, and is no rival of one that has the name. Whatever is taken over a
namesake of 100,000 or more, or of a twentieth of its people, says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from trialfinder.errors import UnknownName
from trialfinder.places.candidates import LARGE, Candidate, label_of, place_of
from trialfinder.places.distance import distances_km
from trialfinder.places.gazetteer import gazetteer
from trialfinder.places.place import Notice, Place

COMPARABLE, COMPARABLE_ABROAD = 5, 10
SAME_PLACE_KM = 25
WORTH_SAYING = 20
MOST_CHOICES = 6
MOST_WEIGHED = 12  # the rest is smaller than all of them


def decide(text: str, found: Sequence[Candidate], notices: tuple[Notice, ...] = ()) -> Place:
    """The one place that is meant, or the error whose choices are the comparable ones."""
    ranked = distinct(found)
    best = _preferred(ranked)
    others = [other for other in ranked if other is not best and not _goes_with(other, best)]
    rivals = [other for other in others if not _contains(other, best) and _is_comparable(best, other)]
    if rivals:
        raise ambiguous(text, [best, *rivals])
    least = min(LARGE, best.weight / WORTH_SAYING)
    smaller = [other.label for other in others if other.is_own_name and other.weight >= least]
    if smaller:
        notices = (*notices, Notice("largest_of_name", {"name": best.label, "others": "; ".join(smaller[:3])}))
    return place_of(best, notices)


def distinct(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their labels, the weightiest first; those that read the same count as one."""
    labelled: dict[str, Candidate] = {}
    for candidate in found[:MOST_WEIGHED]:
        label = label_of(candidate)
        labelled.setdefault(label, replace(candidate, label=label))
    return list(labelled.values())


def ambiguous(text: str, meant: Sequence[Candidate]) -> UnknownName:
    """The error that asks back."""
    choices = tuple(candidate.label for candidate in meant[:MOST_CHOICES])
    question = " or ".join(choices)
    may_mean = f"may mean several places: {question}?" if len(choices) > 1 else f"may be short for {question}."
    return UnknownName(f'"{text}" {may_mean}', choices, what="place", text=text, reason="several")


def _preferred(ranked: Sequence[Candidate]) -> Candidate:
    """The weightiest, unless it is a region whose own city bears the name."""
    best = ranked[0]
    if not best.region:
        return next((c for c in ranked if c.is_own_name and _is_same_place(best, c)), best)
    cities = [c for c in ranked if c.city >= 0 and c.is_own_name and _gives_way(best, c)]
    return cities[0] if cities else best


def _gives_way(region: Candidate, city: Candidate) -> bool:
    """Whether a region gives way to a city of its name: a large one within it, or one with a fifth of its people."""
    is_capital = _contains(region, city) and region.state >= 0 and city.weight >= LARGE
    return is_capital or (region.country == city.country and city.weight * COMPARABLE >= region.weight)


def _goes_with(other: Candidate, best: Candidate) -> bool:
    """Whether the other is about where the best is: the same town, or a region hardly larger that it lies in."""
    return _is_same_place(best, other) or (_contains(other, best) and best.weight * COMPARABLE_ABROAD >= other.weight)


def _contains(outer: Candidate, inner: Candidate) -> bool:
    """Whether the first is a region that the second lies in."""
    if not outer.region:
        return False
    if outer.region.kind == "country":
        return outer.country == inner.country
    return outer.state == inner.state


def _is_comparable(best: Candidate, other: Candidate) -> bool:
    """Whether the other may as well be meant."""
    if other.region and best.city >= 0:
        return other.country != best.country and other.weight >= LARGE
    if best.region:
        return other.weight >= LARGE and other.is_own_name
    if best.is_own_name and not other.is_own_name:
        return False
    is_abroad = other.country != best.country and other.weight >= LARGE
    return other.weight * (COMPARABLE_ABROAD if is_abroad else COMPARABLE) >= best.weight


def _is_same_place(one: Candidate, other: Candidate) -> bool:
    """Whether two cities are one to a person who names them: in one state, and a short way apart."""
    if one.city < 0 or other.city < 0 or (one.country, one.state) != (other.country, other.state):
        return False
    places = gazetteer()
    end = places.latitude[[other.city]], places.longitude[[other.city]]
    start = float(places.latitude[one.city]), float(places.longitude[one.city])
    return bool(distances_km(*start, *end)[0] < SAME_PLACE_KM)
