"""What is shipped: the settings that keep visitors private, and the code that cannot run what it reads."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from trialfinder.cli.serving import streamlit_flags

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
PRIVATE = {
    "browser.gatherUsageStats": False,
    "server.address": "127.0.0.1",
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
}
RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml"}
SOURCES = [ROOT / "app.py", *sorted((ROOT / "trialfinder").rglob("*.py"))]


@pytest.mark.parametrize(("name", "value"), PRIVATE.items())
def test_the_shipped_file_says_so(name: str, value: object) -> None:
    """Usage statistics off, this machine only, no traceback to a visitor, requests of other pages refused."""
    section, key = name.split(".")
    assert CONFIG[section][key] == value


@pytest.mark.parametrize("name", [f"{section}.{key}" for section, keys in CONFIG.items() for key in keys])
def test_every_setting_is_one_that_streamlit_knows(name: str) -> None:
    """A misspelt setting would be ignored in silence."""
    assert name in config.get_config_options()


def test_an_unknown_word_for_error_details_would_show_everything_so_ours_is_a_known_one() -> None:
    assert CONFIG["client"]["showErrorDetails"] in {"none", "type"}


def test_the_flags_of_the_command_say_the_same_wherever_it_is_run_from() -> None:
    """`trialfinder app` from another folder would not see the file; from the wheel it lies elsewhere."""
    flags = streamlit_flags(ROOT, 8501, "127.0.0.1")
    for name, value in PRIVATE.items():
        said = str(value).lower() if isinstance(value, bool) else value
        assert f"--{name}={said}" in flags


def test_the_wheel_carries_the_entry_its_settings_and_its_map() -> None:
    """As `trialfinder/_web/`, which is what an installed program runs."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = {name: target for name, target in wheel["force-include"].items() if "_web" in target}
    assert {"app.py", "static", ".streamlit/config.toml"} <= set(carried)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_runs_what_it_reads(path: Path) -> None:
    """No pickle, no eval, no shell."""
    tree = ast.parse(path.read_text("utf-8"))
    assert not {name.split(".")[0] for name in _imported(tree)} & RUNS_WHAT_IT_READS
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec"}]
    words = [keyword for call in calls for keyword in call.keywords]
    risky = {"shell", "allow_pickle"}
    assert not [
        w for w in words if w.arg in risky and not (isinstance(w.value, ast.Constant) and w.value.value is False)
    ]


def test_the_host_files_log_no_visit_and_hold_the_security_headers() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    assert re.search(r"^\s*access_log off;", nginx, re.MULTILINE)
    for header in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy"):
        assert f"add_header {header} " in nginx
