"""`python -m trialfinder` does what `trialfinder` does."""

import subprocess
import sys


def test_the_package_runs_as_a_module():
    """Whoever has no script on the path reaches the same commands."""
    done = subprocess.run([sys.executable, "-m", "trialfinder", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "refresh" in done.stdout
