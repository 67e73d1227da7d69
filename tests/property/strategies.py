"""Profiles and facts at random: every key, value and shape that the rules know."""

from hypothesis import assume
from hypothesis import strategies as st

from tests.unit.matching.builders import make_demand, make_fact, make_facts, make_words
from trialfinder.errors import ProfileError
from trialfinder.matching import Known, read_profile
from trialfinder.matching.profiles.values import BRAIN, HER2, RECEPTOR, RECEPTOR_OR_LOW
from trialfinder.model.facts import MENOPAUSE, SETTINGS, SUBTYPES
from trialfinder.model.profile import METASTASES

WORDS = make_words()
THERAPIES = sorted(WORDS.parents)
MARKERS = sorted(set(WORDS.biomarkers.spellings.values()))
ILLNESSES = sorted(set(WORDS.conditions.spellings.values()))
HAD_WHERE = st.lists(st.sampled_from(SETTINGS), max_size=2, unique=True).map(lambda settings: {"had": settings})
LINES = st.integers(0, 4)

SAID = {
    "age": st.integers(18, 90),
    "sex": st.sampled_from(["female", "male"]),
    "menopause": st.sampled_from(MENOPAUSE),
    "subtype": st.sampled_from(SUBTYPES),
    "hr": st.sampled_from(RECEPTOR),
    "er": st.sampled_from(RECEPTOR_OR_LOW),
    "pr": st.sampled_from(RECEPTOR_OR_LOW),
    "her2": st.sampled_from(HER2),
    "settings": st.lists(st.sampled_from(SETTINGS), min_size=1, max_size=2, unique=True),
    "metastases": st.lists(st.sampled_from(METASTASES), max_size=3, unique=True),
    "metastases_complete": st.booleans(),
    "brain_metastases": st.sampled_from(BRAIN),
    "measurable_disease": st.booleans(),
    "ecog": st.integers(0, 4),
    "chemo_lines_metastatic": LINES,
    "endocrine_lines_metastatic": LINES,
    "any_lines_metastatic": LINES,
    "prior_therapies": st.dictionaries(
        st.sampled_from(THERAPIES), st.one_of(st.sampled_from(["had", "never"]), HAD_WHERE), max_size=4
    ),
    "biomarkers": st.dictionaries(st.sampled_from(MARKERS), st.sampled_from(RECEPTOR), max_size=3),
    "conditions": st.dictionaries(st.sampled_from(ILLNESSES), st.sampled_from(["yes", "no"]), max_size=3),
    "place": st.sampled_from(["Cleveland, OH", "Boston"]),
    "travel": st.sampled_from(["100 mi", "160 km", "12.5 miles"]),
    "overrule": st.lists(st.sampled_from(["NCT99000001 ecog_max", "NCT99000002 prior_excluded:taxane"]), unique=True),
}


@st.composite
def said(draw):
    """A mapping as in a profile file, free of contradictions."""
    keys = draw(st.lists(st.sampled_from(sorted(SAID)), max_size=6, unique=True))
    mapping = {key: draw(SAID[key]) for key in keys}
    assume(is_consistent(mapping))
    return mapping


def is_consistent(mapping) -> bool:
    """Whether a profile can be read from a mapping."""
    try:
        read_profile(mapping, WORDS)
    except ProfileError:
        return False
    return True


def know(mapping) -> Known:
    """What is known of somebody who said so much."""
    return Known(read_profile(mapping, WORDS)[0], WORDS)


def _demand(members, **limits):
    flags = {
        "is_conditional": st.booleans(),
        "window": st.none() | st.just("within the past year"),
    }
    return st.builds(lambda chosen, kw: make_demand(*chosen, **kw), members, st.fixed_dictionaries(flags | limits))


def _one(*values):
    return st.tuples(st.sampled_from(values))


SETTING = {"setting": st.sampled_from(["any", "early", "metastatic"])}
NAMED = {"named": st.sampled_from([(), ("paclitaxel",), ("fulvestrant", "palbociclib")])}
LIMITS = SETTING | {
    "minimum": st.none() | st.sampled_from([0.0, 1.0, 2.0]),
    "maximum": st.none() | st.sampled_from([2.0, 3.0]),
}


def _group(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(
        lambda found: tuple(sorted(found))
    )


def _admitted(values):
    return st.booleans().flatmap(
        lambda is_conditional: st.lists(st.sampled_from(values), min_size=1, unique=True).map(
            lambda found: tuple(make_demand(value, is_conditional=is_conditional) for value in sorted(found))
        )
    )


FACTS = {
    "cancer": _demand(_one("breast_only", "breast_named", "any_solid", "not_breast")).map(lambda d: (d,)),
    "settings": _admitted(SETTINGS),
    "subtypes": _admitted(SUBTYPES),
    "her2_low": _demand(_one("required", "excluded")).map(lambda d: (d,)),
    "menopause": _admitted(MENOPAUSE),
    "men": _demand(_one("false", "true")).map(lambda d: (d,)),
    "ecog_max": _demand(st.just(()), maximum=st.sampled_from([0.0, 1.0, 2.0])).map(lambda d: (d,)),
    "life_expectancy_min_months": _demand(st.just(()), minimum=st.sampled_from([3.0, 6.0])).map(lambda d: (d,)),
    "measurable_disease": _demand(_one("required", "not_required")).map(lambda d: (d,)),
    "brain_metastases": _demand(_one("required", "allowed", "stable_only", "excluded")).map(lambda d: (d,)),
    "leptomeningeal": _demand(_one("required", "allowed", "excluded")).map(lambda d: (d,)),
    "chemo_lines_metastatic": _demand(st.just(()), **LIMITS).map(lambda d: (d,)),
    "endocrine_lines_metastatic": _demand(st.just(()), **LIMITS).map(lambda d: (d,)),
    "any_lines_metastatic": _demand(st.just(()), **LIMITS).map(lambda d: (d,)),
    "prior_required": st.lists(_demand(_group(THERAPIES), **SETTING, **NAMED), min_size=1, max_size=3).map(tuple),
    "prior_excluded": st.lists(_demand(_one(*THERAPIES), **SETTING, **NAMED), min_size=1, max_size=3).map(tuple),
    "biomarkers_required": st.lists(_demand(_group(MARKERS)), min_size=1, max_size=2).map(tuple),
    "biomarkers_excluded": st.lists(_demand(_one(*MARKERS)), min_size=1, max_size=2).map(tuple),
    "excluded_conditions": st.lists(st.sampled_from(ILLNESSES), min_size=1, max_size=3, unique=True).flatmap(
        lambda names: st.tuples(*(_demand(st.just((name,))) for name in sorted(names)))
    ),
}


@st.composite
def studies(draw, least=1, most=4):
    """Some studies with random facts and random limits of age and sex."""
    count = draw(st.integers(least, most))
    found = []
    for number in range(1, count + 1):
        keys = draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=6, unique=True))
        facts = [make_fact(key, *draw(FACTS[key])) for key in keys]
        found.append(make_facts(*facts, nct_id=f"NCT{99000000 + number}"))
    fields = {
        "minimum_age_years": [draw(st.none() | st.just(18.0)) for _ in found],
        "maximum_age_years": [draw(st.none() | st.just(70.0)) for _ in found],
        "sex": [draw(st.sampled_from(["ALL", "FEMALE", "MALE"])) for _ in found],
    }
    return found, fields
