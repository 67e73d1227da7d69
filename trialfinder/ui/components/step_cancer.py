"""What is known of the cancer: its type, and where it is."""

from typing import Any

import streamlit as st

from trialfinder.model.facts import SETTINGS, SUBTYPES
from trialfinder.model.profile import METASTASES
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.fields import NOT_SAID, ask_few, ask_one, ask_truth, put
from trialfinder.ui.state import say, session, tell

RESULTS = "results"
HER2_FINE = ("low", "ultralow", "zero")
BRAIN = "brain"
YES = "yes"


def render_type() -> None:
    """Type of breast cancer, in words or by test results."""
    answers = session().answers
    ask_one(
        answers,
        "subtype",
        say("profile.subtype"),
        [*SUBTYPES, RESULTS],
        lambda value: say(f"profile.subtypes.{_code(value)}.name"),
        captions=[say(f"profile.subtypes.{_code(value)}.text") for value in [*SUBTYPES, RESULTS]],
        is_titled=True,
        shown=RESULTS if session().looks.get(RESULTS) else answers.get("subtype", NOT_SAID),
        change=_take_subtype,
    )
    if session().looks.get(RESULTS):
        _render_results(answers)
    elif answers.get("subtype", "").endswith("HER2-") or answers.get("subtype") == "TNBC":
        ask_one(answers, "her2", say("profile.her2_fine"), HER2_FINE, _her2_name, captions=_her2_texts(HER2_FINE))
    explain("receptor", "her2_low", "tnbc", key="type")


def _render_results(answers: dict[str, Any]) -> None:
    for name in ("er", "pr"):
        ask_one(
            answers, name, say(f"profile.{name}"), ("positive", "low", "negative"), _result_name, horizontal=True
        )  # fmt: skip
    values = ("positive", *HER2_FINE, "negative")
    ask_one(answers, "her2", say("profile.her2"), values, _her2_name, captions=_her2_texts(values))


def _take_subtype(value: str) -> None:
    """Another type makes earlier test results doubtful: they are asked anew."""
    answers, looks = session().answers, session().looks
    for key in ("er", "pr", "hr", "her2"):
        answers.pop(key, None)
    put(looks, RESULTS, value == RESULTS)
    put(answers, "subtype", NOT_SAID if value == RESULTS else value)


def _code(subtype: str) -> str:
    """A subtype as a code of the labels: signs are no letters there."""
    return subtype.replace("/", "_").replace("+", "p").replace("-", "n").lower()


def _result_name(value: str) -> str:
    return say(f"profile.results.{value}")


def _her2_name(value: str) -> str:
    return say(f"profile.her2_values.{value}.name")


def _her2_texts(values: tuple[str, ...]) -> list[str]:
    return [say(f"profile.her2_values.{value}.text") for value in values]


def render_spread() -> None:
    """Stage, places it has spread to, brain."""
    answers = session().answers
    stage = (answers.get("settings") or [NOT_SAID])[0]
    ask_one(
        answers,
        "settings",
        say("profile.stage"),
        tuple(reversed(SETTINGS)),
        lambda value: say(f"profile.stages.{value}"),
        shown=stage,
        change=lambda value: put(answers, "settings", [value] if value else []),
    )
    if not answers.get("settings"):
        st.caption(say("profile.stage_open"))
    elsewhere = [name for name in METASTASES if name != BRAIN]
    ask_few(
        answers,
        "metastases",
        say("profile.metastases"),
        elsewhere,
        lambda value: tell(f"values.metastases.{value}"),
        change=lambda chosen: put(answers, "metastases", [*chosen, *_brain_in(answers)]),
    )
    if answers.get("metastases"):
        ask_truth(answers, "metastases_complete", say("profile.metastases_complete"))
    else:
        answers.pop("metastases_complete", None)
    ask_one(
        answers,
        "brain_metastases",
        say("profile.brain"),
        ("none", "stable", "active", YES),
        lambda value: say(f"profile.brain_values.{value}"),
        shown=answers.get("brain_metastases") or (YES if _brain_in(answers) else NOT_SAID),
        change=_take_brain,
    )
    explain("metastatic", "de_novo", "brain_state", key="spread")


def _brain_in(answers: dict[str, Any]) -> list[str]:
    return [name for name in answers.get("metastases", []) if name == BRAIN]


def _take_brain(value: str) -> None:
    """The state of brain metastases, and the brain among the places, always together."""
    answers = session().answers
    others = [name for name in answers.get("metastases", []) if name != BRAIN]
    put(answers, "metastases", [*others, BRAIN] if value in ("stable", "active", YES) else others)
    put(answers, "brain_metastases", NOT_SAID if value == YES else value)
    if not answers.get("metastases"):
        answers.pop("metastases_complete", None)
