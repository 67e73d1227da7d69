"""Countries and states: every name of them that we know, and the registry's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from trialfinder.errors import UnknownName
from trialfinder.places.edits import closest_names
from trialfinder.places.formats import data_rows
from trialfinder.places.normalise import normalise
from trialfinder.places.place import Notice
from trialfinder.vocab import registry_terms
from trialfinder.vocab.loader import read_rows


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a state or province of one. `name` and `country` are the registry's words.

    `country_number` and `state_number` are its rows in the tables (-1: the region is a country, or has no row).
    """

    kind: Literal["country", "state"]
    name: str
    country: str
    country_number: int
    state_number: int = -1
    abbreviation: str = ""
    notice: Notice | None = None

    @property
    def label(self) -> str:
        """The name as people read it, and as it leads back here: "Massachusetts, US", "Georgia (country)"."""
        if self.kind == "country":
            return marked(self) if len(regions_named(normalise(self.name))) > 1 else self.name
        return f"{self.name}, {short_country(self.country)}"


_KINDS = {"state": "state", "province": "state", "country": "country"}
_HAS_STATES = {"Australia", "Austria", "Brazil", "Germany", "India", "Mexico", "United States"}


def marked(region: Region) -> str:
    """The region's name with its kind, to be told from a city or another region of the same name."""
    if region.kind == "country":
        return f"{region.name} (country)"
    return f"{region.name} ({'state' if region.country in _HAS_STATES else 'province'})"


def short_country(country: str) -> str:
    """The country as it stands at the end of a label."""
    return "US" if country == "United States" else country


@dataclass(frozen=True, slots=True)
class _CountryAlias:
    """A row of the vocabulary's other names of countries."""

    alias: str
    code: str
    source: str


class Regions:
    """All countries and states by every spelling of theirs."""

    @cached_property
    def countries(self) -> tuple[Region, ...]:
        """Every country, in the order of their letters."""
        return tuple(self.codes.values())

    @cached_property
    def codes(self) -> dict[str, Region]:
        """Every country by its two letters."""
        known = enumerate(registry_terms.countries().values())
        return {land.code: Region("country", land.en, land.en, number) for number, land in known}

    @cached_property
    def states(self) -> tuple[Region, ...]:
        """Every state, in the order of the tables."""
        return tuple(
            Region("state", row["name"], country.name, country.country_number, number, row["abbreviation"])
            for number, row in enumerate(data_rows("states.csv"))
            for country in (self.codes[row["country"]],)
        )

    @cached_property
    def country_numbers(self) -> dict[str, int]:
        """The row of every country by its two letters."""
        return {code: country.country_number for code, country in self.codes.items()}

    @cached_property
    def state_numbers(self) -> dict[str, int]:
        """The row of every state by its country's letters and its GeoNames code: "US-MA", "CA-08"."""
        return {f"{row['country']}-{row['code']}": number for number, row in enumerate(data_rows("states.csv"))}

    @cached_property
    def by_key(self) -> dict[str, tuple[Region, ...]]:
        """Every region by its comparable names and aliases, states before countries."""
        found: dict[str, dict[Region, None]] = {}
        for spelling, region in (*self._state_spellings(), *self._country_spellings()):
            bearers = found.setdefault(normalise(spelling), {})
            if not any(other.country == region.country for other in bearers):  # "Scotland" is no name of the whole
                bearers[region] = None
        return {key: tuple(regions) for key, regions in found.items()}

    def _state_spellings(self) -> Iterator[tuple[str, Region]]:
        """The names of states, then their aliases."""
        yield from ((state.name, state) for state in self.states)
        for row in data_rows("state_aliases.csv"):
            yield row["alias"], self.states[self.state_numbers[f"{row['country']}-{row['code']}"]]

    def _country_spellings(self) -> Iterator[tuple[str, Region]]:
        """The names of countries in English and Spanish, those that registries use or used, and our own additions.

        Three-letter codes are left out: many are words, or beginnings of names.
        """
        yield from ((country.name, country) for country in self.countries)
        yield from ((land.es, self.codes[land.code]) for land in registry_terms.countries().values())
        shared = read_rows("country_aliases.csv", _CountryAlias)
        yield from ((row.alias, self.codes[row.code]) for row in shared if not row.source.startswith("ISO"))
        yield from ((row["alias"], self.codes[row["code"]]) for row in data_rows("country_aliases.csv"))

    @cached_property
    def by_code(self) -> dict[str, tuple[Region, ...]]:
        """Every region by its abbreviation: those of states, then the two letters of countries."""
        found: dict[str, list[Region]] = {}
        for state in self.states:
            if state.abbreviation:
                found.setdefault(state.abbreviation.lower(), []).append(state)
        for code, country in self.codes.items():
            found.setdefault(code.lower(), []).append(country)
        return {key: tuple(regions) for key, regions in found.items()}


