"""What is known of a person: the profile and all that follows from it, worked out once for all studies."""

from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from trialfinder.matching.therapy_history import ANY_LINES, CLASS_OF_LINES, METASTATIC_SETTINGS, Past, past_of
from trialfinder.matching.words import Words
from trialfinder.model import PatientProfile
from trialfinder.model.facts import SUBTYPES
from trialfinder.model.profile import METASTASES

HR_POSITIVE = frozenset(subtype for subtype in SUBTYPES if subtype.startswith("HR+"))
HER2_POSITIVE = frozenset(subtype for subtype in SUBTYPES if subtype.endswith("HER2+"))
HR_NEGATIVE = frozenset(SUBTYPES) - HR_POSITIVE
HER2_NEGATIVE = frozenset(SUBTYPES) - HER2_POSITIVE
DISTANT = frozenset(METASTASES) - {"lymph_nodes", "skin"}
"""Places that only a metastatic cancer reaches; nodes and skin may be those beside the breast."""
HAS_BRAIN_METASTASES = ("stable", "active")


@dataclass(frozen=True)
class Known:
    """A profile with its consequences. `None` is unknown, everywhere."""

    profile: PatientProfile
    words: Words
    _pasts: dict[str, Past] = field(default_factory=dict, compare=False)

    def past(self, therapy: str) -> Past:
        """Whether a therapy was had, by setting."""
        if therapy not in self._pasts:
            self._pasts[therapy] = past_of(therapy, self.profile, self.words)
        return self._pasts[therapy]

    @cached_property
    def subtypes(self) -> frozenset[str]:
        """The receptor groups that the person may belong to; all four where nothing is known."""
        if self.profile.subtype is not None:
            return frozenset({self.profile.subtype})
        possible = frozenset(SUBTYPES)
        if self.is_hr_positive is not None:
            possible &= HR_POSITIVE if self.is_hr_positive else HR_NEGATIVE
        if self.is_her2_positive is not None:
            possible &= HER2_POSITIVE if self.is_her2_positive else HER2_NEGATIVE
        return possible

    @cached_property
    def is_hr_positive(self) -> bool | None:
        """Whether a hormone receptor is positive; a low one alone leaves it open, since trials draw the line apart."""
        profile = self.profile
        receptors = (profile.hr, profile.er, profile.pr)
        if "positive" in receptors:
            return True
        if profile.hr == "negative" or (profile.er == "negative" and profile.pr == "negative"):
            return False
        return None

    @cached_property
    def is_her2_positive(self) -> bool | None:
        """Whether HER2 is positive; low, ultralow and zero are all negative."""
        if self.profile.her2 is not None:
            return self.profile.her2 == "positive"
        if self.profile.subtype is not None:
            return self.profile.subtype in HER2_POSITIVE
        return None

    @cached_property
    def sex(self) -> str | None:
        """The sex, said or implied by a menopausal state."""
        return self.profile.sex or ("female" if self.profile.menopause else None)

    @cached_property
    def cannot_be_pregnant(self) -> bool:
        """Men, and women after menopause."""
        return self.sex == "male" or self.profile.menopause == "post"

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """The stage, said or implied: by spread to an organ, or by treatment for metastatic disease."""
        profile = self.profile
        if profile.settings:
            return profile.settings
        if DISTANT & set(profile.metastases or ()) or profile.brain_metastases in HAS_BRAIN_METASTASES:
            return ("metastatic",)
        is_treated = any(least for least, _ in self.lines.values())
        return tuple(sorted(METASTATIC_SETTINGS)) if is_treated else ()

    def has_metastasis(self, site: str) -> bool | None:
        """Whether the cancer has spread to a site; what is not listed is unknown unless the list is complete."""
        if self.profile.metastases is None:
            return None
        if site in self.profile.metastases:
            return True
        return False if self.profile.metastases_complete else None

    @cached_property
    def brain(self) -> str | None:
        """none, stable, active, or present where only the spread is known."""
        if self.profile.brain_metastases is not None:
            return self.profile.brain_metastases
        has_brain = self.has_metastasis("brain")
        return None if has_brain is None else ("present" if has_brain else "none")

    @cached_property
    def is_bone_only(self) -> bool:
        """Whether bone is said to be the only place."""
        return self.profile.metastases == ("bone",) and self.profile.metastases_complete

    @cached_property
    def lines(self) -> dict[str, tuple[float, float]]:
        """The least and the most lines for metastatic disease that the profile allows, by kind."""
        kinds = {key: self._lines_of(key, kind) for key, kind in CLASS_OF_LINES.items()}
        total = self.profile.any_lines_metastatic
        least = max(low for low, _ in kinds.values())
        return kinds | {ANY_LINES: (max(least, self._had_metastatic()), inf) if total is None else (total, total)}

    def _lines_of(self, key: str, kind: str) -> tuple[float, float]:
        said = getattr(self.profile, key)
        if said is not None:
            return said, said
        past = self.past(kind)
        most = inf if self.profile.any_lines_metastatic is None else self.profile.any_lines_metastatic
        return (1 if past.metastatic else 0), (0 if past.metastatic is False else most)

    def _had_metastatic(self) -> int:
        return int(any(self.past(name).metastatic for name in self._counted()))

    def _counted(self) -> list[str]:
        return [name for name in self.profile.prior_therapies if name in self.words.counted]

    def had_early(self, lines_key: str) -> bool | None:
        """Whether treatment that the key counts was had for early disease."""
        kind = CLASS_OF_LINES.get(lines_key)
        if kind is not None:
            return self.past(kind).early
        return any(self.past(name).early for name in self._counted()) or None
