"""The app as people meet it: in a process of its own on a loopback port, with the settings of `trialfinder app`."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trialfinder.cli.serving import streamlit_flags

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
START_SECONDS = 60.0


@dataclass(frozen=True)
class Served:
    """A running app: its address, its process, and the file that holds all that it wrote."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serve(log: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """The app until the block ends. `environment` is added to ours, without any TRIALFINDER_ variable of our own."""
    port = free_port()
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TRIALFINDER_")}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *streamlit_flags(ROOT, port, HOST)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=ours | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"} | dict(environment),
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        try:
            url = f"http://{HOST}:{port}"
            wait_for(url, process, log)
            yield Served(url, process, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the app answers; an error with the end of its log if it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as reply:  # noqa: S310 - our own loopback address
                if reply.read() == b"ok":
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start:\n{log.read_text(errors='replace')[-2000:]}")
