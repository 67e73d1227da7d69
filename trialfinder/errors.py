"""Every error that a person can act on.

    TrialfinderError            the root; carries a sentence that says what happened, to what, and what to do next
    ├── UsageError              wrong usage: an option, a file or a value that we cannot take            (exit code 2)
    │   └── ProfileError        a profile that contradicts itself or names what we do not know
    ├── NoStoreError            there is no local store yet                                              (3)
    ├── RegistryError           the registry could not be reached, or its answer cannot be used          (4)
    │   ├── RegistryUnavailable     no answer, or only errors that may pass
    │   ├── BadQuery                the registry says the question is wrong
    │   └── UnexpectedRecord        an answer or a study that does not have the expected shape
    ├── RegistryRefused         the registry, or a network between, refuses us                           (5)
    ├── StoreDamaged            the store cannot be read, or is of another version                       (6)
    ├── CannotWrite             a file or folder cannot be written                                       (7)
    ├── RefreshRunning          another refresh holds the store                                          (8)
    └── UnknownName             a place or name is unknown or ambiguous; `choices` says what was meant   (9)

Bugs are not in this tree: they crash with a traceback.
"""

from collections.abc import Sequence

__all__ = [
    "BadQuery",
    "CannotWrite",
    "NoStoreError",
    "ProfileError",
    "RefreshRunning",
    "RegistryError",
    "RegistryRefused",
    "RegistryUnavailable",
    "StoreDamaged",
    "TrialfinderError",
    "UnexpectedRecord",
    "UnknownName",
    "UsageError",
]


class TrialfinderError(Exception):
    """Something that a person can act on.

    `exit_code` is what the command line ends with; `code` names the sentence in `wording/`
    and `details` are its parts, so that the same error can be said in another language.
    """

    exit_code = 2
    code = "error"

    def __init__(self, message: str, **details: object) -> None:
        """Keep the English sentence and the parts it was made of."""
        super().__init__(message)
        self.message = message
        self.details = details


class UsageError(TrialfinderError):
    """An option, a file or a value that we cannot take."""

    exit_code = 2
    code = "usage"


class ProfileError(UsageError):
    """A profile that contradicts itself or names something that we do not know."""

    code = "profile"


class NoStoreError(TrialfinderError):
    """There is no local store yet."""

    exit_code = 3
    code = "no_store"


class RegistryError(TrialfinderError):
    """The registry could not be reached, or its answer cannot be used."""

    exit_code = 4
    code = "registry"


class RegistryUnavailable(RegistryError):
    """The registry did not answer, or answered only with errors that may pass."""

    code = "registry_unavailable"


class BadQuery(RegistryError):
    """The registry says that the question is wrong; its own text is in the message."""

    code = "bad_query"


class UnexpectedRecord(RegistryError):
    """An answer, or a study in it, that does not have the expected shape."""

    code = "unexpected_record"


class RegistryRefused(TrialfinderError):
    """The registry, or a network between, refuses to answer this program."""

    exit_code = 5
    code = "registry_refused"


class StoreDamaged(TrialfinderError):
    """The store cannot be read, or was made by another version of the program."""

    exit_code = 6
    code = "store_damaged"


class CannotWrite(TrialfinderError):
    """A file or folder cannot be written."""

    exit_code = 7
    code = "cannot_write"


class RefreshRunning(TrialfinderError):
    """Another refresh holds the store."""

    exit_code = 8
    code = "refresh_running"


class UnknownName(TrialfinderError):
    """A place or name is unknown, or could mean several things; `choices` are the nearest ones."""

    exit_code = 9
    code = "unknown_name"

    def __init__(self, message: str, choices: Sequence[str] = (), **details: object) -> None:
        """Keep what may have been meant beside the sentence."""
        super().__init__(message, choices=tuple(choices), **details)
        self.choices = tuple(choices)
