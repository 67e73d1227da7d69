"""The store as a program uses it: quick to ask, one state, kept facts, named absences."""

import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.store.records import raw
from trialfinder.errors import NoStoreError, StoreDamaged, UnknownName
from trialfinder.store import Store, publish, reading
from trialfinder.store.rebuild import rebuild
from trialfinder.store.state import Pull, difference
from trialfinder.tables import TABLES, index_row
from trialfinder.tables.dictionary import dtypes_of

STAMP = "2026-11-25T09:00:00"


def pull(*records: bytes, stamp: str = STAMP) -> Pull:
    bodies = {index_row(record).nct_id: record for record in records}
    index = {nct_id: index_row(record) for nct_id, record in bodies.items()}
    return Pull(data_timestamp=stamp, refreshed_at=f"{stamp}+00:00", index=index, bodies=bodies)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of three studies."""
    publish.publish(tmp_path / "store.sqlite", pull(raw(1), raw(2), raw(3)))
    return tmp_path / "store.sqlite"


def test_info_tells_counts_and_dates(path: Path) -> None:
    with Store.open(path) as store:
        info = store.info()
    assert (info.n_studies, info.n_sites, info.n_left, info.is_demo) == (3, 3, 0, False)
    assert (info.data_timestamp, info.refreshed_at) == (STAMP, f"{STAMP}+00:00")
    assert info.path == path


def test_info_loads_nothing_heavy(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from trialfinder.store import Store\n"
        f"with Store.open(Path({str(path)!r})) as store: store.info()\n"
        "print([name for name in ('pandas', 'pyarrow', 'msgspec', 'trialfinder.tables') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_every_table_has_the_columns_of_the_dictionary(path: Path) -> None:
    with Store.open(path) as store:
        for name in TABLES:
            frame = store.load_table(name)
            assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == dict(dtypes_of(name))


def test_columns_come_in_the_order_asked_for(path: Path) -> None:
    with Store.open(path) as store:
        assert list(store.load_table("studies", ["overall_status", "nct_id"]).columns) == ["overall_status", "nct_id"]


@pytest.mark.parametrize(("name", "column"), [("studies", "no_such"), ("nothing", "nct_id")])
def test_a_column_that_the_store_lacks_is_named(path: Path, name: str, column: str) -> None:
    with Store.open(path) as store, pytest.raises(StoreDamaged, match=f"{name}.*trialfinder rebuild"):
        store.load_table(name, [column])


def test_records_come_as_they_were_sent(path: Path) -> None:
    with Store.open(path) as store:
        assert list(store.load_records()) == [raw(1), raw(2), raw(3)]
        assert list(store.load_records(["NCT98000003", "NCT99999999", "NCT98000001"])) == [raw(3), raw(1)]
        assert store.load_record("NCT99999999") is None


def test_facts_of_an_unknown_study_are_no_silence(path: Path) -> None:
    with Store.open(path) as store:
        assert store.load_facts("NCT98000001").nct_id == "NCT98000001"
        with pytest.raises(UnknownName, match="NCT99999999"):
            store.load_facts("NCT99999999")


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match=r"trialfinder refresh.*--demo"):
        Store.open(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_many_threads_share_one_open_store(path: Path) -> None:
    wrong: list[object] = []

    def use(store: Store) -> None:
        answers = [(len(store.load_table("sites")), len(store.search_text("invented"))) for _ in range(20)]
        wrong.extend(answer for answer in answers if answer != (3, 3))

    with Store.open(path) as store:
        threads = [threading.Thread(target=use, args=(store,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_the_stamp_changes_with_what_can_be_found_only(path: Path) -> None:
    def stamp() -> str:
        with Store.open(path) as store:
            return store.info().stamp.split(".")[1]

    first = stamp()
    publish.publish(path, pull(raw(1), raw(2), raw(3)))
    assert stamp() == first
    publish.publish(path, pull(raw(1), raw(2), raw(3), raw(4)))
    assert stamp() != first


def test_unchanged_texts_are_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = reading.read_study

    def counting(study):
        read.append(study.source.nct_id)
        return real(study)

    monkeypatch.setattr(reading, "read_study", counting)
    moved = raw(2, date="2026-11-24", contactsLocationsModule={})
    publish.publish(path, pull(raw(1), moved, raw(3), raw(4)))
    assert read == ["NCT98000004"]
    rebuild(path)
    assert read == ["NCT98000004"]


def test_another_reader_reads_everything_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(reading, "reader_version", lambda: "another")
    monkeypatch.setattr("trialfinder.store.earlier.tables_version", lambda: "another")
    real = reading.read_study
    monkeypatch.setattr(reading, "read_study", lambda study: (read.append(study.source.nct_id), real(study))[1])
    publish.publish(path, pull(raw(1), raw(2), raw(3)))
    assert len(read) == 3


@pytest.mark.slow
def test_many_studies_are_read_by_processes_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [raw(number) for number in range(6)]
    with Store.in_memory(records, STAMP) as alone:
        monkeypatch.setattr(reading, "MANY", 2)
        with Store.in_memory(records, STAMP) as together:
            for nct_id in alone.index():
                assert alone.load_facts(nct_id) == together.load_facts(nct_id)


def test_batches_make_the_same_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [raw(number) for number in range(7)]
    with Store.in_memory(records, STAMP) as whole:
        monkeypatch.setattr("trialfinder.store.derive.BATCH", 3)
        with Store.in_memory(records, STAMP) as batched:
            for name in TABLES:
                pd.testing.assert_frame_equal(whole.load_table(name), batched.load_table(name))


def test_a_store_without_studies_has_empty_tables() -> None:
    with Store.in_memory([], STAMP) as store:
        assert store.info().n_studies == 0
        for name in TABLES:
            assert len(store.load_table(name)) == 0
        assert store.search_text("anything") == {}


def test_odd_records_are_told(tmp_path: Path) -> None:
    odd = raw(1, eligibilityModule={"eligibilityCriteria": 17, "minimumAge": "grown up"})
    published = publish.publish(tmp_path / "store.sqlite", pull(odd))
    assert published.problems


def test_difference_is_by_date_or_status() -> None:
    with Store.in_memory([raw(1), raw(2), raw(3), raw(4)], STAMP) as store:
        states = store.index()
    now = pull(raw(1), raw(2, status="COMPLETED"), raw(3, date="2026-11-24"), raw(5))
    found = difference(states, now.index)
    assert (found.new, found.changed, found.left, found.back) == (
        ("NCT98000005",),
        ("NCT98000002", "NCT98000003"),
        ("NCT98000004",),
        (),
    )
    assert not difference(states, pull(raw(1), raw(2), raw(3), raw(4)).index)
