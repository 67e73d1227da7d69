"""Print the sizes and the ten signs: `python -m tests.architecture`; with --places, every place of a sign."""

import sys

from tests.architecture.measures import breaches, load_exceptions, report
from tests.architecture.signs import signs
from tests.architecture.sizes import sizes


def main() -> int:
    """Print, and end with 1 where something is over its limit."""
    measured, found, exceptions = sizes(), signs(), load_exceptions()
    print("\n".join(report(measured, found, exceptions)))
    if "--places" in sys.argv:
        print("", *(f"{sign.number} {sign.where}:{sign.line} {sign.what}" for sign in found), sep="\n")
    over = list(breaches(measured, found, exceptions))
    print("", *(over or ["Everything is within its limit."]), sep="\n")
    return int(bool(over))


sys.exit(main())
