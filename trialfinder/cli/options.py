"""The options that every command takes, and how they reach the finder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from trialfinder.model.language import LANGUAGES, Language, language_of

Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="FILE", help="The local store. Default: TRIALFINDER_STORE, else cache/."),
]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="|".join(LANGUAGES), help="The language of sentences for people.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Use the invented demo studies instead of the store.")]
Rows = Annotated[str, typer.Option("--rows", metavar="studies|sites", help="One row a trial, or one row a site.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="At most N rows.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to a file instead of the screen.")]


@dataclass(frozen=True, slots=True)
class Common:
    """The options that stand before or after any command: `--store`, `--lang`, `--demo`."""

    store: Path | None = None
    lang: Language = "en"
    demo: bool = False

    def merged(self, store: Path | None, lang: str | None, *, demo: bool) -> "Common":
        """These, with what was said after the command winning."""
        chosen = language_of(lang) if lang else self.lang
        if chosen is None:
            known = " or ".join(LANGUAGES)
            raise typer.BadParameter(f"'{lang}' is not a language that we have; choose {known}.", param_hint="--lang")
        return Common(store or self.store, chosen, demo or self.demo)


def common(context: typer.Context, store: Path | None, lang: str | None, *, demo: bool) -> Common:
    """The common options of one call, from before and after the command."""
    before = context.find_root().obj
    return (before if isinstance(before, Common) else Common()).merged(store, lang, demo=demo)
