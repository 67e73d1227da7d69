"""Test results, general health, age and other illnesses."""

from functools import partial
from typing import Any

from trialfinder.matching.profiles.values import AGE_YEARS
from trialfinder.matching.vocabularies import label_of
from trialfinder.model.facts import MENOPAUSE
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.fields import NOT_SAID, ask_few, ask_many, ask_number, ask_one, ask_truth, put
from trialfinder.ui.state import lang, say, session
from trialfinder.vocab import load_vocabulary

UNUSED = "other"
ECOG = (0, 1, 2, 3, 4)
PREGNANCY = "pregnancy"
POSITIVE, NEGATIVE = "positive", "negative"


def render_tests() -> None:
    """Gene and protein tests, and whether a scan shows a tumour that can be measured."""
    answers = session().answers
    told: dict[str, str] = answers.get("biomarkers", {})
    for result in (POSITIVE, NEGATIVE):
        ask_many(
            answers,
            f"biomarkers_{result}",
            say(f"profile.biomarkers_{result}"),
            _biomarkers(),
            _biomarker_name,
            shown=[name for name, said in told.items() if said == result],
            change=partial(_take_biomarkers, result),
            placeholder=say(f"profile.biomarkers_{result}_example"),
        )
    said = answers.get("measurable_disease")
    measurable = NOT_SAID if said is None else "yes" if said else "no"
    ask_one(
        answers,
        "measurable_disease",
        say("profile.measurable"),
        ("yes", "no"),
        lambda value: say(f"profile.yes_no.{value}"),
        horizontal=True,
        shown=measurable,
        change=_take_measurable,
    )
    explain("genetic_testing", "measurable_disease", key="tests")


def _biomarkers() -> list[str]:
    names = [name for name in load_vocabulary().biomarkers.rows if name != UNUSED]
    return sorted(names, key=lambda name: _biomarker_name(name).casefold())


def _biomarker_name(name: str) -> str:
    return label_of("biomarkers", name, lang())


def _take_biomarkers(result: str, names: list[str]) -> None:
    answers = session().answers
    before: dict[str, str] = answers.get("biomarkers", {})
    others = {name: said for name, said in before.items() if said != result and name not in names}
    put(answers, "biomarkers", others | dict.fromkeys(names, result))


def _take_measurable(value: str) -> None:
    session().answers.pop("measurable_disease", None)
    if value:
        session().answers["measurable_disease"] = value == "yes"


def render_health() -> None:
    """Activity level, age, sex, menopause, other illnesses."""
    answers = session().answers
    ask_one(
        answers,
        "ecog",
        say("profile.ecog"),
        ECOG,
        lambda value: say(f"profile.ecog_values.{value}.name"),
        captions=[say(f"profile.ecog_values.{value}.text") for value in ECOG],
    )
    ask_number(answers, "age", say("profile.age"), *AGE_YEARS)
    ask_one(
        answers, "sex", say("profile.sex"), ("female", "male"), lambda value: say(f"profile.sexes.{value}"),
        horizontal=True, change=_take_sex,
    )  # fmt: skip
    if answers.get("sex") != "male":
        ask_one(
            answers, "menopause", say("profile.menopause"), MENOPAUSE, lambda value: say(f"profile.menopauses.{value}")
        )  # fmt: skip
    _render_conditions(answers)
    explain("ecog", "lung_inflammation", "visceral_crisis", key="health")


def _take_sex(value: str) -> None:
    answers = session().answers
    put(answers, "sex", value)
    if value == "male":
        answers.pop("menopause", None)
        answers.get("conditions", {}).pop(PREGNANCY, None)


def _render_conditions(answers: dict[str, Any]) -> None:
    told: dict[str, str] = answers.get("conditions", {})
    names = [name for name in load_vocabulary().conditions.by_id if not _is_pregnancy_of_man(name)]
    ask_few(
        answers, "conditions", say("profile.conditions"), names, _condition_name,
        shown=[name for name, said in told.items() if said == "yes"], change=partial(_take_conditions, names),
    )  # fmt: skip
    ask_truth(
        answers, "no_other_conditions", say("profile.no_other_conditions"),
        shown="no" in told.values(), change=partial(_take_no_others, names),
    )  # fmt: skip


def _is_pregnancy_of_man(name: str) -> bool:
    return name == PREGNANCY and session().answers.get("sex") == "male"


def _condition_name(name: str) -> str:
    return label_of("conditions", name, lang())


def _take_conditions(names: list[str], chosen: list[str]) -> None:
    is_none_else = "no" in session().answers.get("conditions", {}).values()
    _put_conditions(names, chosen, is_none_else=is_none_else)


def _take_no_others(names: list[str], is_none_else: bool) -> None:
    told: dict[str, str] = session().answers.get("conditions", {})
    _put_conditions(names, [name for name, said in told.items() if said == "yes"], is_none_else=is_none_else)


def _put_conditions(names: list[str], chosen: list[str], *, is_none_else: bool) -> None:
    told = dict.fromkeys(names, "no") if is_none_else else {}
    put(session().answers, "conditions", told | dict.fromkeys(chosen, "yes"))
