"""A change in one plain sentence: "now takes stable brain metastases"."""

from collections.abc import Mapping
from types import MappingProxyType

from trialfinder.finder.plain_words import status_words
from trialfinder.matching.vocabularies import label_of
from trialfinder.model.facts import RANGE_KEYS, FlatValue
from trialfinder.wording import Language, has_sentence, render
from trialfinder.wording.answers import member_words, range_words, variable_name

LISTED_KEYS = ("prior_required", "prior_excluded", "biomarkers_required", "biomarkers_excluded", "excluded_conditions")
"""Facts of which a person wants to hear what was added and what was dropped."""

_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"ecog_max": "level.at_most", "life_expectancy_min_months": "changes.months"}
)


def kind_words(kind: str, language: Language) -> str:
    """What happened, in a few words."""
    return render(f"changes.kinds.{kind}", language)


def status_change(kind: str, before: str | None, after: str | None, language: Language) -> str:
    """A new recruitment status, beside the one it was."""
    was, now = (status_words(status, language) for status in (before, after))
    return render("changes.status", language, kind=kind_words(kind, language), before=was, after=now)


def with_detail(kind: str, detail: str | None, language: Language) -> str:
    """What happened, and to what: a site, or the number that a study answers under now."""
    said = kind_words(kind, language)
    return f"{said}: {detail}" if detail else said


def fact_change(key: str, before: FlatValue, after: FlatValue, language: Language) -> str:
    """What the trial asks now, and what it asked before."""
    own = f"changes.facts.{key}.{'silent' if after is None else after}"
    if has_sentence(own):
        return render(own, language)
    name = variable_name(key, label_of, language)
    if key in LISTED_KEYS:
        return f"{name}: {_difference(key, _members(before), _members(after), language)}"
    was, now = (value_words(key, value, language) for value in (before, after))
    return render("changes.now", language, variable=name, before=was, after=now)


def _difference(key: str, before: tuple[str, ...], after: tuple[str, ...], language: Language) -> str:
    groups = {"also": [m for m in after if m not in before], "no_longer": [m for m in before if m not in after]}
    said = [
        render(f"changes.{code}", language, names=_names(key, tuple(members), language))
        for code, members in groups.items()
        if members
    ]
    return "; ".join(said)


def value_words(key: str, value: FlatValue, language: Language) -> str:
    """The value of a fact in words."""
    if value in (None, (), (None, None)):
        return render("changes.not_said", language)
    if (key == "age" or key in RANGE_KEYS) and isinstance(value, tuple):
        return range_words("age" if key == "age" else "lines", value[0], value[1], language)
    if isinstance(value, tuple):
        return _names(key, _members(value), language)
    if key in _NUMBERS:
        return render(_NUMBERS[key], language, most=_number(value), n=_number(value))
    code = str(value).lower() if isinstance(value, bool) else str(value)
    own = f"changes.values.{key}.{code}"
    return render(own if has_sentence(own) else f"values.{key}.{code}", language)


def _members(value: FlatValue) -> tuple[str, ...]:
    return tuple(str(member) for member in value) if isinstance(value, tuple) else ()


def _names(key: str, members: tuple[str, ...], language: Language) -> str:
    return ", ".join(member_words(key, (member,), label_of, language) for member in members)


def _number(value: FlatValue) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
