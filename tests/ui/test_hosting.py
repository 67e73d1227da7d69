"""Many visitors at once, as `docs/hosting.md` says: nothing lost while the data change under them."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.benchmarks.hosting import NGINX, Hosted, hosted, measure
from tests.benchmarks.visitors import Visit
from tests.ui.stores import build_old_store

pytestmark = [pytest.mark.slow, pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Two app processes over one store, behind nginx."""
    folder = tmp_path_factory.mktemp("host")
    build_old_store(folder / "data" / "trialfinder.sqlite")
    with hosted(folder, folder / "data" / "trialfinder.sqlite") as running:
        yield running


def test_no_session_is_lost_and_no_mixture_is_seen_while_a_refresh_runs(tmp_path: Path) -> None:
    """Every answer is that of the old data or of the new, and in the end everybody sees the new."""
    seen = measure(120, 4, tmp_path, watch_seconds=1.5)
    assert seen.lost == []
    assert seen.n_sessions == 4
    assert seen.counts[1] > seen.counts[0]


def test_the_health_check_of_the_container_is_answered_through_nginx(host: Hosted) -> None:
    with urllib.request.urlopen(f"{host.url}/_stcore/health", timeout=10) as reply:  # noqa: S310 - our own address
        assert reply.read() == b"ok"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'self'" in reply.headers["Content-Security-Policy"]
        assert "nginx/" not in (reply.headers["Server"] or "")


def test_a_page_at_the_hosts_own_name_is_let_in_and_a_strange_one_is_not(host: Hosted) -> None:
    """The app compares the page's address with the Host that nginx passes on, its port included."""
    name = "trials.example:" + host.url.rsplit(":", 1)[1]
    with Visit(host.url, host=name) as session:
        assert session.run().errors == []
    with pytest.raises(InvalidStatus):
        Visit(host.url, host=name, page="evil.example").__enter__()


def test_no_log_holds_a_visit(host: Hosted) -> None:
    """Neither the app's nor nginx's."""
    with Visit(host.url, source="127.0.7.1") as session:
        session.run()
        session.press("show")
        session.run({"ask_drug": {"string_value": "capecitabine"}})
    folder = host.apps[0].log.parent
    assert not [log.name for log in folder.glob("*.log") if "capecitabine" in log.read_text(errors="replace")]
    assert not [log.name for log in folder.glob("*.log") if "127.0.7.1" in log.read_text(errors="replace")]
