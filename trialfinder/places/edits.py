"""How many slips of the finger are forgiven, and which names lie within them."""

from collections.abc import Sequence

SHORTEST = 4  # a name of three letters is one slip away from many others


def slips_allowed(key: str) -> int:
    """One slip (a letter too many, missing, wrong or swapped) from 4 letters on, two from 9."""
    return 0 if len(key) < SHORTEST else 1 + (len(key) >= 9)


def closest_names(key: str, names: Sequence[str]) -> list[str]:
    """Of the names within the allowed slips, those with the fewest; none where all are further away."""
    numbers, _ = closest(key, names)
    return [names[number] for number in numbers]


def _begins_alike(key: str, name: str) -> bool:
    """Whether both begin with the same letter, or with the same two swapped; a slip rarely hits the first."""
    return key[0] == name[0] or (key[0] == name[1:2] and key[1:2] == name[0])


def closest(key: str, names: Sequence[str], allowed: int | None = None) -> tuple[list[int], int]:
    """The numbers of the names with the fewest slips, in their order, and how many slips those are."""
    from rapidfuzz import process  # noqa: PLC0415  only for people who mistype
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    limit = slips_allowed(key) if allowed is None else allowed
    if not limit:
        return [], 0
    found = process.extract(key, names, scorer=OSA.distance, score_cutoff=limit, limit=None)
    found = [match for match in found if _begins_alike(key, match[0])]
    fewest = min((slips for _, slips, _ in found), default=0)
    return sorted(number for _, slips, number in found if slips == fewest), int(fewest)
