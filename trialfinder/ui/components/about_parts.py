"""The parts of the page About the data."""

import streamlit as st

from trialfinder.ui.components.refresh_panel import may_refresh
from trialfinder.ui.components.shell import day
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.data import Opened
from trialfinder.ui.overview import Accuracy, Support, build_overview
from trialfinder.ui.state import lang, say, say_n, tell
from trialfinder.ui.text import html_of, markdown_of

REGISTRY = "https://clinicaltrials.gov/"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def render_age(opened: Opened) -> None:
    """How old the data are, and how much there is."""
    overview = build_overview(opened.finder)
    lines = [
        tell("data.age", date=day(opened.data_timestamp)) if opened.data_timestamp and not opened.is_demo else "",
        tell("data.refreshed", date=day(opened.refreshed_at)) if opened.refreshed_at and not opened.is_demo else "",
        say_n("about.count.studies", overview.n_studies),
        say_n("about.count.open", overview.n_open),
        say("about.count.sites", sites=f"{overview.n_sites:,}", countries=f"{overview.n_countries:,}"),
        say_n("about.count.not_read", overview.n_not_read) if overview.n_not_read else "",
    ]
    st.markdown("\n".join(f"- {line}" for line in lines if line))


def render_reading(accuracy: Accuracy | None) -> None:
    """How entry rules are read, and how well, as a table."""
    st.markdown(say("about.reading.how"))
    if accuracy is None:
        return
    st.markdown(say("about.reading.measured", n=accuracy.n_studies, day=day(accuracy.day)))
    st.markdown(say("about.reading.wrong", wrong=percent(accuracy.wrong_no), missed=percent(accuracy.missed_no)))
    rows = "".join(
        f'<tr><th scope="row">{html_of(tell(f"variables.{key}"))}</th><td>{percent(share)}</td></tr>'
        for key, share in accuracy.exact.items()
    )
    heads = "".join(f'<th scope="col">{html_of(say(f"about.reading.{name}"))}</th>' for name in ("fact", "exact"))
    with st.expander(say("about.reading.table")):
        st.html(f'<table class="tf-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def percent(share: float) -> str:
    """A share in percent, with one digit after the point where it is under ten."""
    return f"{share * 100:.1f} %" if 0 < share < 0.1 else f"{share * 100:.0f} %"


def render_privacy() -> None:
    """Where what was typed lies: on this machine, or in the memory of a host (who may stand behind a proxy)."""
    is_own = str(st.get_option("server.address") or "") in LOOPBACK and may_refresh()
    st.markdown(say("about.privacy.here" if is_own else "about.privacy.host"))
    st.markdown(say("about.privacy.never"))


def render_support(bodies: tuple[Support, ...]) -> None:
    """Public bodies that explain cancer in the reader's language."""
    st.markdown(say("about.support.intro"))
    st.markdown("\n".join(f"- {_support_line(body)}" for body in bodies if lang() in body.languages))


def _support_line(body: Support) -> str:
    name = f"[{markdown_of(body.name)}]({body.url})" if body.url else markdown_of(body.name)
    parts = [f"{name}, {country_name(body.country)}"]
    if body.phone:
        parts.append(say("about.support.phone", phone=f"[{body.phone}](tel:{body.phone.replace('-', '')})"))
    return ". ".join(parts)
