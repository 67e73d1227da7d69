"""What a person says of themselves. Everything may stay unknown: None, or missing from a mapping."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Sex = Literal["female", "male"]
Menopause = Literal["pre", "post"]
Subtype = Literal["HR+/HER2-", "HR+/HER2+", "HR-/HER2+", "TNBC"]
Receptor = Literal["positive", "negative", "low"]
Her2 = Literal["positive", "negative", "low", "ultralow", "zero"]
BrainMetastases = Literal["none", "stable", "active"]
METASTASES = ("bone", "liver", "lung", "brain", "lymph_nodes", "skin", "leptomeningeal", "other")


@dataclass(frozen=True, slots=True)
class TherapyHistory:
    """Whether a therapy was had. `had` False is "never"; `settings`: `early`, `metastatic`; empty if not said."""

    had: bool
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PatientProfile:
    """A person's details. None, and a name missing from a mapping, is "not said".

    `age` in years; `ecog` 0 to 4; lines are whole numbers of treatment lines for metastatic disease.
    `prior_therapies` is keyed by drug or class id of the vocabulary; `biomarkers` by biomarker id
    (True is positive); `conditions` by condition id (True is "yes"). `overruled` holds "NCT01234567 variable"
    lines that the person has said do not apply. `travel_km` is how far they can go.
    """

    age: float | None = None
    sex: Sex | None = None
    menopause: Menopause | None = None
    subtype: Subtype | None = None
    hr: Receptor | None = None
    er: Receptor | None = None
    pr: Receptor | None = None
    her2: Her2 | None = None
    settings: tuple[str, ...] = ()
    metastases: tuple[str, ...] | None = None
    metastases_complete: bool = False
    brain_metastases: BrainMetastases | None = None
    measurable_disease: bool | None = None
    ecog: int | None = None
    chemo_lines_metastatic: int | None = None
    endocrine_lines_metastatic: int | None = None
    any_lines_metastatic: int | None = None
    prior_therapies: Mapping[str, TherapyHistory] = field(default_factory=dict)
    biomarkers: Mapping[str, bool] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    place: str | None = None
    travel_km: float | None = None
    overruled: frozenset[str] = frozenset()
