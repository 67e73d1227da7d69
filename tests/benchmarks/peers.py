"""Side by side in one run: what a user would pick instead pulls and normalises the same studies of the same replica.

python -m tests.benchmarks.peers [--studies 8000] [--environments DIR]
Each peer gets an environment of its own, made once from `peers.txt`; one that cannot be installed or run says why.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from tests.benchmarks.peer_pull import PULLERS
from tests.benchmarks.records import replica_apart
from tests.ui.serving import ROOT

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 600
COMMON = ("pandas",)


def requirements() -> list[str]:
    """The lines of `peers.txt` that name packages."""
    lines = (HERE / "peers.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def environment_of(peer: str, folder: Path) -> Path:
    """The interpreter of a peer's environment, made where it is not there yet."""
    python = folder / peer / "bin" / "python"
    if not python.exists():
        venv.create(folder / peer, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer, *COMMON]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    return python


def pull(name: str, python: Path, url: str) -> dict[str, Any]:
    """One pull in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    done = subprocess.run(
        [str(python), str(HERE / "peer_pull.py"), name, url],
        env=environment | {"PYTHONPATH": str(ROOT) if name == "trialfinder" else ""},
        capture_output=True, text=True, check=True, timeout=LONGEST_SECONDS,
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def tried(name: str, folder: Path, url: str) -> dict[str, Any]:
    """Its figures; or `why` there are none."""
    try:
        python = Path(sys.executable) if name == "trialfinder" else environment_of(name, folder)
        return pull(name, python, url)
    except subprocess.CalledProcessError as error:
        return {"name": name, "why": (error.stderr or "no message").strip().splitlines()[-1]}
    except subprocess.TimeoutExpired:
        return {"name": name, "why": f"not done in {LONGEST_SECONDS} s"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--studies", type=int, default=8000)
    parser.add_argument("--environments", type=Path, default=ROOT / ".peers")
    asked = parser.parse_args()
    names = [name for name in PULLERS if name == "trialfinder" or name in requirements()]
    with replica_apart(asked.studies) as url:
        found = [tried(name, asked.environments, url) for name in names]
    print(f"{asked.studies} studies of one replica into a table of studies and one of sites, each in its own process")
    for figures in found:
        print(line_of(figures, found[0], asked.studies))


def line_of(figures: dict[str, Any], ours: dict[str, Any], n_studies: int) -> str:
    """One puller's figures, or why there are none."""
    if "why" in figures:
        return f"{figures['name']:13} not run: {figures['why']}"
    short = "" if figures["studies"] == n_studies else "  SHORT, and no error"
    ratio = figures["seconds"] / ours["seconds"]
    return (
        f"{figures['name']:13} {figures['seconds']:6.2f} s ({ratio:5.2f} x ours), first time with imports "
        f"{figures['cold']:6.2f} s, at most {figures['peak_mb']:5.0f} MB, "
        f"{figures['studies']} studies, {figures['sites']} sites{short}"
    )


if __name__ == "__main__":
    main()
