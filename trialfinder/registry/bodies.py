"""The records of studies that the index names: each as the index says it is, or an error."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from trialfinder.registry.client import RegistryClient
from trialfinder.registry.pages import Page
from trialfinder.registry.query import IDS_PER_REQUEST, ids_params, query_params
from trialfinder.registry.walk import WalkBroken, walk_pages
from trialfinder.tables import FIELDS, IndexRow, index_row

__all__ = ["Keep", "fetch_bodies"]

WHOLE_PAGES_FROM = 0.5
"""Where more than this part of the search is missing, its pages are read one by one, else the studies by number."""

Keep = Callable[[Mapping[str, bytes], str | None], None]
"""Takes records as they come, and the token at which a walk over whole pages goes on."""


def fetch_bodies(
    client: RegistryClient, index: Mapping[str, IndexRow], missing: Sequence[str], start: str | None, keep: Keep
) -> None:
    """Hand the missing records to `keep`; `start` is the token of a walk that was cut off.

    `WalkBroken` where a record does not come although the index names it, or is not as the index says.
    """
    if start is not None or len(missing) > WHOLE_PAGES_FROM * len(index):
        came = _fetch_pages(client, index, missing, start, keep)
    else:
        came = _fetch_by_number(client, index, missing, keep)
    if len(came) < len(missing):
        absent = sorted(set(missing) - came)
        raise WalkBroken(f"The registry lists {absent[0]}, but does not send it ({len(absent)} such).", missing=absent)


def _fetch_pages(
    client: RegistryClient, index: Mapping[str, IndexRow], missing: Sequence[str], start: str | None, keep: Keep
) -> set[str]:
    params = query_params(FIELDS, client.settings.page_size)
    wanted, came = frozenset(missing), set[str]()
    try:
        for page in walk_pages(lambda token: client.fetch_page(params, token), start=start):
            bodies = _checked(page, wanted, index)
            came |= bodies.keys()
            keep(bodies, page.token)
    except WalkBroken:
        keep({}, None)  # the next try must not go on from here
        raise
    return came


def _fetch_by_number(
    client: RegistryClient, index: Mapping[str, IndexRow], missing: Sequence[str], keep: Keep
) -> set[str]:
    came = set[str]()
    for batch in _batches(missing, min(IDS_PER_REQUEST, client.settings.page_size)):
        bodies: dict[str, bytes] = {}
        for page in _walk_batch(client, batch):
            bodies |= _checked(page, frozenset(batch), index)
        came |= bodies.keys()
        keep(bodies, None)
    return came


def _walk_batch(client: RegistryClient, batch: Sequence[str]) -> Iterable[Page]:
    params = ids_params(batch, FIELDS)
    return walk_pages(lambda token: client.fetch_page(params, token))


def _batches(nct_ids: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (nct_ids[start : start + size] for start in range(0, len(nct_ids), size))


def _checked(page: Page, wanted: frozenset[str], index: Mapping[str, IndexRow]) -> dict[str, bytes]:
    bodies = {}
    for raw in page.studies:
        row = index_row(raw)
        if row.nct_id not in wanted:
            continue
        if row != index[row.nct_id]:
            raise WalkBroken(
                f"{row.nct_id} is not as the registry's index says: it changed meanwhile.", nct_id=row.nct_id
            )
        bodies[row.nct_id] = raw
    return bodies
