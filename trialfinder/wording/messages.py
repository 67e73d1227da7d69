"""A sentence that can be said in every language: its code, and the parts that fill it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trialfinder.model.language import Language
from trialfinder.wording.render import render


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of `wording/`, kept as code and parts until somebody reads it."""

    code: str
    parts: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: Language = "en") -> str:
        """The sentence in a language."""
        return render(self.code, language, **self.parts)
