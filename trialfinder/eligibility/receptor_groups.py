"""Receptor groups as sets: which combinations of hormone receptor and HER2 a statement admits.

HER2 has four states here (positive, low, ultralow, zero), because HER2-negative splits into the last three;
hormone receptor has two. A group is a bit set of the eight combinations.
"""

NOBODY = 0
EVERYBODY = 0b1111_1111
HR_POSITIVE = 0b0000_1111
HR_NEGATIVE = 0b1111_0000
HER2_POSITIVE = 0b0001_0001
HER2_LOW = 0b0010_0010
HER2_ULTRALOW = 0b0100_0100
HER2_ZERO = 0b1000_1000
HER2_NEGATIVE = HER2_LOW | HER2_ULTRALOW | HER2_ZERO
HER2_EXPRESSED = HER2_POSITIVE | HER2_LOW | HER2_ULTRALOW
TRIPLE_NEGATIVE = HR_NEGATIVE & HER2_NEGATIVE

_SUBTYPES = (
    ("HR+/HER2-", HR_POSITIVE & HER2_NEGATIVE),
    ("HR+/HER2+", HR_POSITIVE & HER2_POSITIVE),
    ("HR-/HER2+", HR_NEGATIVE & HER2_POSITIVE),
    ("TNBC", TRIPLE_NEGATIVE),
)


def subtypes_of(group: int) -> tuple[str, ...]:
    """The receptor groups of the guide that have a member in it."""
    return tuple(name for name, members in _SUBTYPES if group & members)


def her2_low_of(group: int) -> str | None:
    """`required` where only HER2-low or ultralow is admitted, `excluded` where HER2-negative is but low is not."""
    if group and not group & ~(HER2_LOW | HER2_ULTRALOW):
        return "required"
    if group & HER2_NEGATIVE and not group & HER2_LOW:
        return "excluded"
    return None


def her2_of_scores(scores: frozenset[str]) -> int:
    """The HER2 states that a list of IHC and ISH results names; EVERYBODY where it says nothing clear."""
    found = {score for score in scores if score in ("0", "1", "2", "3")}
    for words, members in (
        ("below 2", "01"),
        ("above 2", "23"),
        ("above 1", "123"),
        ("0 to 2", "012"),
        ("1 to 3", "123"),
    ):
        if words in scores:
            found.update(members)
    if "below 2" in scores and "3" not in found:
        found.discard("2")
    if not found:
        return _of_hybridisation(scores)
    states = {"3": HER2_POSITIVE, "2": _of_two_plus(found, scores), "1": HER2_LOW, "0": HER2_ZERO | HER2_ULTRALOW}
    group = NOBODY
    for score in found:
        group |= states[score]
    if "amplified" in scores and "3" in found:
        group |= HER2_POSITIVE
    return group


def _of_hybridisation(scores: frozenset[str]) -> int:
    if "amplified" in scores:
        return EVERYBODY if "not amplified" in scores else HER2_POSITIVE
    return HER2_NEGATIVE if "not amplified" in scores else EVERYBODY


def _of_two_plus(found: set[str], scores: frozenset[str]) -> int:
    """2+ alone is undecided; beside 3+ it is meant amplified, beside 0 or 1+ not."""
    is_amplified, is_not = "amplified" in scores, "not amplified" in scores
    if is_amplified != is_not:
        return HER2_POSITIVE if is_amplified else HER2_LOW
    if "3" in found and "1" not in found:
        return HER2_POSITIVE
    if found & {"0", "1"} and "3" not in found:
        return HER2_LOW
    return HER2_POSITIVE | HER2_LOW
