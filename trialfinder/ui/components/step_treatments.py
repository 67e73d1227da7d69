"""Treatments had and not had, and how many lines."""

from functools import lru_cache, partial
from typing import Any

import streamlit as st

from trialfinder.matching.vocabularies import label_of
from trialfinder.model.facts import RANGE_KEYS
from trialfinder.ui.components.explain import explain
from trialfinder.ui.components.fields import NOT_SAID, ask_from_list, ask_many, put
from trialfinder.ui.state import lang, say, session
from trialfinder.vocab import load_vocabulary
from trialfinder.wording import Language

KEY = "prior_therapies"
HAD, NEVER = "had", "never"
WHEN = ("early", "metastatic", "both")
MOST_LINES = 12


@lru_cache(maxsize=2)
def therapy_options(language: Language) -> tuple[str, ...]:
    """Drugs that can be had outside trials and classes of treatment, by their names in a language."""
    therapies = load_vocabulary().therapies
    drugs = {drug for drug in therapies.drugs if therapies.is_marketed(drug) and drug in therapies.anticancer}
    return tuple(sorted(drugs | set(therapies.classes), key=lambda id_: therapies.label(id_, language).casefold()))


def therapy_name(id_: str) -> str:
    """A drug with its brand, or a class, in the visitor's language; what was typed freely stays as typed."""
    return label_of("therapies", id_, lang())


def render() -> None:
    """The questions of this step."""
    told: dict[str, Any] = session().answers.get(KEY, {})
    had = [name for name, said in told.items() if said != NEVER]
    never = [name for name, said in told.items() if said == NEVER]
    options = therapy_options(lang())
    ask_many(
        session().answers, "had", say("profile.had"), options, therapy_name,
        shown=had, change=lambda names: _take(names, HAD), accepts_new=True, help=say("profile.had_help"),
    )  # fmt: skip
    ask_many(
        session().answers, "never", say("profile.never"), options, therapy_name,
        shown=never, change=lambda names: _take(names, NEVER), accepts_new=True, help=say("profile.never_help"),
    )  # fmt: skip
    if had:
        with st.expander(say("profile.when_title")):
            for name in had:
                _render_when(name, told[name])
    st.markdown(f"**{say('profile.lines_title')}**")
    for key in RANGE_KEYS:
        ask_from_list(session().answers, key, say(f"profile.lines.{key}"), range(MOST_LINES + 1), str)
    explain("line_of_therapy", "chemotherapy", "hormonal_therapy", "targeted_therapy", key="treatments")


def _take(names: list[str], said: str) -> None:
    """Had and never had are one table: a name stands in it once, what was said last holds."""
    mine = session().answers
    before: dict[str, Any] = mine.get(KEY, {})
    of_kind = {name: value for name, value in before.items() if (value == NEVER) == (said == NEVER)}
    others = {name: value for name, value in before.items() if name not in of_kind and name not in names}
    put(mine, KEY, others | {name: of_kind.get(name, said) for name in names})


def _render_when(name: str, said: Any) -> None:
    when = said[HAD] if isinstance(said, dict) else []
    shown = "both" if len(when) > 1 else (when[0] if when else NOT_SAID)
    ask_from_list(
        {}, f"when_{name}", therapy_name(name), WHEN, lambda value: say(f"profile.when.{value}"),
        nothing=say("profile.when.unsaid"), shown=shown, change=partial(_take_when, name),
    )  # fmt: skip


def _take_when(name: str, when: str) -> None:
    settings = {"": [], "both": ["early", "metastatic"]}.get(when, [when])
    session().answers[KEY][name] = {HAD: settings} if settings else HAD
