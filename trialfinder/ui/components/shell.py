"""What stands around every page: the way to the others, demo banner, age of the data, caution, language."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from trialfinder.model.language import next_language
from trialfinder.ui.components.style import render_style
from trialfinder.ui.data import open_data
from trialfinder.ui.state import lang, say, session, tell
from trialfinder.wording.errors import render_error

PAGES = ("find", "trial", "my_list", "whats_new", "about")
IN_MENU = ("find", "my_list", "whats_new", "about")
ICONS: Mapping[str, str] = MappingProxyType(
    {"find": "🔎", "trial": "📄", "my_list": "⭐", "whats_new": "🆕", "about": "💬"}
)
OLD_DAYS = 14
_FOLDER = Path(__file__).resolve().parent.parent / "pages"


def configure() -> None:
    """Title, icon and layout of the browser's page; nothing of the person is in it."""
    st.set_page_config(page_title="trialfinder", page_icon="🎗️", layout="centered", initial_sidebar_state="collapsed")


def page(name: str) -> StreamlitPage:
    """One of PAGES, for links and switches."""
    return st.Page(
        _FOLDER / f"{name}.py",
        title=say(f"common.pages.{name}"),
        url_path=name.replace("_", "-"),
        default=name == "find",
    )


def pages() -> list[StreamlitPage]:
    """All pages, the first one first."""
    return [page(name) for name in PAGES]


def go_to(name: str) -> None:
    """Show another page now."""
    st.switch_page(page(name))


def open_trial(nct_id: str) -> None:
    """Show one trial now."""
    session().trial = nct_id
    go_to("trial")


def render_top() -> None:
    """The menu, the language, and what must be known of the data before anything is read."""
    render_style(lang())
    with st.container(horizontal=True, gap="small", key="menu"):
        for name in IN_MENU:
            st.page_link(page(name), label=_menu_label(name), icon=ICONS[name])
        st.button(say("common.other_language"), on_click=_switch_language, type="tertiary", key="language")
    opened = open_data()
    if opened.problem is not None:
        st.error(render_error(opened.problem, lang()), icon="⚠️")
    if opened.is_demo:
        st.warning(tell("demo.banner"), icon="🧪")
    _render_age(opened.data_timestamp, is_demo=opened.is_demo)


def render_bottom() -> None:
    """The caution that stands on every page."""
    st.divider()
    st.caption(tell("cautions.long"))
    st.caption(say("common.privacy"))


def _menu_label(name: str) -> str:
    n_listed = len(session().shortlist)
    text = say(f"common.menu.{name}")
    return f"{text} ({n_listed})" if name == "my_list" and n_listed else text


def _switch_language() -> None:
    mine = session()
    mine.lang = next_language(mine.lang)


def _render_age(timestamp: str | None, *, is_demo: bool) -> None:
    if is_demo or not timestamp:
        return
    days = (date.today() - date.fromisoformat(timestamp[:10])).days  # noqa: DTZ011 - the visitor's own day is close enough
    show: Callable[[str], object] = st.warning if days > OLD_DAYS else st.caption
    age = tell("data.old", days=days) if days > OLD_DAYS else ""
    show(f"{tell('data.age', date=day(timestamp))} {age}".strip())


def day(value: str | date | None) -> str:
    """A day in words: "25 November 2026"; "" for none. Takes an ISO text or a date."""
    if not value:
        return ""
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return say("common.day", day=found.day, month=say(f"common.months.{found.month}"), year=found.year)
