"""The sizes and signs held against their limits, and the exceptions that have a reason."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.signs import LOOKED_FOR, Sign
from tests.architecture.sizes import Size


@dataclass(frozen=True)
class Allowed:
    """An exception: at most so many places of a sign in the files of a pattern, and why."""

    sign: int
    where: str
    at_most: int
    reason: str

    def covers(self, sign: Sign) -> bool:
        return sign.number == self.sign and fnmatch(sign.where, self.where)


def load_exceptions() -> tuple[Allowed, ...]:
    """The exceptions of `exceptions.toml`. A misspelt key raises TypeError."""
    path = Path(__file__).with_name("exceptions.toml")
    return tuple(Allowed(**row) for row in tomllib.loads(path.read_text("utf-8"))["exception"])


def breaches(sizes: Sequence[Size], signs: Sequence[Sign], exceptions: Sequence[Allowed]) -> Iterator[str]:
    """What is over its limit, one line each."""
    for size in sizes:
        if not size.is_kept:
            yield f"{size.name}: {size.value} (limit {size.limit if size.limit is not None else size.least})"
    for sign in signs:
        if not any(allowed.covers(sign) for allowed in exceptions):
            yield f"sign {sign.number}: {sign.where}:{sign.line}: {sign.what}"
    for allowed in exceptions:
        found = [sign for sign in signs if allowed.covers(sign)]
        if len(found) > allowed.at_most:
            places = "; ".join(f"{sign.where}:{sign.line} {sign.what}" for sign in found)
            yield f"sign {allowed.sign} in {allowed.where}: {len(found)} places, {allowed.at_most} allowed: {places}"
        if not found:
            yield f"sign {allowed.sign} in {allowed.where}: no place is left, so the exception can go"


def report(sizes: Sequence[Size], signs: Sequence[Sign], exceptions: Sequence[Allowed]) -> Iterator[str]:
    """The measures as lines of Markdown."""
    yield from ("| size | measured | limit |", "|---|---|---|")
    for size in sizes:
        bounds = [f"{sign} {bound:g}" for sign, bound in (("≥", size.least), ("≤", size.limit)) if bound is not None]
        yield f"| {size.name} | {size.value:,g} | {', '.join(bounds)} |"
    yield from ("", "| sign | places | of them with a reason |", "|---|---|---|")
    for number, look in enumerate(LOOKED_FOR, 1):
        found = [sign for sign in signs if sign.number == number]
        allowed = [sign for sign in found if any(item.covers(sign) for item in exceptions)]
        meaning = (look.__doc__ or "").splitlines()[0]
        yield f"| {meaning} | {len(found)} | {len(allowed)} |"
