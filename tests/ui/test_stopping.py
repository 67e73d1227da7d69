"""Who stops `trialfinder app` stops the server, too."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ui.serving import HOST, free_port, wait_for


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without telling it")
def test_a_stopped_app_leaves_no_server_behind(tmp_path: Path) -> None:
    """A service manager sends SIGTERM; the port must be free again after it."""
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "trialfinder", "app", "--demo", "--port", str(port)]
    with log.open("wb") as out:
        app = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
    wait_for(f"http://{HOST}:{port}", app, log)
    app.send_signal(signal.SIGTERM)
    app.wait(20)
    with socket.socket() as probe:
        assert probe.connect_ex((HOST, port)) != 0