@cache
def regions() -> Regions:
    """The one set of regions, read when first asked for."""
    return Regions()


def regions_named(key: str) -> tuple[Region, ...]:
    """The regions that a comparable name or abbreviation may mean, states before countries; none if unknown.

    "georgia state" and "georgia country" are how the labels "Georgia (state)" and "Georgia (country)" come back.
    """
    base, _, kind = key.rpartition(" ")
    if base and kind in _KINDS and key not in regions().by_key:
        return tuple(region for region in regions_named(base) if region.kind == _KINDS[kind])
    found = {region: None for table in (regions().by_key, regions().by_code) for region in table.get(key, ())}
    return tuple(sorted(found, key=lambda region: region.kind == "country"))


def is_code_of_country(key: str, region: Region) -> bool:
    """Whether a key is but the two letters of a country; they qualify a name, and are none."""
    return len(key) == 2 and region.kind == "country" and region not in regions().by_key.get(key, ())


def state_names(text: str) -> tuple[str, ...]:
    """The names of all states, of whatever country, that a text stands for exactly."""
    return tuple(region.name for region in regions_named(normalise(text)) if region.kind == "state")


def canonical_state(text: str, country: str | None = None) -> str | None:
    """The one name of a state that a record or a person writes in any way, or None where we do not know it.

    "Bayern" and "Bavaria" are one; "MA" is "Massachusetts" in the United States. Nothing is guessed here.
    """
    found = [region for region in regions_named(normalise(text)) if region.kind == "state"]
    found = [region for region in found if country in (None, region.country)]
    return found[0].name if len(found) == 1 else None


def find_country(text: str) -> Region:
    """The country that a name, an old name, two letters or a small typo stands for; `notice` says what was forgiven."""
    return _find_region(text, "country", None)


def find_state(text: str, *, country: str | None = None) -> Region:
    """The state or province that a name, an abbreviation or a small typo stands for, as `find_country`."""
    return _find_region(text, "state", find_country(country).name if country else None)


def _find_region(text: str, kind: Literal["country", "state"], country: str | None) -> Region:
    """One region of a kind, exactly or within a typo; else the error that names the nearest."""
    key = normalise(text)
    wanted = {
        name: kept
        for name, found in regions().by_key.items()
        if (kept := [r for r in found if r.kind == kind and country in (None, r.country)])
    }
    named = [r for r in regions_named(key) if r.kind == kind and country in (None, r.country)]
    if kind == "state" and len(named) > 1:
        named = [r for r in named if r.country == "United States"] or named
    if len(named) == 1:
        return named[0]
    guesses = closest_names(key, list(wanted))
    near = list(dict.fromkeys(region for name in guesses for region in wanted[name]))
    if named:
        choices = tuple(region.label for region in named)
        raise UnknownName(f'"{text}" may mean several: {" or ".join(choices)}.', choices, what=kind, text=text)
    if len(near) == 1:
        return replace(near[0], notice=Notice("typo_forgiven", {"typed": text, "name": near[0].name}))
    choices = tuple(region.label for region in near) or tuple(_alike(key, wanted))
    hint = f" Did you mean {' or '.join(choices)}?" if choices else ""
    raise UnknownName(f'I know no {kind} "{text}".{hint}', choices, what=kind, text=text)


def _alike(key: str, wanted: dict[str, list[Region]]) -> list[str]:
    """The labels of the three regions whose names look most like the key."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only for people who mistype

    best = process.extract(key, list(wanted), scorer=fuzz.ratio, limit=6, score_cutoff=60)
    return list(dict.fromkeys(region.label for name, *_ in best for region in wanted[name]))[:3]
