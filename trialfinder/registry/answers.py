"""What an answer of the registry means: a body to read, or one of our errors. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from trialfinder.errors import BadQuery, RegistryError, RegistryRefused, RegistryUnavailable
from trialfinder.registry.pacing import retry_after_seconds

__all__ = ["Answer", "Moved", "NotFound", "PassingFault", "checked_body"]

REFUSALS = frozenset({401, 403, 407, 451})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
MANY_TRIES = 10
FEW_TRIES = 3
SHOWN_CHARACTERS = 300
ADVICE = (
    "Some networks refuse programs: try another network, or set TRIALFINDER_USER_AGENT, TRIALFINDER_CA_BUNDLE "
    "or TRIALFINDER_TLS_MAX=1.2. What was stored before is unchanged."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, unpacked; the names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class PassingFault(RegistryUnavailable):
    """A failure that may pass: worth `tries` attempts in all, the next after `asked` seconds if we are told so."""

    def __init__(self, message: str, *, tries: int = MANY_TRIES, asked: float | None = None) -> None:
        """Keep how often to try and how long to wait."""
        super().__init__(message)
        self.tries = tries
        self.asked = asked


class NotFound(RegistryError):
    """The registry has no such study."""

    code = "not_found"


class Moved(RegistryRefused):
    """The answer lies elsewhere: another number of the same study, or a network's log-in page."""

    def __init__(self, location: str) -> None:
        """Keep where we are sent."""
        super().__init__(f"Instead of answering, the network sends us to {location!r}. {ADVICE}", location=location)
        self.location = location


def checked_body(answer: Answer, now: datetime) -> bytes:
    """The body of a good answer, JSON by its looks; anything else raises the error that it stands for."""
    if answer.status in MOVED:
        raise Moved(answer.headers.get("location", ""))
    if answer.status in REFUSALS:
        raise RegistryRefused(f"The registry, or a network before it, refuses us: {_status(answer)}. {ADVICE}")
    if answer.status in PASSING:
        asked = retry_after_seconds(answer.headers.get("retry-after"), now)
        raise PassingFault(f"The registry cannot answer now: {_status(answer)}.{_wait(asked)}", asked=asked)
    if answer.status == HTTPStatus.NOT_FOUND and not _is_html(answer):
        raise NotFound(f"The registry says: {_text(answer)}")
    if answer.status != HTTPStatus.OK:
        raise _odd_status(answer)
    return _json_body(answer)


def _odd_status(answer: Answer) -> RegistryError | RegistryRefused:
    if _is_html(answer):
        return RegistryRefused(f"A web page came instead of data: {_status(answer)}. {ADVICE}")
    return BadQuery(f"The registry does not take our question: {_status(answer)}: {_text(answer)}", text=_text(answer))


def _json_body(answer: Answer) -> bytes:
    if _is_html(answer):
        raise RegistryRefused(f"A web page came instead of data, as log-in pages of networks do. {ADVICE}")
    if not answer.body.strip():
        raise PassingFault("The registry's answer is empty.", tries=FEW_TRIES)
    return answer.body


def _is_html(answer: Answer) -> bool:
    return "html" in answer.headers.get("content-type", "") or answer.body[:64].lstrip().startswith(b"<")


def _status(answer: Answer) -> str:
    known = {status.value: status.phrase for status in HTTPStatus}
    return f"{answer.status} {known.get(answer.status, '')}".rstrip()


def _text(answer: Answer) -> str:
    text = answer.body[: 4 * SHOWN_CHARACTERS].decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:SHOWN_CHARACTERS].strip()


def _wait(asked: float | None) -> str:
    return "" if asked is None else f" It asks us to wait {asked:.0f} seconds."
