"""The registry over HTTP: paced, retried within one budget, bounded in time and size. The only importer of httpx."""

import contextlib
import logging
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
import stamina

from trialfinder.errors import RegistryError, RegistryRefused, RegistryUnavailable, UnexpectedRecord, UsageError
from trialfinder.registry.answers import ADVICE, FEW_TRIES, Answer, Moved, PassingFault, checked_body
from trialfinder.registry.pacing import Clock, Pacer, RetryBudget
from trialfinder.registry.pages import Page, Version, read_page, read_study, read_version
from trialfinder.registry.query import study_path
from trialfinder.registry.retries import Failures
from trialfinder.registry.settings import RegistrySettings

__all__ = ["RegistryClient"]

MAX_BODY_BYTES = 256 * 1024 * 1024
"""Ten times the largest page of 1,000 studies that is to be expected: what is larger is no answer of the registry."""

CHUNK_BYTES = 64 * 1024
logging.getLogger("stamina").addHandler(logging.NullHandler())  # people hear of retries by progress and errors
T = TypeVar("T")


class RegistryClient:
    """Asks the registry, one request at a time; a context manager. `n_requests` and `n_bytes` count what it cost.

    Every failure is one of ours: `RegistryUnavailable`, `RegistryRefused`, `BadQuery`, `UnexpectedRecord`.
    """

    def __init__(self, settings: RegistrySettings, clock: Clock | None = None) -> None:
        """Nothing is sent yet."""
        self.settings = settings
        self.n_requests = 0
        self.n_bytes = 0
        self._clock = clock or Clock()
        self._pacer = Pacer(self._clock, settings.interval)
        self._budget = RetryBudget(settings.retry_budget)
        self._watchdog = _Watchdog(settings.request_deadline)
        self._http = httpx.Client(
            headers={"User-Agent": settings.user_agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(settings.read_deadline, connect=settings.connect_deadline),
            verify=_tls(settings),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def fetch_version(self) -> Version:
        """The version of the registry's data as it stands now."""
        return self._fetch("/version", {}, read_version)

    def fetch_page(self, params: Mapping[str, str], token: str | None = None) -> Page:
        """One page of studies: the first, or the one that `token` leads to."""
        return self._fetch("/studies", params if token is None else {**params, "pageToken": token}, read_page)

    def fetch_study(self, nct_id: str) -> bytes:
        """One whole study; an older number of it leads to the study itself, once and on the same host."""
        try:
            return self._fetch(study_path(nct_id), {}, read_study)
        except Moved as moved:
            return self._fetch(study_path(self._other_number(moved)), {}, read_study)

    def _other_number(self, moved: Moved) -> str:
        target = urljoin(self.settings.api_url + "/studies/", moved.location)
        base, parts = urlsplit(self.settings.api_url), urlsplit(target)
        path, _, number = parts.path.rpartition("/")
        is_same = (parts.scheme, parts.netloc, path) == (base.scheme, base.netloc, f"{base.path}/studies")
        if not is_same or not number.startswith("NCT"):
            raise moved
        return number

    def _fetch(self, path: str, params: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        failures = Failures(self._pacer, self._budget)
        try:
            for attempt in stamina.retry_context(on=failures.is_worth_a_retry, attempts=None, timeout=None):
                with attempt:
                    self._pacer.wait()
                    failures.begin()
                    return read(checked_body(self._send(path, params), self._clock.now()))
        except PassingFault as fault:
            raise _final(fault, failures.n) from fault
        raise AssertionError("stamina returns or raises")  # pragma: no cover

    def _send(self, path: str, params: Mapping[str, str]) -> Answer:
        self.n_requests += 1
        with _our_errors(self._watchdog), self._watchdog:
            url, extensions = self.settings.api_url + path, {"trace": self._watchdog.trace}
            with self._http.stream("GET", url, params=params, extensions=extensions) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, headers, self._body(response))

    def _body(self, response: httpx.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding not in {"identity", "gzip"}:
            raise PassingFault(f"The answer is packed as {encoding!r}, which was not asked for.", tries=FEW_TRIES)
        chunks = self._counted(response.iter_raw(CHUNK_BYTES))
        parts, size = [], 0
        for part in _unzipped(chunks) if encoding == "gzip" else chunks:
            size += len(part)
            if size > MAX_BODY_BYTES:
                raise UnexpectedRecord(f"The registry's answer is larger than {MAX_BODY_BYTES >> 20} MB: not read.")
            parts.append(part)
        return b"".join(parts)

    def _counted(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.n_bytes += len(chunk)
            yield chunk


class _Watchdog:
    """Ends a request that takes longer than its deadline, even one that sends a byte now and then.

    httpx bounds single reads only; so the socket, which its trace hands us, is shut down from a timer.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.has_bitten = False
        self._stream: Any = None
        self._timer = threading.Timer(seconds, self._bite)

    def __enter__(self) -> None:
        self.has_bitten = False
        self._timer = threading.Timer(self.seconds, self._bite)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]

    def _bite(self) -> None:
        self.has_bitten = True
        with contextlib.suppress(OSError, AttributeError):  # not connected yet, or closed meanwhile
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _our_errors(watchdog: _Watchdog) -> Iterator[None]:
    try:
        yield
    except httpx.InvalidURL as error:  # httpx reads where a redirect leads, although it is not to follow it
        raise Moved("an address that is none") from error
    except (httpx.TransportError, zlib.error) as error:
        if _is_certificate(error):
            raise RegistryRefused(f"The registry's certificate is not trusted here: {error}. {ADVICE}") from error
        if watchdog.has_bitten:
            raise PassingFault(f"No whole answer within {watchdog.seconds:.0f} seconds.") from error
        raise PassingFault(f"No answer from the registry: {str(error) or type(error).__name__}.") from error


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    unzip = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        rest = chunk
        while rest:
            yield unzip.decompress(rest, CHUNK_BYTES * 16)
            rest = unzip.unconsumed_tail
    if not unzip.eof:
        raise zlib.error("the packed answer is cut off")


def _final(fault: PassingFault, n_failures: int) -> RegistryError:
    tried = "once" if n_failures == 1 else f"{n_failures} times"
    kind = UnexpectedRecord if fault.tries == FEW_TRIES else RegistryUnavailable
    return kind(
        f"{fault.message} Tried {tried}. Try again later; what was stored before is unchanged.", tries=n_failures
    )


def _tls(settings: RegistrySettings) -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    try:
        if settings.ca_bundle:
            context.load_verify_locations(settings.ca_bundle)
    except OSError as error:
        raise UsageError(f"TRIALFINDER_CA_BUNDLE holds no certificates: {settings.ca_bundle}: {error}") from error
    if settings.tls_max == "1.2":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context
