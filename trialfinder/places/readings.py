"""How typed text falls apart into a name and what qualifies it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialfinder.places.candidates import Groups
from trialfinder.places.edits import closest_names
from trialfinder.places.normalise import normalise
from trialfinder.places.place import Notice
from trialfinder.places.regions import regions, regions_named

_BETWEEN_PARTS = re.compile(r"[,;\n]+")
_LONGEST_REGION = 5  # words


@dataclass(frozen=True, slots=True)
class Reading:
    """A name, and the states and countries said after it; `notices` tell of a misspelt one.

    `left_out` is what stands before the name, a street or a hospital: if it is a place itself, the reading is wrong.
    """

    name: str
    groups: Groups = ()
    notices: tuple[Notice, ...] = ()
    left_out: str = ""


def parts_of(text: str) -> list[str]:
    """The parts between commas that hold a letter or a digit."""
    return [part.strip() for part in _BETWEEN_PARTS.split(text) if normalise(part)]


def readings(text: str) -> Iterator[Reading]:
    """Every way to read a text, the likeliest first: whole, then with its last parts or words as qualifiers.

    "Boston, MA" · "Saint Louis MO" · "Boston MA USA" · "12 Elm Street, Boston, MA" (what stands before is left out)
    """
    parts = parts_of(text)
    if regions_named(normalise(text)) or len(parts) == 1:
        yield Reading(text.strip())
    for names, groups in _split_qualifiers(parts):
        for place, name in enumerate(names[::-1] if groups else names[-1:], start=1):
            left_out = "" if groups else names[0] * (len(names) > place)
            yield Reading(name, groups, left_out=left_out)
            yield from _within_part(name, groups)


def readings_misspelt(text: str) -> Iterator[Reading]:
    """The readings whose last part is a state or country with a slip of the finger: "Boston, Massachusets"."""
    parts = parts_of(text)
    if len(parts) < 2:
        return
    key = normalise(parts[-1])
    meant = tuple(
        dict.fromkeys(r for name in closest_names(key, list(regions().by_key)) for r in regions().by_key[name])
    )
    if meant:
        notice = Notice("typo_forgiven", {"typed": parts[-1], "name": meant[0].name})
        for names, groups in _split_qualifiers(parts[:-1]):
            yield Reading(names[-1], (*groups, meant), (notice,))


def _split_qualifiers(parts: list[str]) -> Iterator[tuple[list[str], Groups]]:
    """The parts that name the place, and the states and countries behind them.

    The first part is always a name, unless it is a street: in "New York, NY" and "Singapore, Singapore" the city's.
    """
    names = list(parts)
    splits: list[tuple[list[str], Groups]] = [(list(names), ())]
    while len(names) > 1:
        taken = 2 if len(names) > 2 and _is_country(" ".join(names[-2:])) else 1  # "Korea, Republic of"
        said = _groups_of(" ".join(names[-taken:]).split())
        if not said:
            break
        del names[-taken:]
        splits.append((list(names), (*said, *splits[-1][1])))
    yield splits[-1]
    if len(splits) > 1 and len(names) == 1 and _is_street(names[0]) and not _is_country(splits[-2][0][-1]):
        yield splits[-2]  # "12 Elm Street, Washington": the last of the qualifiers was the name


def _is_street(part: str) -> bool:
    """Whether a part has a house number."""
    return any(char.isdigit() for char in part)


def _is_country(name: str) -> bool:
    """Whether two parts are one country, as registries write them: "Korea, Republic of"."""
    return any(region.kind == "country" for region in regions_named(normalise(name)))


def _groups_of(words: list[str]) -> Groups:
    """The qualifiers that the words are, all of them ("MA", "MA USA"); none if a word is left over."""
    whole = regions_named(normalise(" ".join(words)))
    if whole:
        return (whole,)
    for cut in range(1, len(words)):
        last = regions_named(normalise(" ".join(words[cut:])))
        first = _groups_of(words[:cut]) if last else ()
        if first:
            return (*first, last)
    return ()


def _within_part(part: str, groups: Groups) -> Iterator[Reading]:
    """The readings of one part whose last words are a state or country."""
    words = part.split()
    for cut in range(max(1, len(words) - _LONGEST_REGION), len(words)):
        said = _groups_of(words[cut:])
        if said:
            yield Reading(" ".join(words[:cut]), (*said, *groups))
