"""A refresh with the settings of the environment: what library, command line and app call."""

import threading
from pathlib import Path

from trialfinder.errors import UsageError
from trialfinder.finder.refresh import OnProgress, RefreshResult
from trialfinder.finder.refresh import refresh as refresh_store
from trialfinder.registry.settings import RegistrySettings
from trialfinder.store import default_store_path, is_read_only
from trialfinder.store.settings import keep_changes_days


def refresh(  # one keyword for each option of the command
    store: Path | str | None = None,
    *,
    is_full: bool = False,
    is_loss_accepted: bool = False,
    api_url: str | None = None,
    on_progress: OnProgress = lambda stage, done, total: None,  # noqa: ARG005 - the names are the contract
    cancel: threading.Event | None = None,
) -> RefreshResult:
    """Pull what changed into the store at a path (None: the default one); the first time everything.

    Raises UsageError on a read-only host, the registry's errors, RefreshRunning, CannotWrite; whatever happens, the
    store is whole: new, or as it was.
    """
    if is_read_only():
        raise UsageError("TRIALFINDER_READ_ONLY is set: this host's data are refreshed elsewhere.")
    keep_changes_days()  # a wrong setting is said before anything is fetched
    return refresh_store(
        Path(store or default_store_path()),
        RegistrySettings.from_environment(api_url=api_url),
        is_full=is_full,
        is_loss_accepted=is_loss_accepted,
        on_progress=on_progress,
        cancel=cancel,
    )
