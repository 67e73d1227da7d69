"""The options of a search, said once for every command that takes them."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from trialfinder.finder.asking import FindOptions

Profile = Annotated[
    Path | None, typer.Option("--profile", metavar="FILE", help="What a person says of themselves (TOML or JSON).")
]
Near = Annotated[str | None, typer.Option("--near", metavar="PLACE", help='"Cleveland, OH", a postal code, a city.')]
Within = Annotated[
    str | None, typer.Option("--within", metavar="100mi|160km", help="Only trials with a site this near.")
]
Country = Annotated[
    list[str] | None, typer.Option("--country", metavar="C", help="Trials with a site in this country.")
]
State = Annotated[list[str] | None, typer.Option("--state", metavar="S", help="Trials with a site in this state.")]
Status = Annotated[list[str] | None, typer.Option("--status", metavar="S", help="RECRUITING, COMPLETED, ...")]
Phase = Annotated[list[str] | None, typer.Option("--phase", metavar="P", help="PHASE1 to PHASE4, EARLY_PHASE1, NA.")]
Kind = Annotated[list[str] | None, typer.Option("--kind", metavar="K", help="treatment, supportive_care, ...")]
Drug = Annotated[list[str] | None, typer.Option("--drug", metavar="NAME", help="Any name of a studied drug.")]
Text = Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Words of titles, summaries, keywords.")]
Subtype = Annotated[str | None, typer.Option("--subtype", metavar="S", help='"HR+/HER2-", "TNBC", ...')]
Sex = Annotated[str | None, typer.Option("--sex", metavar="S", help="female or male.")]
Age = Annotated[float | None, typer.Option("--age", metavar="N", help="Age in years.")]
Trait = Annotated[
    list[str] | None,
    typer.Option("--trait", metavar="T", help="takes_brain_metastases, no_line_limit, no_placebo."),
]
Everything = Annotated[bool, typer.Option("--all", help="Lift the defaults: open, metastatic, breast cancer.")]


def _search_options(
    *,
    profile: Profile = None,
    near: Near = None,
    within: Within = None,
    country: Country = None,
    state: State = None,
    status: Status = None,
    phase: Phase = None,
    kind: Kind = None,
    drug: Drug = None,
    text: Text = None,
    subtype: Subtype = None,
    sex: Sex = None,
    age: Age = None,
    trait: Trait = None,
    all: Everything = False,
) -> "FindOptions":
    return {
        "profile": profile, "near": near, "within": within, "country": country, "state": state, "status": status,
        "phase": phase, "kind": kind, "drug": drug, "text": text, "subtype": subtype, "sex": sex, "age": age,
        "trait": trait, "all": all,
    }  # fmt: skip


def takes_search(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a search, which it receives together as its argument `asked`."""
    options = inspect.signature(_search_options).parameters

    @wraps(command)
    def with_options(**given: Any) -> None:
        asked = _search_options(**{name: given.pop(name) for name in options})
        command(**given, asked=asked)

    shown = [
        parameter
        for own in inspect.signature(command).parameters.values()
        for parameter in (options.values() if own.name == "asked" else [own])
    ]
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    with_options.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined] # what typer shows as options
    return with_options
