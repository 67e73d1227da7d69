"""What cannot be true together in one profile. Named, never guessed away."""

from collections.abc import Callable, Iterator

from trialfinder.errors import ProfileError
from trialfinder.matching.profiles.wrong import wrong
from trialfinder.matching.therapy_history import ANY_LINES, CLASS_OF_LINES, counts_as_metastatic
from trialfinder.matching.words import Words
from trialfinder.model import PatientProfile

Pair = tuple[str, str]

BRAIN = "brain"
PREGNANCY = "pregnancy"


def refuse_contradictions(profile: PatientProfile, words: Words) -> None:
    """Raise for the first pair of details that contradict each other."""
    for check in _CHECKS:
        for first, second in check(profile, words):
            raise contradiction(first, second)


def contradiction(first: str, second: str) -> ProfileError:
    """The error that names both details."""
    return wrong("contradiction", first=first, second=second)


def _receptors(profile: PatientProfile, _: Words) -> Iterator[Pair]:
    """Hormone receptors against each other, and against the subtype."""
    positive = [f"{name}: positive" for name in ("hr", "er", "pr") if getattr(profile, name) == "positive"]
    negative = ["hr: negative"] if profile.hr == "negative" else []
    if profile.er == profile.pr == "negative":
        negative.append("er, pr: negative")
    yield from ((first, second) for first in positive for second in negative)
    if profile.subtype is not None:
        against = negative if profile.subtype.startswith("HR+") else positive
        yield from ((f"subtype: {profile.subtype}", second) for second in against)


def _her2(profile: PatientProfile, _: Words) -> Iterator[Pair]:
    if profile.subtype is None or profile.her2 is None:
        return
    if profile.subtype.endswith("HER2+") != (profile.her2 == "positive"):
        yield f"subtype: {profile.subtype}", f"her2: {profile.her2}"


def _spread(profile: PatientProfile, _: Words) -> Iterator[Pair]:
    """Brain metastases against the list of places; places against a purely early cancer."""
    has_brain = BRAIN in (profile.metastases or ())
    if profile.brain_metastases == "none" and has_brain:
        yield "brain_metastases: none", "metastases: brain"
    if profile.brain_metastases in {"stable", "active"} and profile.metastases_complete and not has_brain:
        yield f"brain_metastases: {profile.brain_metastases}", "metastases_complete: true"
    if profile.metastases_complete and profile.metastases is None:
        yield "metastases_complete: true", "metastases"
    if profile.settings == ("early",) and set(profile.metastases or ()) - {"lymph_nodes"}:
        yield "settings: early", f"metastases: {', '.join(profile.metastases or ())}"


def _person(profile: PatientProfile, _: Words) -> Iterator[Pair]:
    if profile.sex == "male" and profile.menopause is not None:
        yield "sex: male", f"menopause: {profile.menopause}"
    if profile.conditions.get(PREGNANCY):
        if profile.sex == "male":
            yield "sex: male", f"conditions: {PREGNANCY}"
        if profile.menopause == "post":
            yield "menopause: post", f"conditions: {PREGNANCY}"


def _lines(profile: PatientProfile, _: Words) -> Iterator[Pair]:
    """More lines of one kind than lines of any kind."""
    total = profile.any_lines_metastatic
    for key in CLASS_OF_LINES:
        n_lines = getattr(profile, key)
        if total is not None and n_lines is not None and n_lines > total:
            yield f"{key}: {n_lines}", f"{ANY_LINES}: {total}"


def _never(profile: PatientProfile, words: Words) -> Iterator[Pair]:
    """Never had a class, but had one of it."""
    never = [name for name, history in profile.prior_therapies.items() if not history.had]
    had = [name for name, history in profile.prior_therapies.items() if history.had]
    for child in had:
        for parent in sorted(words.lineage(child).intersection(never)):
            yield f"prior_therapies: {child} had", f"prior_therapies: {parent} never"


def _never_but_lines(profile: PatientProfile, words: Words) -> Iterator[Pair]:
    """Lines of a kind that was never had; treatment for metastatic disease, and zero lines of its kind."""
    for key, kind in CLASS_OF_LINES.items():
        history = profile.prior_therapies.get(kind)
        if getattr(profile, key) and history is not None and not history.had:
            yield f"{key}: {getattr(profile, key)}", f"prior_therapies: {kind} never"
    for name, history in profile.prior_therapies.items():
        if history.had and any(counts_as_metastatic(setting) for setting in history.settings):
            yield from (
                (f"prior_therapies: {name} had: metastatic", f"{key}: 0") for key in _zero(name, profile, words)
            )


def _zero(therapy: str, profile: PatientProfile, words: Words) -> list[str]:
    """The counts of zero that treatment for metastatic disease with this therapy would have raised."""
    if therapy not in words.counted:
        return []
    kinds = {key for key, kind in CLASS_OF_LINES.items() if kind in words.lineage(therapy)}
    return [key for key in (*CLASS_OF_LINES, ANY_LINES) if getattr(profile, key) == 0 and key in kinds | {ANY_LINES}]


_CHECKS: tuple[Callable[[PatientProfile, Words], Iterator[Pair]], ...] = (
    _receptors,
    _her2,
    _spread,
    _person,
    _lines,
    _never,
    _never_but_lines,
)
