"""Which of several meanings is taken, and when a person is asked instead.

The rule: the weightiest is taken where it has more than 5 times the people of every other one; a city is preferred to
the state or country that it lies in ("New York", "Singapore"), and to a state of its own country that has not 5 times
its people ("Buenos Aires"). A state or country is never taken over a city elsewhere, or another state or country, of
100,000 people or more ("Georgia", "Ontario"). Anything else is asked back. Whatever is taken over a namesake of
15,000 people or more says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from trialfinder.errors import UnknownName
from trialfinder.places.candidates import Candidate, label_of, place_of
from trialfinder.places.place import Notice, Place

COMPARABLE = 5
LARGE, WORTH_SAYING = 100_000, 15_000
MOST_CHOICES = 6


def decide(text: str, found: Sequence[Candidate], notices: tuple[Notice, ...] = ()) -> Place:
    """The one place that is meant, or the error whose choices are the comparable ones."""
    ranked = distinct(found)
    best = _preferred(ranked)
    others = [other for other in ranked if other is not best and not _contains(other, best)]
    rivals = [other for other in others if _is_comparable(best, other)]
    if rivals:
        raise ambiguous(text, [best, *rivals])
    smaller = [other.label for other in others if other.is_own_name and other.weight >= WORTH_SAYING]
    if smaller:
        notices = (*notices, Notice("largest_of_name", {"name": best.label, "others": "; ".join(smaller[:3])}))
    return place_of(best, notices)


def distinct(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their labels, the weightiest first; those that read the same count as one."""
    labelled: dict[str, Candidate] = {}
    for candidate in found[:40]:
        label = label_of(candidate)
        labelled.setdefault(label, replace(candidate, label=label))
    return list(labelled.values())


def ambiguous(text: str, meant: Sequence[Candidate]) -> UnknownName:
    """The error that asks back."""
    choices = tuple(candidate.label for candidate in meant[:MOST_CHOICES])
    question = " or ".join(choices)
    return UnknownName(f'"{text}" may mean several places: {question}?', choices, what="place", text=text, reason="several")


def _preferred(ranked: Sequence[Candidate]) -> Candidate:
    """The weightiest, unless it is a region whose own city bears the name."""
    best = ranked[0]
    if not best.region:
        return best
    cities = [c for c in ranked if c.city >= 0 and c.is_own_name and _gives_way(best, c)]
    return cities[0] if cities else best


def _gives_way(region: Candidate, city: Candidate) -> bool:
    """Whether a region gives way to a city of its name."""
    return _contains(region, city) or (region.country == city.country and city.weight * COMPARABLE >= region.weight)


def _contains(outer: Candidate, inner: Candidate) -> bool:
    """Whether the first is a region that the second lies in."""
    if not outer.region:
        return False
    if outer.region.kind == "country":
        return outer.country == inner.country
    return outer.state == inner.state


def _is_comparable(best: Candidate, other: Candidate) -> bool:
    """Whether the other may as well be meant."""
    if bool(best.region) != bool(other.region) or (best.region and other.region):
        if other.region and best.city >= 0:
            return other.country != best.country and other.weight >= LARGE
        return other.weight >= LARGE and other.is_own_name
    return other.weight * COMPARABLE >= best.weight
