"""What follows from a person's treatments: a child means its parents, never a parent means never its children."""

from dataclasses import dataclass

from trialfinder.matching.words import Words
from trialfinder.model import PatientProfile, TherapyHistory
from trialfinder.model.facts import Setting

ANY_LINES = "any_lines_metastatic"
CLASS_OF_LINES = {"chemo_lines_metastatic": "chemotherapy", "endocrine_lines_metastatic": "endocrine_therapy"}
METASTATIC_SETTINGS = frozenset({"metastatic", "locally_advanced"})
"""Treatment for advanced disease counts with that for metastatic disease, as trials count it."""


@dataclass(frozen=True, slots=True)
class Past:
    """Whether one therapy was had: for early disease, for metastatic disease, at all. None is unknown."""

    early: bool | None = None
    metastatic: bool | None = None
    ever: bool | None = None

    def during(self, setting: Setting) -> bool | None:
        """Whether it was had in that setting."""
        return {"any": self.ever, "early": self.early, "metastatic": self.metastatic}[setting]


def past_of(therapy: str, profile: PatientProfile, words: Words) -> Past:
    """What the profile says, or implies, of one drug or class."""
    lineage = words.lineage(therapy)
    below = [had for name, had in profile.prior_therapies.items() if had.had and therapy in words.lineage(name)]
    above = [had for name, had in profile.prior_therapies.items() if name in lineage]
    early = _in_setting(below, above, is_metastatic=False)
    metastatic = _in_setting(below, above, is_metastatic=True)
    if metastatic is None:
        metastatic = _from_lines(therapy, lineage, profile) if therapy in words.counted else None
    ever = True if below or metastatic else (False if early is False and metastatic is False else None)
    return _completed(early, metastatic, ever)


def _in_setting(below: list[TherapyHistory], above: list[TherapyHistory], *, is_metastatic: bool) -> bool | None:
    if any(_names(had, is_metastatic=is_metastatic) for had in below):
        return True
    if any(not had.had or (had.settings and not _names(had, is_metastatic=is_metastatic)) for had in above):
        return False
    return None


def _names(had: TherapyHistory, *, is_metastatic: bool) -> bool:
    return any(counts_as_metastatic(setting) is is_metastatic for setting in had.settings)


def counts_as_metastatic(setting: str) -> bool:
    """Whether treatment in a setting counts as treatment for metastatic disease."""
    return setting in METASTATIC_SETTINGS


def _from_lines(therapy: str, lineage: frozenset[str], profile: PatientProfile) -> bool | None:
    """Zero lines: nothing of the kind for metastatic disease. One line or more: the kind itself was had."""
    if profile.any_lines_metastatic == 0:
        return False
    for key, kind in CLASS_OF_LINES.items():
        n_lines = getattr(profile, key)
        if n_lines == 0 and kind in lineage:
            return False
        if n_lines and kind == therapy:
            return True
    return None


def _completed(early: bool | None, metastatic: bool | None, ever: bool | None) -> Past:
    """Had, and not in one setting, means had in the other."""
    if ever and early is False:
        metastatic = True
    elif ever and metastatic is False:
        early = True
    return Past(early, metastatic, ever)
