"""The cities of the tables: the columns, and which of them bear a name."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from trialfinder.places.formats import DATA
from trialfinder.places.regions import regions

_STRONG, _WEAK = b"\t", b"\x1f"


def load_columns(name: str) -> dict[str, NDArray[np.generic]]:
    """The arrays of one of the tables beside this package."""
    with np.load(io.BytesIO((DATA / f"{name}.npz").read_bytes()), allow_pickle=False) as table:
        return {key: table[key] for key in table.files}


def renumbered(numbers: NDArray[np.generic], codes: NDArray[np.generic], rows: Mapping[str, int]) -> NDArray[np.int16]:
    """Numbers of the tables as rows of the CSV files of today, which may have been edited since; -1 where none."""
    today = [rows.get(code.decode(), -1) for code in codes.tolist()]
    return np.array([*today, -1], np.int16)[np.asarray(numbers, np.int16)]


@dataclass(frozen=True)
class Gazetteer:
    """Cities as columns, the largest first.

    `names` holds one line for each: the name as people read it, its strong keys each closed by TAB, then its weak
    keys each closed by US. Strong is the name itself or an alias of ours; weak is any other name GeoNames knows.
    """

    names: bytes
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.int32]
    country: NDArray[np.int16]
    state: NDArray[np.int16]

    @cached_property
    def _line_ends(self) -> NDArray[np.int64]:
        """Where each line ends, the first being the empty one before the first city."""
        return np.flatnonzero(np.frombuffer(self.names, np.uint8) == ord("\n"))

    @cached_property
    def lines(self) -> list[str]:
        """One line of names for each city."""
        return self.names.decode().strip("\n").split("\n")

    def strong(self, key: str) -> list[int]:
        """The cities whose name a key is, the largest first."""
        return self._bearing(key, _STRONG)

    def weak(self, key: str) -> list[int]:
        """The cities that are also called so, the largest first."""
        return self._bearing(key, _WEAK)

    def beginning(self, key: str, most: int) -> list[int]:
        """The cities, at most so many and the largest first, one of whose strong keys begins so."""
        return list(dict.fromkeys(islice(self._holding(_STRONG + key.encode()), most)))

    def _bearing(self, key: str, mark: bytes) -> list[int]:
        """The numbers of the lines that hold the key between two marks."""
        return list(self._holding(mark + key.encode() + mark))

    def _holding(self, needle: bytes) -> Iterator[int]:
        """The number of every line that holds these bytes, in their order."""
        position = -1
        while (position := self.names.find(needle, position + 1)) >= 0:
            yield self.number_at(position)

    def number_at(self, position: int) -> int:
        """The number of the city whose line holds a position in `names`."""
        return int(np.searchsorted(self._line_ends, position)) - 1

    def name(self, number: int) -> str:
        """A city's name as people read it."""
        ends = self._line_ends
        return self.names[ends[number] + 1 : ends[number + 1]].split(b"\t", 1)[0].decode()

    def key(self, number: int) -> str:
        """A city's name in its comparable form."""
        ends = self._line_ends
        return self.names[ends[number] + 1 : ends[number + 1]].split(b"\t", 2)[1].decode()

    @cached_property
    def strong_keys(self) -> list[str]:
        """The comparable name of each city, for the search of misspelt ones."""
        return [line.split("\t", 2)[1] for line in self.lines]

    @cached_property
    def other_keys(self) -> tuple[list[str], list[int]]:
        """The other keys of cities in Latin letters, and whose they are, for the search of misspelt ones."""
        keys, owners = [], []
        for number, line in enumerate(self.lines):
            _, _, rest = line.split("\t", 2)
            if rest != "\x1f":
                others = [key for key in rest.replace("\t", "\x1f").split("\x1f") if len(key) > 3]
                keys += others
                owners += [number] * len(others)
        return keys, owners


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer, loaded when first asked for."""
    columns = load_columns("cities")
    return Gazetteer(
        names=columns["names"].tobytes(),
        latitude=columns["latitude"] / 1000,  # type: ignore[operator]
        longitude=columns["longitude"] / 1000,  # type: ignore[operator]
        population=columns["population"],  # type: ignore[arg-type]
        country=renumbered(columns["country"], columns["country_codes"], regions().country_numbers),
        state=renumbered(columns["state"], columns["state_codes"], regions().state_numbers),
    )
