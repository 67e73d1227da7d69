"""The list to print, and as files to take away; made when they are asked for, and kept nowhere."""

import json
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from trialfinder.export import Listing, build_export
from trialfinder.finder import TrialView
from trialfinder.ui.shortlist import build_page
from trialfinder.ui.state import say, session

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PRINT = """<script>
(() => {
  document.getElementById("trialfinder-print")?.remove();
  const frame = document.createElement("iframe");
  frame.id = "trialfinder-print";
  frame.title = %(title)s;
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
  frame.onload = () => { frame.contentWindow.focus(); frame.contentWindow.print(); };
  frame.srcdoc = %(page)s;
  document.body.append(frame);
})();
</script>"""


def render_take_away(listing: Listing, views: Sequence[TrialView]) -> None:
    """Print for the oncologist, one HTML file for a phone without a network, and tables for a spreadsheet."""
    title = say("my_list.take.page_title")
    page = partial(build_page, listing, list(views), dict(session().notes), title)
    with st.container(horizontal=True):
        if st.button(say("my_list.take.print"), key="print", type="primary", icon="🖨️"):
            render_printing(page(), title)
        _file("html", page, "text/html")
        _file("csv", partial(build_export, listing, "csv"), "text/csv")
        _file("sites", partial(build_export, listing, "csv", "sites"), "text/csv")
        _file("xlsx", partial(build_export, listing, "xlsx"), _XLSX)
    st.caption(say("my_list.take.help"))


def render_printing(page: bytes, title: str) -> None:
    """Open the browser's own print window over the page; nothing leaves the browser."""
    texts = {"title": _script_text(title), "page": _script_text(page.decode("utf-8"))}
    st.html(_PRINT % texts, unsafe_allow_javascript=True)


def _file(name: str, build: Callable[[], bytes], mime: str) -> None:
    st.download_button(
        say(f"my_list.take.{name}"),
        build,
        file_name=f"my-trials{'-sites' if name == 'sites' else ''}.{'csv' if name == 'sites' else name}",
        mime=mime,
        key=f"take_{name}",
        on_click="ignore",
    )


def _script_text(text: str) -> str:
    """The text as a JavaScript string that can end neither the string nor the script."""
    quoted = json.dumps(text)
    return quoted.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
