"""Where little may fit: which single limit, loosened, brings back most trials, and the button that loosens it."""

from collections.abc import Callable

import streamlit as st

from trialfinder.finder import Found
from trialfinder.ui.state import forget_widgets, say, say_n, session
from trialfinder.ui.text import markdown_of


def render_nothing(found: Found) -> None:
    """What to do now; where a few trials may fit, only a limit of the person's own is offered."""
    offered = {name: n for name, n in found.hidden.items() if n}
    if found.n_may_fit:
        offered = {name: n for name, n in offered.items() if not name.startswith("default_")}
    else:
        st.markdown(say("find.nothing"))
    best = max(offered, key=lambda name: offered[name], default=None)
    if best is None:
        if not found.n_may_fit:
            st.markdown(say("find.nothing_help"))
        return
    kind = limit_kind(best)
    st.markdown(markdown_of(say_n("find.loosen", offered[best], what=say(f"find.limits.{kind}"))))
    st.button(
        say("find.loosen_button", what=say(f"find.limits.{kind}")), on_click=_loosen, args=(best,), key="loosen",
        type="secondary" if found.n_may_fit else "primary",
    )  # fmt: skip


def limit_kind(name: str) -> str:
    """The limit as the labels know it: drugs are numbered in a search."""
    return "drug" if name.startswith("drug_") else name


def _loosen(name: str) -> None:
    undo: dict[str, Callable[[], object]] = {
        "sites": _loosen_sites,
        "drug": lambda: [session().filters.pop(key, None) for key in ("drug", "therapy")],
        "default_status": _lift_defaults,
        "default_settings": _lift_defaults,
        "default_cancer": _lift_defaults,
    }
    kind = limit_kind(name)
    undo.get(kind, lambda: _drop_filter(kind))()
    forget_widgets()


def _loosen_sites() -> None:
    session().answers.pop("travel", None)
    for key in ("countries", "states"):
        session().filters.pop(key, None)


def _lift_defaults() -> None:
    session().filters["is_all"] = True


def _drop_filter(kind: str) -> None:
    filters = session().filters
    plural = {"status": "statuses", "phase": "phases", "kind": "kinds"}
    filters.pop(plural.get(kind, kind), None)
    traits = [name for name in filters.get("traits", []) if name != kind]
    if traits:
        filters["traits"] = traits
    else:
        filters.pop("traits", None)
