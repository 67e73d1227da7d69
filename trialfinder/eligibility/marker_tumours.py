"""Which of the tumours of a sentence a marker is asked of: "NSCLC with an EGFR mutation, or TNBC" asks nothing here.

A marker belongs to the tumour that it stands beside. It belongs to breast cancer where that one is nearest, where the
tumours share one noun ("breast or ovarian cancer with a BRCA mutation"), where it stands apart before all of them
("a BRCA mutation and one of these cancers"), and where a long list of genes follows a list of tumours.
"""

from collections.abc import Sequence

from trialfinder.eligibility.biomarker_clusters import Cluster
from trialfinder.vocab.receptors import CueKind, ReceptorWords

_MANY = 4  # markers: nobody writes so many of the last tumour of a list alone

Place = tuple[int, int]


def is_of_other_tumour(cluster: Cluster, lower: str, words: ReceptorWords) -> bool:
    """Whether the marker is asked of another tumour than one of the breast, as far as the sentence says."""
    others = _places(lower, words, "other_tumour")
    if not others:
        return False
    breast = _places(lower, words, "breast")
    ours = breast or _places(lower, words, "any_tumour")
    return not ours or not _is_of_ours(cluster, lower, words, ours, others, is_breast=bool(breast))


def _is_of_ours(
    cluster: Cluster,
    lower: str,
    words: ReceptorWords,
    ours: Sequence[Place],
    others: Sequence[Place],
    *,
    is_breast: bool,
) -> bool:
    """Whether the marker is asked of breast cancer, where it is named, or else of solid tumours in general."""
    before = [place for place in [*ours, *others] if place[1] <= cluster.start]
    after = [place for place in [*ours, *others] if place[0] >= cluster.end]
    if not before:
        return _stands_apart(cluster, lower, words, min(after), ours if is_breast else ())
    nearest = max(before)
    is_listed = words.cue("next_in_list").search(lower[nearest[1] : cluster.start])
    if is_listed or _is_adjective(cluster, lower, words, after, others):
        return False
    if nearest in ours:
        return True
    earlier = [place for place in ours if is_breast and place < nearest]
    return bool(earlier) and (len(cluster.markers) >= _MANY or _share_noun(lower, words, earlier[-1], nearest))


def _share_noun(lower: str, words: ReceptorWords, first: Place, last: Place) -> bool:
    """Whether one noun follows both names: "breast, lung or ovarian cancer"."""
    has_none = words.cue("shares_noun").match(lower, first[0]) is not None
    return has_none and words.cue("tumour_noun").search(lower, first[1], last[0]) is None


def _places(lower: str, words: ReceptorWords, kind: CueKind) -> list[Place]:
    return [match.span() for match in words.cue(kind).finditer(lower)]


def _stands_apart(cluster: Cluster, lower: str, words: ReceptorWords, first: Place, breast: Sequence[Place]) -> bool:
    """Whether a marker before all tumours speaks of them all: it is linked to them, or they share one noun."""
    if first in breast or words.cue("marker_link").search(lower, cluster.end, first[0]):
        return True
    return bool(breast) and _share_noun(lower, words, first, breast[0])


def _is_adjective(
    cluster: Cluster, lower: str, words: ReceptorWords, after: Sequence[Place], others: Sequence[Place]
) -> bool:
    """Whether the next tumour follows the marker at once: "PD-L1 positive NSCLC"."""
    if not after or min(after) not in others:
        return False
    between = lower[cluster.end : min(after)[0]]
    return not words.cue("marker_link").search(between) and "," not in between
