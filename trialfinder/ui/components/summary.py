"""What the person said, in lines to read back."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from trialfinder.ui.components.step_cancer import _code
from trialfinder.ui.components.step_health import _biomarker_name, _condition_name
from trialfinder.ui.components.step_treatments import HAD, NEVER, therapy_name
from trialfinder.ui.state import say, session, tell


def said_in_words() -> list[str]:
    """One line for each thing that was said, in the visitor's language."""
    answers = session().answers
    return [line for key, words in SAID.items() if key in answers for line in words(answers[key])]


def _value(key: str, code: str) -> Callable[[Any], Iterator[str]]:
    def lines(value: Any) -> Iterator[str]:
        yield f"{say(f'profile.said.{key}')}: {say(code.format(value=value))}"

    return lines


def _plain(key: str) -> Callable[[Any], Iterator[str]]:
    def lines(value: Any) -> Iterator[str]:
        yield f"{say(f'profile.said.{key}')}: {value}"

    return lines


def _subtype(value: str) -> Iterator[str]:
    yield f"{say('profile.said.subtype')}: {say(f'profile.subtypes.{_code(value)}.name')}"


def _stage(value: list[str]) -> Iterator[str]:
    yield f"{say('profile.said.settings')}: {', '.join(say(f'profile.stages.{item}') for item in value)}"


def _places(value: list[str]) -> Iterator[str]:
    names = ", ".join(tell(f"values.metastases.{item}") for item in value)
    only = say("profile.said.only") if session().answers.get("metastases_complete") else ""
    yield f"{say('profile.said.metastases')}: {names} {only}".strip()


def _therapies(value: dict[str, Any]) -> Iterator[str]:
    for said in (HAD, NEVER):
        names = [therapy_name(name) for name, had in value.items() if (had == NEVER) == (said == NEVER)]
        if names:
            yield f"{say(f'profile.said.{said}')}: {', '.join(names)}"


def _results(value: dict[str, str]) -> Iterator[str]:
    for result in ("positive", "negative"):
        names = [_biomarker_name(name) for name, said in value.items() if said == result]
        if names:
            yield f"{say(f'profile.said.biomarkers_{result}')}: {', '.join(names)}"


def _conditions(value: dict[str, str]) -> Iterator[str]:
    names = [_condition_name(name) for name, said in value.items() if said == "yes"]
    others = [say("profile.said.no_others")] if "no" in value.values() else []
    yield f"{say('profile.said.conditions')}: {', '.join([*names, *others])}"


def _measurable(value: bool) -> Iterator[str]:
    yield f"{say('profile.said.measurable_disease')}: {say('profile.yes_no.yes' if value else 'profile.yes_no.no')}"


def _travel(value: str) -> Iterator[str]:
    yield f"{say('profile.said.travel')}: {say(f'profile.distances.{value.split(maxsplit=1)[0]}')}"


SAID: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "subtype": _subtype,
    "er": _value("er", "profile.results.{value}"),
    "pr": _value("pr", "profile.results.{value}"),
    "her2": _value("her2", "profile.her2_values.{value}.name"),
    "settings": _stage,
    "metastases": _places,
    "brain_metastases": _value("brain_metastases", "profile.brain_values.{value}"),
    "prior_therapies": _therapies,
    "chemo_lines_metastatic": _plain("chemo_lines_metastatic"),
    "endocrine_lines_metastatic": _plain("endocrine_lines_metastatic"),
    "any_lines_metastatic": _plain("any_lines_metastatic"),
    "biomarkers": _results,
    "measurable_disease": _measurable,
    "ecog": _plain("ecog"),
    "age": _plain("age"),
    "sex": _value("sex", "profile.sexes.{value}"),
    "menopause": _value("menopause", "profile.menopauses.{value}"),
    "conditions": _conditions,
    "place": _plain("place"),
    "travel": _travel,
}
