"""A visit that looks at every page once and writes down what it saw."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.ui.looking import Visitor
from trialfinder.ui.words import label
from trialfinder.wording import Language

N_STEPS = 6


@dataclass
class Walk:
    """What a visit saw: faults of accessibility by page, pages that are too wide, addresses and titles, requests.

    `english` holds the words of Streamlit's own widgets that were left in English, by page.
    """

    faults: dict[str, list[str]] = field(default_factory=dict)
    too_wide: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    english: dict[str, list[str]] = field(default_factory=dict)


def walk(visitor: Visitor, saved_file: Path, name: str, language: Language = "en") -> Walk:
    """Every page, in an order that a person might take; a picture of each is kept."""
    seen = Walk()
    for page in _pages(visitor, saved_file, language):
        visitor.picture(f"{name}-{page}")
        seen.faults[page] = visitor.violations()
        if visitor.is_too_wide():
            seen.too_wide.append(page)
        seen.english[page] = visitor.widget_words()
        seen.addresses |= {visitor.page.url, visitor.page.title()}
    seen.requests, seen.errors = visitor.requests, visitor.errors
    return seen


def _pages(visitor: Visitor, saved_file: Path, language: Language) -> Iterator[str]:
    def say(code: str) -> str:
        return label(code, language)

    visitor.open()
    if language == "es":
        visitor.press(label("common.other_language", "en"))
    yield "step-1"
    for number in range(2, N_STEPS + 1):
        visitor.press(say("find.next"))
        yield f"step-{number}"
    visitor.go(say("common.menu.my_list"))
    yield "list-empty"
    visitor.load(saved_file)
    yield "list-to-load"
    visitor.press(say("my_list.load.use"))
    yield "list"
    visitor.go(say("common.menu.find"))
    yield "results"
    visitor.open_folds()
    yield "results-open"
    visitor.write(say("find.filter.text"), "nosuchword")
    yield "results-none"
    visitor.write(say("find.filter.text"), "")
    visitor.press(say("find.open_trial"))
    yield "trial"
    visitor.open_folds()
    yield "trial-open"
    visitor.go(say("common.menu.whats_new"))
    visitor.choose(say("whats_new.when.label"), 3)
    visitor.open_folds()
    yield "news"
    visitor.go(say("common.menu.about"))
    visitor.open_folds()
    yield "about"
