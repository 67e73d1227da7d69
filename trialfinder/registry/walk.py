"""All pages of one search, and the proof that they are all: the token never repeats, the count is kept."""

from collections.abc import Callable, Iterator

from trialfinder.errors import BadQuery, UnexpectedRecord
from trialfinder.registry.pages import Page

__all__ = ["WalkBroken", "walk_pages"]

MAX_EMPTY_PAGES = 20
"""So many empty pages in a row, each with a new token, are a registry that goes in circles."""

FetchPage = Callable[[str | None], Page]


class WalkBroken(UnexpectedRecord):
    """The answers do not fit together, as when the registry's data change meanwhile: worth beginning again once."""

    code = "walk_broken"


def walk_pages(fetch_page: FetchPage, *, start: str | None = None) -> Iterator[Page]:
    """The pages of a search from its first one, or from the token `start`; `WalkBroken` where they go in circles."""
    token, seen, n_empty = start, {start}, 0
    while True:
        page = _fetched(fetch_page, token)
        yield page
        n_empty = 0 if page.studies else n_empty + 1
        if page.token is None:
            return
        if page.token in seen or n_empty > MAX_EMPTY_PAGES:
            raise WalkBroken("The registry's pages go in circles: a page leads back to one that we have seen.")
        seen.add(page.token)
        token = page.token


def _fetched(fetch_page: FetchPage, token: str | None) -> Page:
    try:
        return fetch_page(token)
    except BadQuery as error:
        if token is None:
            raise
        raise WalkBroken(f"The registry does not know the next page any more. {error.message}") from error
