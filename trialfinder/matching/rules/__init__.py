"""How one term of a trial is answered: for each key one rule, which gives None where nothing is asked."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from trialfinder.matching.known import Known
from trialfinder.matching.reply import Reply
from trialfinder.matching.rules import conditions, disease, lines, person, receptors, therapies
from trialfinder.matching.terms import Term

Rule = Callable[[Known, Term], Reply | None]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "age": person.answer_age,
        "sex": person.answer_sex,
        "men": person.answer_men,
        "menopause": person.answer_menopause,
        "ecog_max": person.answer_ecog,
        "life_expectancy_min_months": person.answer_life_expectancy,
        "cancer": disease.answer_cancer,
        "settings": disease.answer_settings,
        "measurable_disease": disease.answer_measurable,
        "brain_metastases": disease.answer_brain,
        "leptomeningeal": disease.answer_leptomeningeal,
        "subtypes": receptors.answer_subtypes,
        "her2_low": receptors.answer_her2_low,
        "biomarkers_required": receptors.answer_biomarkers_required,
        "biomarkers_excluded": receptors.answer_biomarkers_excluded,
        "chemo_lines_metastatic": lines.answer_lines,
        "endocrine_lines_metastatic": lines.answer_lines,
        "any_lines_metastatic": lines.answer_lines,
        "prior_required": therapies.answer_required,
        "prior_excluded": therapies.answer_excluded,
        "excluded_conditions": conditions.answer_condition,
    }
)

DOCTORS_KEYS = frozenset({"life_expectancy_min_months"})
"""What a person cannot know and a doctor will check: shown, never counted."""


def answer(known: Known, term: Term) -> Reply | None:
    """The answer to one term; None where nothing is asked of this person."""
    return RULES[term.key](known, term)
