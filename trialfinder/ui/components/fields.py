"""Questions whose answers live in the session: the widget shows what the session holds, a change goes straight there.

A widget forgets its value when its page is left; the session does not. So each widget is set from the session before it
is drawn, and writes back as it changes.
"""

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import Any

import streamlit as st

from trialfinder.ui.state import say

NOT_SAID = ""
Values = MutableMapping[str, Any]
Names = Callable[[Any], str]


def put(values: Values, key: str, value: Any) -> None:
    """Keep an answer; what says nothing is taken out."""
    if value is None or value is False or value in (NOT_SAID, [], (), {}):
        values.pop(key, None)
    else:
        values[key] = value


def _named(options: Iterable[Any], names: Names, nothing: str | None = None) -> Names:
    """The options' names in the visitor's language, fixed now: Streamlit asks for them outside the session too."""
    named = {option: nothing if option == NOT_SAID and nothing is not None else names(option) for option in options}
    return lambda option: named.get(option, str(option))


def _widget(values: Values, key: str, shown: Any, change: Callable[[Any], None] | None) -> dict[str, Any]:
    """The arguments that bind a widget to `values[key]`; `change` replaces the plain keeping of the new value."""
    widget_key = f"ask_{key}"
    st.session_state[widget_key] = shown

    def keep() -> None:
        value = st.session_state[widget_key]
        if change is None:
            put(values, key, value)
        else:
            change(value)

    return {"key": widget_key, "on_change": keep}


def ask_one(  # noqa: PLR0913 - one for each thing that a question has
    values: Values,
    key: str,
    label: str,
    options: Sequence[Any],
    names: Names,
    *,
    captions: Sequence[str] | None = None,
    horizontal: bool = False,
    is_titled: bool = False,
    shown: Any = None,
    change: Callable[[Any], None] | None = None,
) -> None:
    """One of a few values, or "not sure". `is_titled`: the heading above asks already, only screen readers need it."""
    value = values.get(key, NOT_SAID) if shown is None else shown
    offered = [*options, NOT_SAID]
    st.radio(
        label,
        offered,
        format_func=_named(offered, names, say("profile.not_sure")),
        captions=[*captions, ""] if captions else None,
        horizontal=horizontal,
        label_visibility="collapsed" if is_titled else "visible",
        **_widget(values, key, value if value in options else NOT_SAID, change),
    )


def ask_from_list(
    values: Values,
    key: str,
    label: str,
    options: Sequence[Any],
    names: Names,
    *,
    nothing: str | None = None,
    shown: Any = None,
    change: Callable[[Any], None] | None = None,
) -> None:
    """One of a longer list, or nothing said."""
    value = values.get(key, NOT_SAID) if shown is None else shown
    offered = [NOT_SAID, *options]
    st.selectbox(
        label,
        offered,
        format_func=_named(offered, names, nothing or say("profile.not_sure")),
        **_widget(values, key, value if value in options else NOT_SAID, change),
    )


def ask_many(  # noqa: PLR0913 - as above
    values: Values,
    key: str,
    label: str,
    options: Iterable[Any],
    names: Names,
    *,
    shown: Sequence[Any] | None = None,
    change: Callable[[Any], None] | None = None,
    accepts_new: bool = False,
    placeholder: str | None = None,
) -> None:
    """Several of a long list, by typing any part of a name."""
    chosen = list(values.get(key, []) if shown is None else shown)
    known = list(options)
    offered = [*known, *(item for item in chosen if item not in known)]
    st.multiselect(
        label,
        offered,
        format_func=_named(offered, names),
        placeholder=placeholder or say("common.type_to_search"),
        accept_new_options=accepts_new,
        filter_mode="contains",
        select_all=False,
        **_widget(values, key, chosen, change),
    )


def ask_few(
    values: Values,
    key: str,
    label: str,
    options: Sequence[Any],
    names: Names,
    *,
    shown: Sequence[Any] | None = None,
    change: Callable[[Any], None] | None = None,
) -> None:
    """Several of a few, by touching them."""
    chosen = values.get(key, []) if shown is None else shown
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=_named(options, names),
        **_widget(values, key, [item for item in options if item in chosen], change),
    )


def ask_truth(
    values: Values, key: str, label: str, *, shown: bool | None = None, change: Callable[[Any], None] | None = None
) -> None:
    """A box to tick."""
    st.checkbox(label, **_widget(values, key, bool(values.get(key)) if shown is None else shown, change))


def ask_text(values: Values, key: str, label: str, *, placeholder: str = "") -> None:
    """Some words."""
    st.text_input(
        label,
        placeholder=placeholder,
        **_widget(values, key, values.get(key, ""), lambda text: put(values, key, text.strip())),
    )


def ask_number(values: Values, key: str, label: str, least: int, most: int) -> None:
    """A whole number, or nothing."""
    st.number_input(
        label, min_value=least, max_value=most, step=1, placeholder="", **_widget(values, key, values.get(key), None)
    )
