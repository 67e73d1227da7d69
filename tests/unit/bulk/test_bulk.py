"""The whole registry on Dask: every study once, whatever is killed, and odd records listed."""

import gzip
import json
import os
import signal
import threading
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.benchmarks.studies import generate
from trialfinder.bulk import bulk, partitions
from trialfinder.bulk.partitions import Done
from trialfinder.bulk.slices import cut, read_slice
from trialfinder.demo import demo_records
from trialfinder.errors import RegistryUnavailable, UsageError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # dask and distributed warn of pandas and of their own sockets
]
distributed = pytest.importorskip("distributed", reason="the extra [scale] is not installed")


@pytest.fixture
def lines(tmp_path) -> Path:
    """The demo as JSON lines, with a broken line among them."""
    file = tmp_path / "studies.jsonl"
    file.write_bytes(b"\n".join([*demo_records(), b"{broken", b""]))
    return file


def studies_in(folder: Path) -> list[str]:
    return sorted(pd.read_parquet(folder / "studies")["nct_id"])


def demo_ids() -> list[str]:
    return sorted(json.loads(raw)["protocolSection"]["identificationModule"]["nctId"] for raw in demo_records())


def test_slices_hold_every_line_once(lines, tmp_path):
    """Byte ranges meet without a gap."""
    parts = list(cut(lines, tmp_path / "x", 7))
    assert [raw.strip() for part in parts for raw in read_slice(part)] == [*demo_records(), b"{broken"]


@pytest.fixture(scope="module")
def cluster():
    """Two workers in processes of their own on loopback, restarted where one dies."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def test_lines_gzip_and_zip_give_the_same_tables(lines, tmp_path, cluster):
    """Every kind of input, over a running cluster by its address."""
    packed = tmp_path / "studies.jsonl.gz"
    packed.write_bytes(gzip.compress(lines.read_bytes()))
    archive = tmp_path / "studies.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, raw in enumerate(demo_records()):
            file.writestr(f"NCT/{number:05}.json", raw)
    for source in (lines, packed, archive):
        target = tmp_path / f"out-{source.name}"
        result = bulk(source, target, scheduler=cluster.scheduler_address, slice_studies=20)
        assert studies_in(target) == demo_ids()
        assert result.n_studies == len(demo_records())
        assert result.n_problems == (0 if source == archive else 2 * 1)
    assert (tmp_path / "out-studies.jsonl" / "problems.jsonl").read_text().count("\n") == 2


def test_a_killed_worker_loses_nothing(tmp_path, cluster):
    """One of two workers is killed in the middle: every partition, every study, once."""
    source = tmp_path / "many.jsonl"
    source.write_bytes(b"\n".join(generate(120)))
    victim = next(iter(cluster.workers.values())).pid
    killed = threading.Event()

    def on_done(done: int, _: int) -> None:
        if done == 1 and not killed.is_set():
            killed.set()
            os.kill(victim, signal.SIGKILL)

    result = bulk(source, tmp_path / "out", scheduler=cluster.scheduler_address, slice_studies=10, on_done=on_done)
    assert killed.is_set()
    assert result.n_partitions == 12
    assert studies_in(tmp_path / "out") == [f"NCT{80_000_000 + number}" for number in range(1, 121)]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(lines, tmp_path, cluster):
    """Finished partitions are not made again; a folder begun with another input is refused."""
    target = tmp_path / "out"
    first = bulk(lines, target, scheduler=cluster.scheduler_address, slice_studies=20)
    (target / "_done" / "part-00001.json").unlink()
    again = bulk(lines, target, scheduler=cluster.scheduler_address, slice_studies=20)
    assert again.n_resumed == first.n_partitions - 1
    assert again.n_studies == first.n_studies
    time.sleep(0.01)
    lines.write_bytes(lines.read_bytes() + b"\n")
    with pytest.raises(UsageError, match="another input"):
        bulk(lines, target, scheduler=cluster.scheduler_address, slice_studies=20)


def test_a_partition_of_other_readers_is_made_again(tmp_path, monkeypatch):
    """Its mark bears the digest of what made it; a mark that says less is none."""
    monkeypatch.setattr(partitions, "tables_version", lambda: "of these readers")
    partitions.mark(str(tmp_path), Done(1, 10, 20, 30, "of these readers"))
    partitions.mark(str(tmp_path), Done(2, 10, 20, 30, "of others"))
    assert partitions.finished(str(tmp_path), 1) == Done(1, 10, 20, 30, "of these readers")
    assert partitions.finished(str(tmp_path), 2) is None
    partitions.mark_path(str(tmp_path), 2).write_text('{"number": 2, "reader_version": "2"}')
    assert partitions.finished(str(tmp_path), 2) is None


def test_a_missing_input_and_a_silent_scheduler_are_said(tmp_path, lines, monkeypatch):
    """One sentence each."""
    with pytest.raises(UsageError, match="is not there"):
        bulk(tmp_path / "none.jsonl", tmp_path / "out")
    monkeypatch.setattr("trialfinder.bulk.run.CONNECT_SECONDS", 1)
    with pytest.raises(RegistryUnavailable, match="scheduler"):
        bulk(lines, tmp_path / "out2", scheduler="tcp://127.0.0.1:9")
