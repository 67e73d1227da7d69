"""A visitor without a browser, by the app's own web socket: twenty of them fit beside the app on a small machine."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PROTOCOL = "streamlit"
LARGEST = 64 * 1024 * 1024
ANSWER_SECONDS = 120.0


@dataclass
class Answer:
    """What one rerun sent: how long it took, the ids of the widgets by their own key, the texts, the errors shown."""

    seconds: float = 0.0
    widgets: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_finished: bool = False

    @property
    def text(self) -> str:
        """All texts in one."""
        return "\n".join(self.texts)


class Visit:
    """One session at `url`; `source` is the address that it comes from, so that nginx sees different people."""

    def __init__(self, url: str, source: str = "127.0.0.1", host: str | None = None, page: str | None = None) -> None:
        """Nothing is opened yet. `host` is what it calls the app, `page` the host of the page that it calls from."""
        parts = urlsplit(url)
        address = host or parts.netloc
        self._connecting = connect(
            f"ws://{address}/_stcore/stream",
            sock=socket.create_connection((parts.hostname, parts.port), source_address=(source, 0)),
            origin=f"http://{page or address}",  # type: ignore[arg-type]
            subprotocols=[PROTOCOL],  # type: ignore[list-item]
            max_size=LARGEST,
            proxy=None,
        )
        self._page = ""
        self.answer = Answer()

    def __enter__(self) -> Self:
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connecting.__exit__(kind, error, trace)

    def press(self, key: str) -> Answer:
        """Press the button of that key."""
        return self.run({key: {"trigger_value": True}})

    def run(self, changed: Mapping[str, Mapping[str, Any]] | None = None) -> Answer:
        """One rerun with these widgets changed (by key: {kind of value: value}); waits for its end."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        for key, value in (changed or {}).items():
            message.rerun_script.widget_states.widgets.add(id=self.answer.widgets[key], **value)
        start = perf_counter()
        self._socket.send(message.SerializeToString())
        answer = Answer(widgets=dict(self.answer.widgets))
        while not answer.is_finished:
            self._take(ForwardMsg.FromString(self._socket.recv(ANSWER_SECONDS)), answer)  # type: ignore[arg-type]
        answer.seconds = perf_counter() - start
        self.answer = answer
        return answer

    def _take(self, message: ForwardMsg, answer: Answer) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "script_finished":
            answer.is_finished = message.script_finished in {0, 1}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            _take_element(message.delta.new_element, answer)


def _take_element(element: Any, answer: Answer) -> None:
    name = element.WhichOneof("type")
    value = getattr(element, name)
    if name == "exception":
        answer.errors.append(f"{value.type}: {value.message}")
    if hasattr(value, "body"):
        answer.texts.append(str(value.body))
    identity = str(getattr(value, "id", ""))
    if identity.startswith("$$ID-"):
        answer.widgets[identity.split("-", 2)[2]] = identity
