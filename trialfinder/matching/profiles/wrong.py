"""How a profile can be wrong: one sentence each, in `wording/` under `errors.profile`."""

from collections.abc import Iterable

from rapidfuzz import process

from trialfinder.errors import ProfileError
from trialfinder.wording import render


def wrong(problem: str, **parts: object) -> ProfileError:
    """The error of a problem; `problem` and the parts stay in its details, to be said in another language."""
    return ProfileError(render(f"errors.profile.{problem}", "en", **parts), problem=problem, **parts)


def nearest(name: str, choices: Iterable[str]) -> str:
    """The choice that looks most like a name."""
    found = process.extractOne(name, sorted(choices), processor=str.casefold)
    return str(found[0]) if found else ""


def unknown_value(key: str, value: object, choices: Iterable[str]) -> ProfileError:
    """A value that the key does not take, with all that it takes and the nearest of them."""
    allowed = tuple(choices)
    return wrong(
        "unknown_value", key=key, value=value, nearest=nearest(str(value), allowed), choices=", ".join(allowed)
    )
