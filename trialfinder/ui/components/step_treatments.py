"""Treatments had and not had, and how many lines."""

from collections.abc import Sequence
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
NAMES = ("generic", "brand", "abbreviation")


@lru_cache(maxsize=2)
def therapy_options(language: Language) -> tuple[str, ...]:
    """Drugs that can be had outside trials and classes of treatment, by their names in a language.

    Drugs stand first, and a drug once more for each name that its label lacks: people know it as "Taxol" too.
    """
    therapies = load_vocabulary().therapies
    drugs = {drug for drug in therapies.drugs if therapies.is_marketed(drug) and drug in therapies.anticancer}
    named = sorted(drugs | set(therapies.classes), key=lambda id_: therapies.label(id_, language).casefold())
    ids = sorted(named, key=lambda id_: id_ not in drugs)
    others = [row for row in therapies.drug_aliases if row.drug in drugs and row.kind in NAMES]
    unseen = [row.alias for row in others if row.alias.casefold() not in therapies.label(row.drug, language).casefold()]
    return (*ids, *dict.fromkeys(unseen))


def therapy_name(id_: str) -> str:
    """A drug with its brand, or a class, in the visitor's language; what was typed freely stays as typed."""
    return label_of("therapies", id_, lang())


def _offered_name(option: str) -> str:
    """An option as it is offered: another name of a drug stands beside the drug's own."""
    known = load_vocabulary().therapies.find(option)
    return therapy_name(option) if known in (None, option) else f"{option} = {therapy_name(str(known))}"


def render() -> None:
    """The questions of this step."""
    told: dict[str, Any] = session().answers.get(KEY, {})
    had = [name for name, said in told.items() if said != NEVER]
    never = [name for name, said in told.items() if said == NEVER]
    options = therapy_options(lang())
    ask_many(
        session().answers, "had", say("profile.had"), options, _offered_name,
        shown=had, change=lambda names: _take(names, HAD), accepts_new=True, placeholder=say("profile.had_example"),
    )  # fmt: skip
    st.caption(say("profile.had_help"))
    ask_many(
        session().answers, "never", say("profile.never"), options, _offered_name,
        shown=never, change=lambda names: _take(names, NEVER), accepts_new=True,
        placeholder=say("profile.never_example"),
    )  # fmt: skip
    st.caption(say("profile.never_help"))
    if had:
        with st.expander(say("profile.when_title")):
            for name in had:
                _render_when(name, told[name])
    st.markdown(f"**{say('profile.lines_title')}**")
    for key in RANGE_KEYS:
        ask_from_list(session().answers, key, say(f"profile.lines.{key}"), range(MOST_LINES + 1), str)
    explain("line_of_therapy", "chemotherapy", "hormonal_therapy", "targeted_therapy", key="treatments")


def _take(chosen: Sequence[str], said: str) -> None:
    """Had and never had are one table: a name stands in it once, what was said last holds."""
    mine = session().answers
    before: dict[str, Any] = mine.get(KEY, {})
    of_kind = {name: value for name, value in before.items() if (value == NEVER) == (said == NEVER)}
    find = load_vocabulary().therapies.find
    now = {find(name) or name: of_kind.get(name, said) for name in chosen}
    others = {name: value for name, value in before.items() if name not in of_kind and name not in now}
    put(mine, KEY, others | now)


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
