"""One found trial as a card: what it is, how it stands to the person, where the nearest open site is."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from trialfinder.finder.plain_words import distance_words, kind_words, none_if_na, phase_words, status_words
from trialfinder.matching.vocabularies import label_of
from trialfinder.ui.components.shell import day, open_trial
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.state import has_answers, is_listed, lang, say, say_n, tell, toggle_listed
from trialfinder.ui.text import html_of, quote_of
from trialfinder.ui.words import labels
from trialfinder.vocab import load_vocabulary
from trialfinder.vocab.registry_terms import open_statuses
from trialfinder.wording import Language

MOST_NAMES = 4
OLD_RECORD_DAYS = 365
SITE_PARTS = ("facility", "city", "state", "country")


def render_card(row: Mapping[str, Any]) -> None:
    """A card; `row` is a row of a listing's studies."""
    nct_id = str(row["nct_id"])
    with st.container(border=True, key=f"card_{nct_id}"):
        st.html(_head(row) + _body(row))
        with st.container(horizontal=True, gap="small"):
            if st.button(say("find.open_trial"), key=f"open_{nct_id}", type="primary"):
                open_trial(nct_id)
            render_list_button(nct_id, "card")


def render_conflict(row: Mapping[str, Any], reasons: Iterable[tuple[str, str]]) -> None:
    """A trial that something speaks against, with the reasons: (sentence, the trial's own words) pairs."""
    nct_id = str(row["nct_id"])
    with st.container(border=True, key=f"card_{nct_id}"):
        st.html(f"{_head(row)}{reasons_in_words(reasons)}")
        if st.button(say("find.open_trial"), key=f"open_{nct_id}"):
            open_trial(nct_id)


def reasons_in_words(reasons: Iterable[tuple[str, str]]) -> str:
    """The reasons as HTML, each of the trial's own sentences once."""
    named: dict[str, list[str]] = {}
    for said, quote in reasons:
        named.setdefault(quote, []).append(html_of(said))
    items = "".join(f"<li>{'<br>'.join(said)}{quote_of(quote)}</li>" for quote, said in named.items())
    return f'<ul class="tf-reasons">{items}</ul>'


def render_list_button(nct_id: str, where: str) -> None:
    """The button that puts a trial on the list, or takes it off."""
    text = say("common.on_my_list") if is_listed(nct_id) else say("common.add_to_list")
    icon = "⭐" if is_listed(nct_id) else "☆"
    st.button(f"{icon} {text}", key=f"list_{where}_{nct_id}", on_click=toggle_listed, args=(nct_id,))


def _head(row: Mapping[str, Any]) -> str:
    parts = [kind_words(str(row["kind"]), lang()), phases_in_words(none_if_na(row["phases"]))]
    about = " · ".join(html_of(part) for part in parts if part)
    return f'<h3 class="tf-title" lang="en">{html_of(str(row["brief_title"]))}</h3><p class="tf-about">{about}</p>'


def phases_in_words(phases: str | Iterable[str] | None) -> str:
    """The phases with the question that each asks: "Phase 2 (does it work?)"; "" for none."""
    values = phases.split("|") if isinstance(phases, str) else list(phases or ())
    asked = " ".join(say(f"find.phases.{value}") for value in values if f"find.phases.{value}" in labels(lang()))
    return f"{phase_words(values, lang())} ({asked})" if asked else phase_words(values, lang())


def _body(row: Mapping[str, Any]) -> str:
    lines = [chips(row) if has_answers() else "", _tested(none_if_na(row["interventions"])), _nearest(row), _age(row)]
    return "".join(line for line in lines if line)


def chips(row: Mapping[str, Any]) -> str:
    """How many of the trial's demands fit, conflict, or should be asked about."""
    shown = [(kind, int(row[f"n_{kind}"])) for kind in ("fits", "conflicts", "ask")]
    marks = {"fits": "✓", "conflicts": "✗", "ask": "?"}
    spans = [
        f'<li class="tf-chip tf-{kind}">{marks[kind]} {html_of(tell(f"chips.{kind}", n=n))}</li>'
        for kind, n in shown
        if n
    ]
    return f'<ul class="tf-chips">{"".join(spans)}</ul>' if spans else ""


def _tested(names: str | None) -> str:
    if not names:
        return ""
    found = [with_class(name, lang()) for name in dict.fromkeys(names.split("; "))]
    more = len(found) - MOST_NAMES
    words = "; ".join(html_of(name) for name in found[:MOST_NAMES]) + (
        f" {html_of(say('find.and_more', n=more))}" if more > 0 else ""
    )
    return f"<p><b>{html_of(say('find.tested'))}</b> {words}</p>"


@lru_cache(maxsize=4096)
def with_class(name: str, language: Language) -> str:
    """A studied drug with the class that it belongs to, in words."""
    therapies = load_vocabulary().therapies
    id_ = therapies.find(name)
    own = () if id_ is None else therapies.classes_of(id_)
    classes = [above for class_ in own for above in (therapies.parents(class_) if class_ == id_ else (class_,))]
    kinds = [label_of("therapies", class_, language).split(" (")[0] for class_ in classes]
    return f"{name} ({', '.join(kinds[:2])})" if kinds else name


def _nearest(row: Mapping[str, Any]) -> str:
    parts = {part: none_if_na(row[f"nearest_open_{part}"]) for part in SITE_PARTS}
    parts["country"] = country_name(parts["country"] or "")
    place = ", ".join(str(part) for part in parts.values() if part)
    if not place:
        status = none_if_na(row["overall_status"])
        return f"<p>📍 {html_of(say('find.no_open_site'))} {html_of(status_words(status, lang()))}.</p>"
    km = none_if_na(row["nearest_open_distance_km"])
    far = f"<b>{html_of(distance_words(km, lang()))}</b> · " if km is not None else ""
    status = none_if_na(row["nearest_open_status"])
    more = int(row["n_open_sites"]) - 1
    others = f" {html_of(say_n('find.more_sites', more))}" if more > 0 else ""
    return f"<p>📍 {far}{html_of(place)}. {html_of(status_words(status, lang()))}.{others}</p>"


def _age(row: Mapping[str, Any]) -> str:
    updated = none_if_na(row["last_update_date"])
    is_open = row["overall_status"] in open_statuses()
    status = "" if is_open else f"{status_words(none_if_na(row['overall_status']), lang())}. "
    when = "" if updated is None else say("find.updated", date=day(_date(updated)))
    if updated is not None and is_old(_date(updated)):
        when = f"⏳ {when} {say('find.over_a_year')}"
    return f'<p class="tf-small">{html_of(status)}{html_of(when)} {html_of(str(row["nct_id"]))}</p>'


def is_old(checked: date) -> bool:
    """Whether a record was last touched over a year ago."""
    return (date.today() - checked).days > OLD_RECORD_DAYS  # noqa: DTZ011 - a day more or less


def _date(value: Any) -> date:
    found: date = value.date() if hasattr(value, "date") else value
    return found
