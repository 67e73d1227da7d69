"""Storage: killed, full, read-only, doubled, damaged; what is read is old or new, never a mixture, never wrong."""

import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.registry import faults
from tests.registry.conftest import Desk
from tests.registry.killed import POINTS
from trialfinder.errors import CannotWrite, NoStoreError, RefreshRunning, RegistryUnavailable, StoreDamaged
from trialfinder.store import Store, partial, publish
from trialfinder.store.lock import refresh_lock
from trialfinder.store.rebuild import rebuild


def everything(path: Path) -> dict[str, Any]:
    """All that a store answers."""
    with Store.open(path) as store:
        tables = ("studies", "sites", "arms", "interventions", "facts")
        return {
            "info": store.info().n_studies,
            "index": store.index(),
            "records": list(store.load_records()),
            "tables": [store.load_table(name).to_dict("list").__repr__() for name in tables],
            "facts": [store.load_facts(nct_id) for nct_id in store.index()],
            "words": store.text_vocabulary(),
            "found": store.search_text("invented group"),
            "changes": list(store.changes()),
        }


def leftovers(desk: Desk) -> set[str]:
    usual = {desk.path.name + suffix for suffix in ("", "-wal", "-shm", ".lock")}
    return {file.name for file in desk.path.parent.iterdir()} - usual


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_the_store_is_old_and_the_next_refresh_whole(kept: Desk, point: str) -> None:
    before = everything(kept.path)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.registry.killed", kept.path, kept.replica.url, point], check=False, timeout=60
    )
    assert killed.returncode == -9
    assert everything(kept.path) == before
    kept.refresh()
    assert kept.stored() == kept.served()
    assert leftovers(kept) == set()


@pytest.mark.slow
@pytest.mark.parametrize("point", ["studies", "write_search"])
def test_a_first_refresh_that_is_killed_leaves_no_store(desk: Desk, point: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.registry.killed", desk.path, desk.replica.url, point], check=False, timeout=60
    )
    with pytest.raises(NoStoreError):
        Store.open(desk.path)
    desk.refresh()
    assert desk.stored() == desk.served()
    assert leftovers(desk) == set()


