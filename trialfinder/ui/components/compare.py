"""Up to four trials side by side."""

from collections.abc import Callable, Sequence
from textwrap import shorten

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.finder.plain_words import distance_words, kind_words, phase_words, status_words
from trialfinder.ui.components.shell import day
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.state import lang, say, tell
from trialfinder.ui.text import html_of
from trialfinder.vocab.registry_terms import open_statuses

MOST = 4
SHORT = 50  # letters of a title that name a trial well enough
Cell = Callable[[TrialView], str | Sequence[str]]


def render_compare(views: Sequence[TrialView]) -> None:
    """Choose two to four of the trials, and see them as one table that scrolls sideways on a phone."""
    by_id = {view.study.nct_id: view for view in views}
    chosen = st.multiselect(
        say("my_list.compare.label"),
        list(by_id),
        default=list(by_id)[:MOST],
        format_func=lambda nct_id: f"{nct_id} {shorten(by_id[nct_id].study.brief_title, SHORT, placeholder=' …')}",
        placeholder=say("my_list.compare.placeholder"),
        filter_mode="contains",
        select_all=False,
        key="compare",
    )
    if len(chosen) < 2:
        st.caption(say("my_list.compare.two"))
        return
    if len(chosen) > MOST:
        st.warning(say("my_list.compare.most"), icon="⚠️")
    st.html(table_of([by_id[nct_id] for nct_id in chosen[:MOST]]))


def table_of(views: Sequence[TrialView]) -> str:
    """The trials as columns of an HTML table, every text of the registry escaped."""
    heads = "".join(f'<th scope="col" lang="en">{html_of(view.study.brief_title)}</th>' for view in views)
    rows = "".join(
        f'<tr><th scope="row">{html_of(label)}</th>{"".join(f"<td>{_shown(cell(view))}</td>" for view in views)}</tr>'
        for label, cell in _rows()
    )
    label = html_of(say("my_list.compare.title"))
    return (
        f'<div class="tf-scroll" role="region" aria-label="{label}" tabindex="0"><table class="tf-table tf-compare">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _rows() -> list[tuple[str, Cell]]:
    return [
        (tell("labels.nct_id"), lambda view: view.study.nct_id),
        (tell("labels.verdict"), _verdict),
        (tell("labels.overall_status"), lambda view: status_words(view.study.overall_status, lang())),
        (tell("labels.phase"), lambda view: phase_words(view.study.phases, lang())),
        (say("my_list.compare.kind"), lambda view: kind_words(view.study.kind, lang())),
        (tell("labels.interventions"), lambda view: [item.name for item in view.study.interventions]),
        (tell("labels.nearest_open_site"), _nearest),
        (tell("headings.fits"), lambda view: [said for said, _ in view.said("fits")]),
        (tell("headings.conflicts"), lambda view: [said for said, _ in view.said("conflicts")]),
        (tell("headings.ask"), lambda view: [said for said, _ in view.questions()]),
        (say("my_list.compare.updated"), lambda view: day(view.study.last_update_date)),
    ]


def _verdict(view: TrialView) -> str:
    return tell(f"verdicts.{view.assessment.verdict}") if view.assessment else ""


def _nearest(view: TrialView) -> str:
    site = next((site for site in view.study.sites if site.status in open_statuses()), None)
    if site is None:
        return say("my_list.compare.no_open_site")
    parts = [site.facility, site.city, country_name(site.country or ""), distance_words(site.distance_km, lang())]
    return ", ".join(part for part in parts if part)


def _shown(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return html_of(value) or "–"
    return f"<ul>{''.join(f'<li>{html_of(item)}</li>' for item in value)}</ul>" if value else "–"
