"""From raw records to the derived tables. The same records give the same tables, whatever way they came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trialfinder.store.facts import decode_facts
from trialfinder.store.reading import read_all
from trialfinder.store.search import SearchRow
from trialfinder.store.state import KnownFacts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Derived", "Progress", "derive", "search_rows"]

Progress = Callable[[str, int, int], None]
TITLES = ("brief_title", "official_title", "acronym")
NAMES = ("conditions", "keywords", "sponsor")
BODY = ("brief_summary", "detailed_description", "eligibility_text")


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived tables by name, the facts by NCT number, and what was odd in the records."""

    frames: Mapping[str, "pd.DataFrame"]
    facts: Mapping[str, KnownFacts]
    problems: tuple[object, ...] = ()


def derive(
    nct_ids: Sequence[str],
    load: Callable[[str], bytes],
    known: Mapping[str, KnownFacts],
    left: Mapping[str, str],
    on_progress: Progress,
) -> Derived:
    """Derive everything for these studies. `known` are facts read before; `left` says when a study had gone."""
    import pandas as pd  # noqa: PLC0415 - heavy

    from trialfinder.tables import build_facts, build_source, build_tables  # noqa: PLC0415 - heavy

    tables = build_tables(_counted(nct_ids, load, on_progress))
    sources = (build_source(load(nct_id)) for nct_id in nct_ids)
    facts = read_all(sources, known, lambda done, total: on_progress("criteria", done, total))
    dates = tables.studies["nct_id"].map(pd.Series(left, dtype="str"))
    frames = {
        "studies": tables.studies.assign(left_date=pd.to_datetime(dates).astype("datetime64[us]")),
        "sites": tables.sites,
        "arms": tables.arms,
        "interventions": tables.interventions,
        "facts": build_facts(decode_facts(facts[nct_id].packed) for nct_id in nct_ids),
    }
    return Derived(frames, facts, tables.problems)


def search_rows(frames: Mapping[str, "pd.DataFrame"]) -> Iterator[SearchRow]:
    """The texts to search in, by study."""
    studies, treatments = frames["studies"], frames["interventions"]
    treated: dict[str, list[str]] = {}
    for nct_id, name, others in zip(treatments["nct_id"], treatments["name"], treatments["other_names"], strict=True):
        treated.setdefault(nct_id, []).append(f"{_text(name)} {_text(others)}")
    for row in studies.loc[:, ["nct_id", *TITLES, *NAMES, *BODY]].itertuples(index=False, name=None):
        nct_id, texts = row[0], [_text(value) for value in row[1:]]
        names = [*texts[3:6], *treated.get(nct_id, [])]
        yield nct_id, "\n".join(texts[:3]), "\n".join(names), "\n".join(texts[6:])


def _counted(nct_ids: Sequence[str], load: Callable[[str], bytes], on_progress: Progress) -> Iterator[bytes]:
    for done, nct_id in enumerate(nct_ids, 1):
        yield load(nct_id)
        on_progress("tables", done, len(nct_ids))


def _text(value: object) -> str:
    """A cell as searchable text; a list is its members, a missing one nothing."""
    if isinstance(value, str):
        return value
    return "\n".join(map(str, value)) if hasattr(value, "__iter__") else ""
