"""Places to choose from, while a person types or after a miss."""

from trialfinder.errors import UnknownName
from trialfinder.places.candidates import Candidate, Groups, candidates, misspelt, place_of, within
from trialfinder.places.candidates import _city as city_candidate
from trialfinder.places.decide import distinct
from trialfinder.places.gazetteer import gazetteer
from trialfinder.places.normalise import normalise
from trialfinder.places.place import Place
from trialfinder.places.postal import find_code
from trialfinder.places.readings import readings

_LONGEST_TEXT = 200  # characters; looking for slips in more takes time
_MOST_READ = 400  # beginnings that are looked at; the largest cities stand first


def suggest_places(text: str, limit: int = 8) -> list[Place]:
    """Places that a text may mean or begin, the likeliest first: exact names, then beginnings, then misspelt ones."""
    if len(text) > _LONGEST_TEXT or len(normalise(text)) < 2 or limit < 1:
        return []
    try:
        code = find_code(text, ())
    except UnknownName:
        code = None
    found = [c for reading in readings(text) for c in candidates(reading.name, reading.groups)]
    found += [c for reading in readings(text) for c in _beginning(normalise(reading.name), reading.groups)]
    if not found and not code:
        found = [c for reading in readings(text) for c in misspelt(reading.name, reading.groups)] or lookalikes(
            text, ()
        )
    places = ([code] if code else []) + [place_of(c) for c in distinct(found)]
    return places[:limit]


def _beginning(key: str, groups: Groups) -> list[Candidate]:
    """The cities whose name begins so."""
    if len(key) < 2:
        return []
    numbers = gazetteer().beginning(key, _MOST_READ)
    return within([city_candidate(number, 1.0) for number in numbers], groups)


def lookalikes(name: str, groups: Groups, most: int = 5) -> list[Candidate]:
    """The cities whose names look most like one that we do not know; larger ones are preferred a little."""
    from math import log10  # noqa: PLC0415

    from rapidfuzz import fuzz, process  # noqa: PLC0415  only for people who mistype

    places = gazetteer()
    best = process.extract(normalise(name), places.strong_keys, scorer=fuzz.ratio, score_cutoff=70, limit=60)
    found = [(score + 2.2 * log10(max(places.population[n], 1)), city_candidate(n, 1.0)) for _, score, n in best]
    ranked = [c for _, c in sorted(found, key=lambda pair: (-pair[0], pair[1].city))]
    return [c for c in ranked if c.lies_in(groups)][:most]
