"""Transport: the whole, right answer, or one clear error and the store as it was."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.registry import faults
from tests.registry.api import Reply
from tests.registry.conftest import Desk
from tests.registry.server import Exchange, Fault, Request
from trialfinder.errors import (
    BadQuery,
    NoStoreError,
    RegistryError,
    RegistryRefused,
    RegistryUnavailable,
    TrialfinderError,
    UnexpectedRecord,
    UsageError,
)
from trialfinder.finder.refresh import RefreshCancelled
from trialfinder.registry import client as client_module
from trialfinder.registry.answers import NotFound
from trialfinder.registry.client import RegistryClient

QUICK = {"read_deadline": 0.15, "request_deadline": 0.3}
KINDS: dict[str, Callable[[Request], bool]] = {
    "version": lambda request: request.path == "/version",
    "index": lambda request: request.is_index,
    "bodies": lambda request: request.is_bodies,
}
DEEP = b'{"studies":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
Spot = tuple[Desk, Callable[[Request], bool]]
WRONG = "`filter.studyType` is unknown parameter"


PASSING: dict[str, Fault] = {
    "429 with seconds": faults.status(429, headers={"Retry-After": "7"}),
    "429 with a date": faults.status(429, headers={"Retry-After": "Wed, 25 Nov 2026 12:00:09 GMT"}),
    "429 with a date without zone": faults.status(429, headers={"Retry-After": "Wed, 25 Nov 2026 12:00:09 -0000"}),
    "429 with a negative wait": faults.status(429, headers={"Retry-After": "-5"}),
    "429 with nonsense": faults.status(429, headers={"Retry-After": "soon"}),
    "429 that does not say": faults.status(429),
    "500": faults.status(500, "Internal error"),
    "502 in HTML": faults.body(faults.HTML, content_type="text/html", code=502),
    "503": faults.status(503),
    "504": faults.status(504),
    "empty 200": faults.body(b""),
    "short": faults.short,
    "reset": faults.reset,
    "stall": faults.stall,
    "drip": faults.drip,
    "drip in the head": faults.drip_head,
    "packed and cut": faults.cut_gzip,
    "JSON and cut": faults.cut_json,
    "bad UTF-8": faults.body(b'{"studies":[{"x":"\xff\xfe"}]}'),
    "NaN": faults.body(b'{"studies":[{"x":NaN}],"apiVersion":NaN}'),
    "deep nesting": faults.body(DEEP),
    "an array": faults.body(b"[]"),
    "a number": faults.body(b"17"),
    "another packing": lambda exchange: exchange.send(Reply(200, b"x", headers={"Content-Encoding": "br"})),
}
LASTING: dict[str, tuple[Fault, type[TrialfinderError]]] = {
    "429 with an absurd wait": (faults.status(429, headers={"Retry-After": "1e9"}), RegistryUnavailable),
    "429 with an endless wait": (faults.status(429, headers={"Retry-After": "inf"}), RegistryUnavailable),
    "400": (faults.status(400, WRONG), BadQuery),
    "404": (faults.status(404, "no such page"), NotFound),
    "403 in text": (faults.status(403, "Forbidden"), RegistryRefused),
    "403 in HTML": (faults.body(faults.HTML, content_type="text/html", code=403), RegistryRefused),
    "407": (faults.status(407), RegistryRefused),
    "200 in HTML": (faults.body(faults.HTML, content_type="text/html"), RegistryRefused),
    "HTML that calls itself JSON": (faults.body(faults.HTML), RegistryRefused),
    "redirect to another host": (faults.redirect("http://localhost:1/login"), RegistryRefused),
    "redirect to nowhere": (faults.status(302), RegistryRefused),
}


def unchanged(desk: Desk, before: object) -> None:
    if before is None:
        with pytest.raises(NoStoreError):
            desk.stored()
    else:
        assert desk.stored() == before


@pytest.fixture(params=[("desk", "index"), ("kept", "bodies")], ids=["no store, index", "older store, bodies"])
def spot(request: pytest.FixtureRequest) -> tuple[Desk, Callable[[Request], bool]]:
    """A registry beside no store, and beside one over which it has changed; and the requests that go wrong."""
    fixture, kind = request.param
    return request.getfixturevalue(fixture), KINDS[kind]


def state(desk: Desk) -> object:
    return desk.stored() if desk.path.exists() else None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_survived(desk: Desk, fault: str, kind: str) -> None:
    desk.replica.plan = faults.once(KINDS[kind], PASSING[fault])
    desk.refresh(settings=QUICK)
    assert desk.stored() == desk.served()


@pytest.mark.parametrize("fault", [name for name in PASSING if "429" not in name and name not in {"stall", "drip"}])
def test_a_fault_that_stays_is_one_clear_error(spot: Spot, fault: str) -> None:
    desk, kind = spot
    before = state(desk)
    desk.replica.plan = faults.always(kind, PASSING[fault])
    with pytest.raises(RegistryError, match=r"Tried (3|[0-9]+) times.*what was stored before is unchanged") as raised:
        desk.refresh(settings={**QUICK, "request_deadline": 0.1, "retry_budget": 10})
    assert isinstance(raised.value, RegistryUnavailable | UnexpectedRecord)
    unchanged(desk, before)


@pytest.mark.parametrize("fault", LASTING)
def test_a_refusal_is_not_repeated(spot: Spot, fault: str) -> None:
    desk, kind = spot
    before = state(desk)
    plan, error = LASTING[fault]
    desk.replica.plan = faults.always(kind, plan)
    with pytest.raises(error):
        desk.refresh(settings={"retry_budget": 0} if "endless" in fault else {})
    assert sum(map(kind, desk.replica.requests)) == 1
    unchanged(desk, before)


def test_waits_as_long_as_the_registry_asks(desk: Desk) -> None:
    desk.replica.plan = faults.once(KINDS["index"], PASSING["429 with seconds"])
    desk.refresh()
    assert sum(desk.time.slept) == pytest.approx(7)


def test_waits_until_the_date_that_the_registry_names(desk: Desk) -> None:
    desk.replica.plan = faults.once(KINDS["index"], PASSING["429 with a date"])
    desk.refresh()
    assert sum(desk.time.slept) == pytest.approx(9)


def test_all_retries_together_keep_one_budget(desk: Desk) -> None:
    desk.replica.plan = faults.always(KINDS["index"], faults.status(503))
    with pytest.raises(RegistryUnavailable, match="503 Service Unavailable"):
        desk.refresh(settings={"retry_budget": 20})
    assert sum(desk.time.slept) == pytest.approx(1 + 2 + 4 + 8)


def test_one_request_a_second_by_default(desk: Desk) -> None:
    desk.refresh(settings={"interval": 1.0})
    assert sum(desk.time.slept) == pytest.approx(len(desk.replica.requests) - 1)


def test_a_bomb_is_not_unpacked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MAX_BODY_BYTES", 1024 * 1024)
    desk.replica.plan = faults.always(KINDS["bodies"], faults.bomb(64))
    with pytest.raises(UnexpectedRecord, match="larger than 1 MB"):
        desk.refresh()


def test_the_wire_carries_packed_pages(desk: Desk) -> None:
    result = desk.refresh()
    plain = sum(len(gzip.decompress(gzip.compress(str(record).encode()))) for record in desk.data.studies.values())
    assert result.refresh.n_bytes == desk.replica.n_bytes < plain


def test_says_who_asks(desk: Desk) -> None:
    """Every request names the program, or what the host has set."""
    desk.refresh(settings={"user_agent": "clinic/1"})
    assert {request.headers["User-Agent"] for request in desk.replica.requests} == {"clinic/1"}


def test_an_unreachable_registry_is_named_as_such(desk: Desk) -> None:
    desk.replica.stop()
    with pytest.raises(RegistryUnavailable, match=r"No answer from the registry.*unchanged"):
        desk.refresh(settings={"retry_budget": 5})


@pytest.mark.parametrize(
    ("url", "word"), [("https://127.0.0.1:{port}/api/v2", "SSL"), ("http://127.0.0.1:9/x", "refused")]
)
def test_no_tls_and_no_listener_are_told_apart(desk: Desk, url: str, word: str) -> None:
    port = desk.replica.url.split(":")[2].split("/")[0]
    with pytest.raises(RegistryUnavailable, match=word):
        desk.refresh(settings={"api_url": url.format(port=port), "retry_budget": 1})


def test_an_unknown_host_is_an_unavailable_registry(desk: Desk) -> None:
    with pytest.raises(RegistryUnavailable):
        desk.refresh(settings={"api_url": "https://registry.invalid/api/v2", "retry_budget": 0})


def test_an_untrusted_certificate_is_a_refusal_with_advice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def untrusted(*_: object, **__: object) -> None:
        raise client_module.httpx.ConnectError("no") from ssl.SSLCertVerificationError("self-signed certificate")

    monkeypatch.setattr(client_module.httpx.Client, "stream", untrusted)
    with pytest.raises(RegistryRefused, match="TRIALFINDER_CA_BUNDLE"):
        desk.refresh()


def test_a_proxy_of_the_environment_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", desk.replica.url.removesuffix("/api/v2"))
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with RegistryClient(desk.settings(api_url="http://registry.invalid/api/v2"), desk.time.clock) as client:
        assert client.fetch_version().data_timestamp == desk.data.data_timestamp


def test_a_ca_bundle_without_certificates_is_named(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bundle.pem").write_text("not a certificate")
    with pytest.raises(UsageError, match=r"bundle\.pem"):
        RegistryClient(desk.settings(ca_bundle=tmp_path / "bundle.pem"))


def test_tls_can_be_pinned(desk: Desk) -> None:
    context = client_module._tls(desk.settings(tls_max="1.2"))
    assert context.maximum_version == ssl.TLSVersion.TLSv1_2


def test_an_older_number_of_a_study_is_followed_once(desk: Desk) -> None:
    old, new = desk.ids[:2]
    desk.data.alias(old, new)
    with RegistryClient(desk.settings(), desk.time.clock) as client:
        assert new.encode() in client.fetch_study(old)
        assert [request.path for request in desk.replica.requests] == [f"/studies/{old}", f"/studies/{new}"]


@pytest.mark.parametrize(
    "location",
    [
        "http://elsewhere.invalid/api/v2/studies/NCT98000001",
        "//elsewhere.invalid/api/v2/studies/NCT98000001",
        "/api/v2/studies/../../login/NCT98000001",
        "/api/v2/studies/NCT98000001",  # on and on
        "javascript:alert(1)",
        "",
    ],
)
def test_a_study_is_not_followed_anywhere_else(desk: Desk, location: str) -> None:
    desk.replica.plan = faults.always(lambda request: request.path != "/version", faults.redirect(location))
    with RegistryClient(desk.settings(), desk.time.clock) as client, pytest.raises(RegistryRefused):
        client.fetch_study(desk.ids[0])
    assert len(desk.replica.requests) <= 2


@pytest.mark.parametrize(
    "nct_id", ["../version", "NCT9800000", "NCT98000001?fields=x", "%2e%2e", "NCT98000001\r\nX: y", ""]
)
def test_what_is_no_number_never_becomes_an_address(desk: Desk, nct_id: str) -> None:
    with RegistryClient(desk.settings(), desk.time.clock) as client, pytest.raises(UsageError):
        client.fetch_study(nct_id)
    assert desk.replica.requests == []


def test_an_unknown_study_is_not_found(desk: Desk) -> None:
    with (
        RegistryClient(desk.settings(), desk.time.clock) as client,
        pytest.raises(NotFound, match="NCT09999999 not found"),
    ):
        client.fetch_study("NCT09999999")


def test_the_registrys_own_words_are_in_the_error(desk: Desk) -> None:
    desk.replica.plan = faults.always(KINDS["index"], faults.status(400, WRONG + "\x1b[31m\n" + "x" * 5000))
    with pytest.raises(BadQuery, match=WRONG) as raised:
        desk.refresh()
    assert raised.value.message.isprintable()
    assert len(raised.value.message) < 500


def test_the_wait_is_shown_and_can_be_stopped(desk: Desk) -> None:
    cancel, waits = threading.Event(), []

    def watch(stage: str, done: int, total: int) -> None:
        if stage == "wait":
            waits.append((done, total))
            if done >= 20:
                cancel.set()

    desk.replica.plan = faults.always(KINDS["bodies"], faults.status(429, headers={"Retry-After": "100"}))
    with pytest.raises(RefreshCancelled):
        desk.refresh(on_progress=watch, cancel=cancel)
    assert waits[0] == (0, 100)
    assert waits[-1][0] == 20


@pytest.mark.parametrize("stage", ["index", "studies", "tables", "criteria", "publish"])
def test_ctrl_c_at_any_stage_leaves_the_store_as_it_was(kept: Desk, stage: str) -> None:
    def interrupt(now: str, *_: int) -> None:
        if now == stage:
            raise KeyboardInterrupt

    before = kept.stored()
    with pytest.raises(KeyboardInterrupt):
        kept.refresh(on_progress=interrupt)
    assert kept.stored() == before
    kept.refresh()
    assert kept.stored() == kept.served()


def test_the_whole_request_has_a_deadline(desk: Desk) -> None:
    start = time.monotonic()
    desk.replica.plan = faults.always(KINDS["index"], faults.drip)
    with pytest.raises(RegistryUnavailable, match="No whole answer within"):
        desk.refresh(settings={"request_deadline": 0.2, "retry_budget": 0})
    assert time.monotonic() - start < 2


def test_a_kept_connection_that_died_is_opened_anew(desk: Desk) -> None:
    def close_after(exchange: Exchange) -> None:
        exchange.send(exchange.reply)
        exchange.handler.close_connection = True

    desk.replica.plan = lambda _: close_after
    desk.refresh()
    assert desk.stored() == desk.served()
