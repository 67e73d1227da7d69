"""The report as one HTML file: nothing fetched, no script, each plot beside the table it is drawn from."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from trialfinder.finder import Finder, Search
from trialfinder.finder.selecting import select
from trialfinder.report.figures import build_figures, open_sites, shares
from trialfinder.report.world import dots, land_path
from trialfinder.wording import Language, render


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("trialfinder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def build_report(finder: Finder, language: Language = "en") -> bytes:
    """The page, in a language; the same bytes for the same store."""
    figures = build_figures(finder, language)
    is_open = select(finder.corpus, Search(), {}, None).mask
    stamp = finder.stamp(Search(), language)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            lang=language,
            stamp=stamp,
            figures=figures,
            dots=dots(open_sites(finder, is_open)),
            land=land_path(),
            shares=shares,
            say=lambda code, **parts: render(code, language, **parts),
        )
    )
    return page.encode("utf-8")
