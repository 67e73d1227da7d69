"""The replica over HTTP on a loopback port, in a thread, with faults by request number."""

import gzip
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.registry.api import Reply, reply_to
from tests.registry.dataset import Dataset

__all__ = ["Exchange", "Fault", "Replica", "Request"]

BASE = "/api/v2"
CHANGE = "/_change"  # no path of the registry: /_change?touch=7&add=3&drop=2, to try things out by hand


@dataclass(frozen=True)
class Request:
    """One request as it came: `number` counts from 1, `path` is below the base."""

    number: int
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def is_index(self) -> bool:
        """Whether it is a page of the index walk, by the fields that it asks for."""
        return self.path == "/studies" and self.params.get("fields", "").count(",") == 2

    @property
    def is_bodies(self) -> bool:
        """Whether it asks for whole records."""
        return self.path == "/studies" and not self.is_index


@dataclass
class Exchange:
    """What a fault may use: the request, the reply that is due, the data, and the open connection."""

    request: Request
    reply: Reply
    data: Dataset
    handler: "_Handler"

    def send(self, reply: Reply) -> None:
        """Answer so."""
        self.handler.send(reply)


Fault = Callable[[Exchange], None]
"""Answers in the place of the replica; it may change the data first."""


class Replica:
    """A registry of one's own; a context manager. `faults` maps request numbers, or `plan` decides for each request."""

    def __init__(self, data: Dataset, *, port: int = 0) -> None:
        """Bind the port; nothing is served yet."""
        self.data = data
        self.faults: dict[int, Fault] = {}
        self.plan: Callable[[Request], Fault | None] = lambda _: None
        self.requests: list[Request] = []
        self.n_bytes = 0
        self.is_stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), partial(_Handler, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The base address, to be given as the API's."""
        return f"http://127.0.0.1:{self._server.server_port}{BASE}"

    def reset(self) -> None:
        """Forget requests and faults: the next request is number 1."""
        self.requests, self.faults, self.n_bytes = [], {}, 0
        self.plan = lambda _: None

    def start(self) -> Self:
        """Serve until `stop`."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Refuse connections from now on."""
        self.is_stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, handler: "_Handler") -> None:
        """One request, with its fault if it has one."""
        parts = urlsplit(handler.path)
        params = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path == CHANGE:
            self.data.change(**{name: int(number) for name, number in params.items()})
            handler.send(Reply(200, f"{len(self.data.studies)} studies".encode(), "text/plain"))
            return
        with self._lock:
            number = len(self.requests) + 1
            request = Request(number, parts.path.removeprefix(BASE), params, dict(handler.headers.items()))
            self.requests.append(request)
            reply = reply_to(self.data, request.path, request.params)
            fault = self.faults.get(number) or self.plan(request)
        if fault is None:
            handler.send(reply)
        else:
            fault(Exchange(request, reply, self.data, handler))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, or a connection that a fault has closed, is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, replica: Replica, *args: object) -> None:
        self.replica = replica
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        try:
            self.replica.answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, reply: Reply) -> None:
        """The whole answer, packed where the client takes that."""
        body, headers = reply.body, dict(reply.headers)
        if "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in headers and body:
            body = gzip.compress(body, 6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.begin(reply.status, {"Content-Type": reply.content_type, "Content-Length": str(len(body)), **headers})
        self.write(body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """The head of an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def write(self, data: bytes) -> None:
        """Some bytes of a body, counted."""
        self.replica.n_bytes += len(data)
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """Quiet: tests read `requests`."""
