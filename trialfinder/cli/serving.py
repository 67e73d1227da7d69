"""Starting Streamlit with the privacy settings as flags, from a checkout or from the wheel."""

import os
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

from trialfinder.cli.options import Common
from trialfinder.errors import TrialfinderError, UsageError

PACKAGE = Path(__file__).resolve().parent.parent


def web_folder() -> Path:
    """Where `app.py` lies: beside the package in a checkout, within it (`_web/`) in the wheel."""
    for folder in (PACKAGE / "_web", PACKAGE.parent):
        if (folder / "app.py").exists() and (folder / ".streamlit" / "config.toml").exists():
            return folder
    raise TrialfinderError("The web app's files are missing from this installation. Install trialfinder again.")


def streamlit_flags(folder: Path, port: int, address: str) -> list[str]:
    """Every setting of `.streamlit/config.toml` as flags, so that the privacy settings hold wherever it is run from."""
    settings = tomllib.loads((folder / ".streamlit" / "config.toml").read_text("utf-8"))
    settings["server"] |= {"port": port, "address": address}
    return [
        f"--{section}.{name}={str(value).lower() if isinstance(value, bool) else value}"
        for section, values in settings.items()
        for name, value in values.items()
    ]


def _check_free(port: int, address: str) -> None:
    try:
        socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET).close()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise UsageError(
            f"The app cannot listen on {address}, port {port}: {why}. Choose another with --port N."
        ) from error


def serve_app(options: Common, port: int, address: str) -> int:
    """Run the app until it is stopped, and give its exit code. Raises UsageError where it cannot listen there."""
    _check_free(port, address)
    folder = web_folder()
    environment = os.environ | {"TRIALFINDER_LANG": options.lang}
    if options.store is not None:
        environment["TRIALFINDER_STORE"] = str(options.store.absolute())
    if options.demo:
        environment["TRIALFINDER_DEMO"] = "1"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(folder / "app.py"),
        *streamlit_flags(folder, port, address),
    ]
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter and our own file
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())  # who stops us stops the server
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
