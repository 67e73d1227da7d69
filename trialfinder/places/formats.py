"""How each country writes its postal codes: patterns as data, one row a country."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FROM_BELOW = -1
DATA = files("trialfinder.places") / "data"


def data_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the CSV files beside this package."""
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines(), strict=True))


@dataclass(frozen=True, slots=True)
class PostalFormat:
    """One country's way: the groups of `pattern`, joined, are the code as the tables hold it.

    `area` is how many leading characters name a neighbourhood, for codes that the tables lack; 0 where none do;
    FROM_BELOW where each town has the codes from its own in the tables up to the next town's.
    """

    country: str
    pattern: re.Pattern[str]
    area: int

    def stored_code(self, text: str) -> str | None:
        """The code as the tables hold it, or None where the text is not one of this country's."""
        match = self.pattern.fullmatch(text)
        return "".join(group for group in match.groups() if group) if match else None


@cache
def postal_formats() -> tuple[PostalFormat, ...]:
    """The formats of all countries that the tables hold, in the order in which they are offered."""
    return tuple(
        PostalFormat(row["country"], re.compile(row["pattern"]), _area(row["area"]))
        for row in data_rows("postal_formats.csv")
    )


def _area(cell: str) -> int:
    """The meaning of the column `area`."""
    return FROM_BELOW if cell == "below" else int(cell)
