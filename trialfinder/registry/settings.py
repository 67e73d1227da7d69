"""How to reach the registry: address, pace, deadlines, identity. Checked once, before anything is asked."""

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import trialfinder
from trialfinder.errors import UsageError

__all__ = ["API_URL", "RegistrySettings", "checked_api_url"]

API_URL = "https://clinicaltrials.gov/api/v2"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MAX_PAGE_SIZE = 1000
TLS_VERSIONS = ("1.2", "1.3")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrySettings:
    """How to reach the registry. All times are in seconds.

    `interval` lies between the starts of two requests; `retry_budget` is for all waiting of one refresh together;
    `request_deadline` holds for one whole request, however busy it looks. `ca_bundle` None trusts the usual
    authorities; `tls_max` "1.2" pins the TLS version, for networks that refuse newer ones.
    """

    api_url: str = API_URL
    interval: float = 1.0
    retry_budget: float = 300.0
    page_size: int = MAX_PAGE_SIZE
    user_agent: str = f"trialfinder/{trialfinder.__version__}"
    ca_bundle: Path | None = None
    tls_max: str | None = None
    connect_deadline: float = 10.0
    read_deadline: float = 20.0
    request_deadline: float = 120.0

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] = os.environ, *, api_url: str | None = None
    ) -> "RegistrySettings":
        """The settings that the environment asks for; `api_url`, where given, wins. `UsageError` names a bad one."""
        usual = cls()
        return replace(
            usual,
            api_url=checked_api_url(api_url or environ.get("TRIALFINDER_API_URL") or API_URL),
            interval=_seconds(environ, "TRIALFINDER_API_INTERVAL", usual.interval),
            retry_budget=_seconds(environ, "TRIALFINDER_RETRY_SECONDS", usual.retry_budget),
            page_size=_page_size(environ.get("TRIALFINDER_PAGE_SIZE") or str(usual.page_size)),
            user_agent=_user_agent(environ.get("TRIALFINDER_USER_AGENT") or usual.user_agent),
            ca_bundle=_ca_bundle(environ.get("TRIALFINDER_CA_BUNDLE")),
            tls_max=_tls_max(environ.get("TRIALFINDER_TLS_MAX") or None),
        )


def checked_api_url(url: str) -> str:
    """The address without its last slash; `UsageError` unless it is https, or plain http to this machine."""
    if not re.fullmatch(r"[!-~]+", url):
        raise UsageError("the registry's address holds spaces or signs that no address has", url=url)
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or parts.port > 0
    except ValueError as error:
        raise UsageError(f"{url} is no address: {error}", url=url) from error
    if not parts.hostname or not port_ok:
        raise UsageError(f"{url} names no host", url=url)
    _refuse_unsafe(parts, url)
    return url.rstrip("/")


def _refuse_unsafe(parts: SplitResult, url: str) -> None:
    if parts.username is not None or parts.password is not None:
        raise UsageError("the registry's address must hold no user name or password", host=parts.hostname)
    if parts.query or parts.fragment:
        raise UsageError(f"the registry's address ends before ? and #: {url}", url=url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    raise UsageError(f"{url}: the registry is asked by https only (http only on this machine itself)", url=url)


def _seconds(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < math.inf:
        raise UsageError(f"{name} is a number of seconds, 0 or more, not {text!r}", name=name, value=text)
    return value


def _page_size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_PAGE_SIZE:
        raise UsageError(f"TRIALFINDER_PAGE_SIZE is a whole number from 1 to {MAX_PAGE_SIZE}, not {text!r}", value=text)
    return int(text)


def _user_agent(text: str) -> str:
    if not re.fullmatch(r"[ -~]+", text):
        raise UsageError("TRIALFINDER_USER_AGENT may hold printable ASCII only", value=text)
    return text


def _ca_bundle(text: str | None) -> Path | None:
    if text and not Path(text).is_file():
        raise UsageError(f"TRIALFINDER_CA_BUNDLE names no file: {text}", value=text)
    return Path(text) if text else None


def _tls_max(text: str | None) -> str | None:
    if text is not None and text not in TLS_VERSIONS:
        raise UsageError(f"TRIALFINDER_TLS_MAX is one of {', '.join(TLS_VERSIONS)}, not {text!r}", value=text)
    return text
