"""Files of studies, one a line: plain, packed, and as they come through a pipe."""

import gzip
import os
import threading

import pytest

from trialfinder.finder.reading import records_of_file

LINES = [b'{"nctId": "NCT99000001"}\n', b"\n", b'{"nctId": "NCT99000002"}\n']
NUMBERED = [(1, LINES[0]), (3, LINES[2])]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_line_that_is_not_blank_comes_with_its_number(tmp_path, pack):
    path = tmp_path / "studies"
    path.write_bytes(pack(b"".join(LINES)))
    assert list(records_of_file(path)) == NUMBERED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_is_read_from_its_first_byte(tmp_path, pack):
    """What was looked at to tell a packed file from a plain one is not lost."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(pack(b"".join(LINES)),))
    writer.start()
    assert list(records_of_file(path)) == NUMBERED
    writer.join()


def test_an_empty_file_has_no_records(tmp_path):
    path = tmp_path / "studies"
    path.touch()
    assert list(records_of_file(path)) == []
