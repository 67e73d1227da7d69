"""The index of a search: every study's number, last update and status. Whole, or an error."""

from collections.abc import Callable, Iterator

from trialfinder.registry.client import RegistryClient
from trialfinder.registry.query import query_params
from trialfinder.registry.walk import WalkBroken, walk_pages
from trialfinder.tables import INDEX_FIELDS, IndexRow, index_row

__all__ = ["fetch_index"]

OnPage = Callable[[int, int], None]


def fetch_index(client: RegistryClient, on_page: OnPage) -> dict[str, IndexRow]:
    """What the registry holds for the search, by NCT number. `on_page` hears how many of how many are here.

    A study that stands on two pages counts once; `WalkBroken` where the numbers do not add up to the registry's count.
    """
    params = query_params(INDEX_FIELDS, client.settings.page_size)
    rows: dict[str, IndexRow] = {}
    total: int | None = None
    for page in walk_pages(lambda token: client.fetch_page(params, token)):
        total = _kept_total(total, page.total)
        rows.update(_unlike(rows, page.studies))
        on_page(len(rows), total)
    if len(rows) != total:
        raise WalkBroken(f"The registry counts {total} studies, but listed {len(rows)}.", total=total, listed=len(rows))
    return rows


def _kept_total(total: int | None, said: int | None) -> int:
    if total is None and said is None:
        raise WalkBroken("The registry does not say how many studies it has, so that we could miss some.")
    if total is not None and said is not None and said != total:
        raise WalkBroken(f"The registry counted {total} studies first, and now {said}.")
    return total if total is not None else said or 0


def _unlike(rows: dict[str, IndexRow], studies: tuple[bytes, ...]) -> Iterator[tuple[str, IndexRow]]:
    for row in map(index_row, studies):
        if rows.get(row.nct_id, row) != row:
            raise WalkBroken(f"{row.nct_id} stands on two pages that do not agree.", nct_id=row.nct_id)
        yield row.nct_id, row
