"""What can go wrong between the registry and us. Each fault answers one request in the replica's place."""

import gzip
import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.registry.api import Reply
from tests.registry.server import Exchange, Fault, Request

__all__ = [
    "always",
    "body",
    "bomb",
    "changed_page",
    "cut_gzip",
    "cut_json",
    "drip",
    "drip_head",
    "first",
    "once",
    "redirect",
    "reset",
    "short",
    "stall",
    "status",
    "then",
]

HTML = b"<!doctype html><html><head><title>Sign in</title></head><body>Please sign in to this network.</body></html>"
Page = dict[str, Any]


def status(code: int, text: str = "", headers: Mapping[str, str] | None = None) -> Fault:
    """Another status, in plain text."""
    return lambda exchange: exchange.send(Reply(code, text.encode(), "text/plain", headers or {}))


def body(data: bytes, *, content_type: str = "application/json", code: int = 200) -> Fault:
    """Another body."""
    return lambda exchange: exchange.send(Reply(code, data, content_type))


def redirect(location: str, code: int = 301) -> Fault:
    """Somewhere else."""
    return status(code, headers={"Location": location})


def short(exchange: Exchange) -> None:
    """Half of the promised bytes, then the end of the connection."""
    data = gzip.compress(exchange.reply.body)
    _begin(exchange, len(data))
    exchange.handler.write(data[: len(data) // 2])
    exchange.handler.close_connection = True


def reset(exchange: Exchange) -> None:
    """The connection is reset in the middle of the body."""
    data = gzip.compress(exchange.reply.body)
    _begin(exchange, len(data))
    exchange.handler.write(data[: len(data) // 2])
    exchange.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.handler.connection.close()
    exchange.handler.close_connection = True


def stall(exchange: Exchange) -> None:
    """The head comes, the body never."""
    _begin(exchange, 1000)
    exchange.handler.replica.is_stopping.wait(10)


def drip(exchange: Exchange) -> None:
    """A byte now and then, for ever: no single reading takes long."""
    _begin(exchange, 10**6)
    while not exchange.handler.replica.is_stopping.wait(0.02):
        exchange.handler.write(b" ")


def drip_head(exchange: Exchange) -> None:
    """The head itself comes a byte now and then."""
    exchange.handler.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not exchange.handler.replica.is_stopping.wait(0.02):
        exchange.handler.write(b"a")


def cut_gzip(exchange: Exchange) -> None:
    """A packed body without its end, in an answer that is whole by its length."""
    data = gzip.compress(exchange.reply.body)
    _begin(exchange, len(data) - 12)
    exchange.handler.write(data[:-12])


def cut_json(exchange: Exchange) -> None:
    """JSON without its end, in an answer that is whole by its length."""
    exchange.send(Reply(200, exchange.reply.body[:-20]))


def bomb(megabytes: int) -> Fault:
    """A few packed bytes that unpack to very many."""
    packed = gzip.compress(b" " * megabytes * 1024 * 1024, 9)

    def fault(exchange: Exchange) -> None:
        _begin(exchange, len(packed))
        exchange.handler.write(packed)

    return fault


def changed_page(change: Callable[[Page], object]) -> Fault:
    """The page as `change` leaves it."""

    def fault(exchange: Exchange) -> None:
        page = json.loads(exchange.reply.body)
        change(page)
        exchange.send(Reply(200, json.dumps(page).encode()))

    return fault


def then(change: Callable[[], object]) -> Fault:
    """The right answer, and the registry changes right after it."""

    def fault(exchange: Exchange) -> None:
        change()
        exchange.send(exchange.reply)

    return fault


def slow_start(exchange: Exchange) -> None:
    """The right answer after a moment."""
    time.sleep(0.05)
    exchange.send(exchange.reply)


Kind = Callable[[Request], bool]


def first(kind: Kind, fault: Fault, n: int = 1) -> Callable[[Request], Fault | None]:
    """A plan: the fault for the first `n` requests of a kind."""
    seen: list[int] = []

    def plan(request: Request) -> Fault | None:
        if not kind(request) or len(seen) >= n:
            return None
        seen.append(request.number)
        return fault

    return plan


def once(kind: Kind, fault: Fault) -> Callable[[Request], Fault | None]:
    """A plan: the fault for the first request of a kind."""
    return first(kind, fault)


def always(kind: Kind, fault: Fault) -> Callable[[Request], Fault | None]:
    """A plan: the fault for every request of a kind."""
    return lambda request: fault if kind(request) else None


def _begin(exchange: Exchange, length: int) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Content-Length": str(length)}
    exchange.handler.begin(200, headers)