def full_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, n_pages: int) -> None:
    """The disk is full once the file has grown by so many pages."""
    connect = getattr(module, name)

    def limited(path: Path) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(path)
        (size,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {size + n_pages}")
        return db

    monkeypatch.setattr(module, name, limited)


@pytest.mark.parametrize("n_pages", [0, 1, 3, 10, 20])
@pytest.mark.parametrize("fixture", ["desk", "kept"])
def test_a_full_disk_while_publishing_changes_nothing(
    fixture: str, n_pages: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk: Desk = request.getfixturevalue(fixture)
    before = everything(desk.path) if desk.path.exists() else None
    desk.data.edit(
        desk.ids[5], "protocolSection.descriptionModule", {"briefSummary": random.Random(1).randbytes(90_000).hex()}
    )
    with monkeypatch.context() as patched:
        full_after(patched, publish, "connect_writer", n_pages)
        with pytest.raises(CannotWrite, match="nothing was changed"):
            desk.refresh()
    assert (everything(desk.path) if desk.path.exists() else None) == before
    desk.refresh()
    assert desk.stored() == desk.served()
    assert leftovers(desk) == set()


@pytest.mark.parametrize("n_pages", [1, 2, 4])
def test_a_full_disk_while_fetching_changes_nothing(kept: Desk, n_pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(kept.path)
    kept.data.edit(
        kept.ids[5], "protocolSection.descriptionModule", {"briefSummary": random.Random(1).randbytes(90_000).hex()}
    )
    with monkeypatch.context() as patched:
        full_after(patched, partial, "_connect", n_pages)
        with pytest.raises(CannotWrite):
            kept.refresh()
    assert everything(kept.path) == before
    kept.refresh()
    assert kept.stored() == kept.served()


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everywhere; be somebody else meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked(kept: Desk) -> Iterator[Desk]:
    """A store in a folder where nobody may write."""
    for folder in (kept.path.parent.parent.parent.parent, kept.path.parent.parent.parent, kept.path.parent.parent):
        folder.chmod(0o755)
    kept.path.parent.chmod(0o555)
    yield kept
    kept.path.parent.chmod(0o755)


def test_a_read_only_folder_can_be_read_and_not_refreshed(locked: Desk) -> None:
    before = everything(locked.path)
    with without_rights():
        assert everything(locked.path) == before
        with pytest.raises(CannotWrite, match=str(locked.path.parent)):
            locked.refresh()
    assert everything(locked.path) == before


def test_a_read_only_folder_with_logs_of_a_reader_can_be_read(locked: Desk) -> None:
    for suffix in ("-wal", "-shm"):
        locked.path.with_name(locked.path.name + suffix).unlink(missing_ok=True)
    with without_rights():
        assert everything(locked.path)["info"] == 25


def test_a_host_may_forbid_every_change(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(kept.path)
    monkeypatch.setenv("TRIALFINDER_READ_ONLY", "1")
    for attempt in (kept.refresh, lambda: rebuild(kept.path)):
        with pytest.raises(CannotWrite, match="TRIALFINDER_READ_ONLY"):
            attempt()
    assert everything(kept.path) == before
    assert kept.replica.requests == []


def test_a_file_where_the_folder_should_be_is_named(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk.path = tmp_path / "file" / "store.sqlite"
    with pytest.raises(CannotWrite, match="file"):
        desk.refresh()


def test_the_folder_that_we_make_is_ours_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o755)
    desk.path = tmp_path / "theirs" / "ours" / "store.sqlite"
    desk.refresh()
    assert desk.path.parent.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "theirs").stat().st_mode & 0o777 == 0o755


def test_two_refreshes_at_once_are_one(kept: Desk) -> None:
    kept.replica.plan = faults.always(lambda _: True, faults.slow_start)
    outcomes: list[object] = []

    def run() -> None:
        try:
            outcomes.append(kept.refresh())
        except RefreshRunning as error:
            outcomes.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["RefreshResult", "RefreshRunning"]
    assert kept.stored() == kept.served()


def test_a_refresh_waits_for_no_other(kept: Desk) -> None:
    with refresh_lock(kept.path), pytest.raises(RefreshRunning, match="wait until it is done"):
        kept.refresh()
    kept.refresh()


def test_a_reader_sees_one_state_however_long_it_stays(kept: Desk) -> None:
    before = kept.stored()
    with Store.open(kept.path) as store:
        kept.refresh()
        active = {nct_id for nct_id, state in store.index().items() if state.left_date is None}
        assert active == set(before)
        assert set(store.load_table("studies", ["nct_id"])["nct_id"]) == set(before)
    assert kept.stored() == kept.served()


@pytest.mark.slow
def test_readers_beside_a_refresh_see_old_or_new_and_never_a_mixture(kept: Desk) -> None:
    seen: set[frozenset[str]] = set()
    stop = threading.Event()
    torn: list[object] = []

    def read() -> None:
        while not stop.is_set():
            with Store.open(kept.path) as store:
                ids = frozenset(store.index())
                if ids != frozenset(store.load_table("studies", ["nct_id"])["nct_id"]):
                    torn.append(ids)
                seen.add(ids)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for step in range(4):
        kept.data.add(*[_record(800 + step)])
        kept.refresh()
    stop.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert len(seen) > 1


def _record(number: int) -> dict[str, Any]:
    from tests.registry.dataset import make_record

    return make_record(number)


@pytest.mark.parametrize("size", [0, 1, 50, 100, 4096, 20_000, 0.5, 0.9])
def test_a_truncated_store_is_named_and_a_refresh_fetches_it_anew(kept: Desk, size: float) -> None:
    whole = kept.path.stat().st_size
    os.truncate(kept.path, int(size * whole) if isinstance(size, float) else size)
    with pytest.raises(StoreDamaged, match=r"trialfinder\.sqlite.*`?(rebuild|refresh)"):
        everything(kept.path)
    result = kept.refresh()
    assert kept.stored() == kept.served()
    if result.set_aside:
        assert result.set_aside.exists()


def test_a_flipped_bit_is_noticed_or_harmless(kept: Desk) -> None:
    good, data = everything(kept.path), kept.path.read_bytes()
    chance = random.Random(20261125)
    n_noticed = 0
    for _ in range(60):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        kept.path.write_bytes(flipped)
        try:
            now = everything(kept.path)
        except StoreDamaged:
            n_noticed += 1
        else:
            assert {key for key in good if now[key] != good[key]} <= {"words", "found"}
    assert n_noticed


def test_a_store_of_a_newer_program_is_refused_and_kept(kept: Desk) -> None:
    with sqlite3.connect(kept.path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for attempt in (lambda: Store.open(kept.path), kept.refresh, lambda: rebuild(kept.path)):
        with pytest.raises(StoreDamaged, match="newer"):
            attempt()
    assert leftovers(kept) == set()


def test_a_file_of_another_program_is_refused_and_kept(desk: Desk) -> None:
    desk.path.parent.mkdir()
    with sqlite3.connect(desk.path) as db:
        db.execute("CREATE TABLE recipes (name)")
    db.close()
    for attempt in (lambda: Store.open(desk.path), desk.refresh, lambda: rebuild(desk.path)):
        with pytest.raises(StoreDamaged, match="not a store of trialfinder"):
            attempt()
    assert leftovers(desk) == set()


def test_a_store_of_an_older_program_is_rebuilt_from_its_records(kept: Desk) -> None:
    before = everything(kept.path)
    with sqlite3.connect(kept.path) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TABLE columns")
    db.close()
    with pytest.raises(StoreDamaged, match="trialfinder rebuild"):
        Store.open(kept.path)
    assert rebuild(kept.path).n_studies == 25
    assert everything(kept.path) == before


def test_a_damaged_store_is_rebuilt_from_what_can_be_read(kept: Desk) -> None:
    kept.refresh()
    before = everything(kept.path)
    with sqlite3.connect(kept.path) as db:
        (packed,) = db.execute("SELECT packed FROM records WHERE nct_id = ?", (kept.ids[0],)).fetchone()
        db.execute("UPDATE records SET packed = ? WHERE nct_id = ?", (packed[:-3] + b"xyz", kept.ids[0]))
    db.close()
    rebuilt = rebuild(kept.path)
    assert rebuilt.set_aside
    now = everything(kept.path)
    assert set(before["index"]) - set(now["index"]) == {kept.ids[0]}
    assert [change.nct_id for change in now["changes"]]
    kept.refresh()
    assert kept.stored() == kept.served()


def test_a_store_of_which_nothing_can_be_read_says_so(desk: Desk) -> None:
    desk.path.parent.mkdir()
    desk.path.write_bytes(b"SQLite format 3\0" + b"\0" * 5000)
    with pytest.raises(StoreDamaged, match="trialfinder refresh"):
        rebuild(desk.path)
    assert desk.path.exists()


def test_a_failed_refresh_of_a_damaged_store_keeps_the_damaged_file(kept: Desk) -> None:
    os.truncate(kept.path, 5000)
    kept.replica.plan = faults.always(lambda _: True, faults.status(503))
    with pytest.raises(RegistryUnavailable):
        kept.refresh(settings={"retry_budget": 0})
    assert [name for name in leftovers(kept) if "damaged" in name]
    with suppress(NoStoreError):
        Store.open(kept.path)


def test_rebuild_needs_no_network_and_changes_no_answer(kept: Desk) -> None:
    before = everything(kept.path)
    kept.replica.stop()
    assert rebuild(kept.path).n_studies == 25
    assert everything(kept.path) == before


def test_rebuild_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="trialfinder refresh"):
        rebuild(tmp_path / "none.sqlite")
