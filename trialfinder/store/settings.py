"""Where the store lies, and whether this program may write there."""

import os
from collections.abc import Mapping
from pathlib import Path

from trialfinder.errors import UsageError

__all__ = ["default_store_path", "is_read_only", "keep_changes_days"]

FILE_NAME = "trialfinder.sqlite"
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


def default_store_path(environ: Mapping[str, str] = os.environ) -> Path:
    """TRIALFINDER_STORE; else `cache/` of the checkout that this package lies in; else the user's data folder."""
    if named := environ.get("TRIALFINDER_STORE"):
        return Path(named).expanduser()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "cache" / FILE_NAME
    from platformdirs import user_data_path  # noqa: PLC0415 - an installed package alone needs it

    return user_data_path("trialfinder", appauthor=False) / FILE_NAME


def is_read_only(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether TRIALFINDER_READ_ONLY forbids to refresh, move or repair the store."""
    text = environ.get("TRIALFINDER_READ_ONLY", "").strip().lower()
    if text not in YES | NO:
        raise UsageError(f"TRIALFINDER_READ_ONLY is 1 or 0, not {text!r}", value=text)
    return text in YES


def keep_changes_days(environ: Mapping[str, str] = os.environ) -> int | None:
    """TRIALFINDER_KEEP_CHANGES_DAYS: how many days the history of changes goes back; None, the default, keeps all."""
    text = environ.get("TRIALFINDER_KEEP_CHANGES_DAYS", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise UsageError(f"TRIALFINDER_KEEP_CHANGES_DAYS is a number of days from 1 on, not {text!r}", value=text)
    return int(text)
