"""The envelope of the registry's answers: pages of studies, and its version. The studies stay bytes."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from trialfinder.registry.answers import FEW_TRIES, PassingFault

__all__ = ["Page", "Version", "read_page", "read_study", "read_version"]


@dataclass(frozen=True, slots=True)
class Version:
    """The version of the registry's API, and of its data (`yyyy-MM-dd'T'HH:mm:ss`, UTC)."""

    api_version: str
    data_timestamp: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some studies as the registry sent them. `total` stands on the first page only; `token` leads to the next."""

    studies: tuple[bytes, ...]
    token: str | None
    total: int | None


T = TypeVar("T")


class _Page(msgspec.Struct, rename="camel"):
    studies: list[msgspec.Raw]
    next_page_token: str | None = None
    total_count: int | None = None


class _Version(msgspec.Struct, rename="camel"):
    api_version: str
    data_timestamp: str


_PAGE = msgspec.json.Decoder(_Page)
_VERSION = msgspec.json.Decoder(_Version)


def read_page(body: bytes) -> Page:
    """One page of studies. What is no such page may be a cut-off answer: a `PassingFault` with few tries."""
    page = _decoded(_PAGE, body)
    return Page(tuple(bytes(raw) for raw in page.studies), page.next_page_token, page.total_count)


def read_study(body: bytes) -> bytes:
    """One study as the registry sent it, held to be JSON."""
    return bytes(_decoded(msgspec.json.Decoder(msgspec.Raw), body))


def read_version(body: bytes) -> Version:
    """The registry's version and data timestamp."""
    version = _decoded(_VERSION, body)
    return Version(version.api_version, version.data_timestamp)


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    try:
        body.decode("utf-8")  # a study that stays raw is not checked by the decoder
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PassingFault(f"The registry's answer is not the JSON that we know: {error}", tries=FEW_TRIES) from error
