"""From what a person types to a point on the map, or to the question what was meant."""

from dataclasses import replace

from trialfinder.errors import UnknownName
from trialfinder.places.candidates import LARGE, OTHER_NAME, Candidate, Groups, candidates, label_of, misspelt
from trialfinder.places.decide import ambiguous, decide, distinct
from trialfinder.places.normalise import normalise
from trialfinder.places.place import Notice, Place
from trialfinder.places.postal import find_code
from trialfinder.places.readings import Reading, readings, readings_misspelt
from trialfinder.places.regions import find_country
from trialfinder.places.suggest import lookalikes

CODE_LENGTH = 3
LONGEST_TEXT = 200  # characters; no address is longer, and looking for slips takes time


def find_place(text: str, *, country: str | None = None) -> Place:
    """The place that a postal code, city, state or country stands for; typos are forgiven, and said in `notice`.

    `country` limits the search to one. Where the name is unknown or may mean several comparable places (see
    `decide`), raises UnknownName; each of its choices, given as text, finds one place.
    """
    if not normalise(text) or len(text) > LONGEST_TEXT:
        raise UnknownName("Say a city, a postal code, a state or a country.", what="place", text=text[:LONGEST_TEXT])
    limit: Groups = ((find_country(country),),) if country else ()
    return find_code(text, limit) or _find_name(text, limit)


def _find_name(text: str, limit: Groups) -> Place:
    """The place that a name stands for: exactly, with a misspelt state, with a misspelt name, or not at all."""
    exact = [replace(reading, groups=(*reading.groups, *limit)) for reading in readings(text)]
    for reading in exact:
        found = candidates(reading.name, reading.groups)
        if found and not (reading.left_out and candidates(reading.left_out, ())):
            return _of_code(text, reading, found) if _is_code(reading, found) else decide(text, found)
    for reading in readings_misspelt(text):
        if found := candidates(reading.name, (*reading.groups, *limit)):
            return decide(text, found, reading.notices)
    for reading in exact:
        if found := [] if reading.left_out else misspelt(reading.name, reading.groups):
            return _forgive(text, reading, found)
    raise _unknown(text, exact, limit)


def _is_code(reading: Reading, found: list[Candidate]) -> bool:
    """Whether three letters alone name cities by a code (of an airport, say), and none by its name or an alias."""
    is_short = len(reading.name) == CODE_LENGTH and reading.name.isalpha() and not reading.groups
    return is_short and not any(candidate.is_own_name for candidate in found)


def _of_code(text: str, reading: Reading, found: list[Candidate]) -> Place:
    """The large city of a code, with the notice that says so; a smaller one is asked about."""
    if found[0].weight < LARGE * OTHER_NAME:
        raise ambiguous(text, distinct(found))
    return _forgive(text, reading, found)


def _forgive(text: str, reading: Reading, found: list[Candidate]) -> Place:
    """The place of a misspelt name, with the notice that says what was understood."""
    place = decide(text, found)
    return replace(
        place, notices=(Notice("typo_forgiven", {"typed": reading.name, "name": place.name}), *place.notices)
    )


def _unknown(text: str, tried: list[Reading], limit: Groups) -> UnknownName:
    """The error that names the places of the same name elsewhere, or those that look alike."""
    names = [name for reading in tried for name in (reading.left_out, reading.name) if name]
    elsewhere = [label_of(c) for name in names for c in candidates(name, limit)[:3]]
    choices = tuple(dict.fromkeys(elsewhere or [label_of(c) for c in lookalikes(names[-1], limit)]))[:5]
    hint = f" Did you mean {' or '.join(choices)}?" if choices else " Try the nearest larger city, or a postal code."
    return UnknownName(f'I know no place "{text}".{hint}', choices, what="place", text=text, reason="unknown")
