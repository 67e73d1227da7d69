"""How records word receptors: the words, the HER2 scores, and the cues around them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, get_args

from trialfinder.vocab.lexer import Lexer, Token
from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.sought import Sought

WordKind = Literal[
    "therapy",
    "non_triple_negative",
    "triple_negative",
    "triple_positive",
    "luminal_a",
    "luminal",
    "er",
    "pr",
    "hr_positive",
    "hr",
    "her2",
    "above",
    "zero",
    "below",
    "either",
    "plus",
    "hyphen",
    "minus",
    "ultralow",
    "low",
    "negative",
    "negative_lead",
    "positive",
    "positive_verb",
    "express_verb",
    "expression",
    "negator",
    "regardless",
    "and_or",
    "or",
    "and",
    "link",
    "status",
    "definition",
    "glue",
    "not_before",
    "hint",
]
ScoreValue = Literal[
    "0", "1", "2", "3", "below 2", "above 1", "above 2", "0 to 2", "1 to 3", "amplified", "not amplified"
]
CueKind = Literal[
    "condition",
    "condition_after",
    "option",
    "rules_out",
    "rules_out_before",
    "limit",
    "lead",
    "definition",
    "example",
    "addition",
    "any_tumour",
    "open_beside",
    "other_tumour",
    "alternatives",
    "cohort",
    "later_part",
    "early_part",
    "tumour_noun",
    "marker_link",
    "shares_noun",
    "whole_tumour",
    "next_in_list",
    "cohort_after",
    "must_not",
    "breast",
    "or_between",
    "waiver",
    "named_tumour",
    "all_parts",
]
_RECEPTORS = ("er", "pr", "hr", "her2")
_AROUND = 80  # characters: a status further off belongs to something else
_ABBREVIATION = re.compile(r"[EHP](?<![A-Za-z].)(?:R|[gGo]R)(?:(?![a-zA-Z])|(?=pos|neg))")
_PUNCTUATION = (
    ("open", r"[(\[]"),
    ("close", r"[)\]]"),
    ("slash", "/"),
    ("comma", ","),
    ("colon", ":"),
    ("stop", "[;.]"),
    ("word", "[A-Za-z0-9α]+"),
)


@dataclass(frozen=True, slots=True)
class WordRow:
    """One way to write a receptor, a status or what stands between them."""

    kind: WordKind
    pattern: str
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One way to write a HER2 score; `pattern` is matched in lower case."""

    value: ScoreValue
    pattern: str
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class CueRow:
    """One wording around a receptor that says what its mention is worth; `pattern` is matched in lower case."""

    kind: CueKind
    pattern: str
    example: str
    counter_example: str


def _one_of(patterns: Iterable[str]) -> str:
    """The patterns as one alternation that does not depend on their order in the file."""
    return "|".join(sorted(patterns, key=lambda pattern: (-len(pattern), pattern)))


class ReceptorWords:
    """The reviewed wording of receptors, ready to search with."""

    def __init__(self, words: Iterable[WordRow], scores: Iterable[ScoreRow], cues: Iterable[CueRow]) -> None:
        """Keep the rows; expressions are compiled when first used."""
        self.words, self.scores, self.cues = tuple(words), tuple(scores), tuple(cues)

    @cached_property
    def _lexer(self) -> Lexer:
        by_kind = {kind: _one_of(row.pattern for row in self.words if row.kind == kind) for kind in get_args(WordKind)}
        by_kind.pop("hint")
        barred = rf"(?!['’]?s?[- ]{{0,2}}(?:{by_kind.pop('not_before')}))"
        for kind in _RECEPTORS:
            by_kind[kind] = f"(?:{by_kind[kind]}){barred}"
        return Lexer([(kind, pattern) for kind, pattern in (*by_kind.items(), *_PUNCTUATION) if pattern])

    @cached_property
    def _hints(self) -> tuple[str, ...]:
        return tuple(row.pattern for row in self.words if row.kind == "hint")

    def may_name(self, text: str, lower: str) -> bool:
        """Whether a text (and itself in lower case) may name a receptor: quick, and never wrongly no."""
        return any(map(lower.__contains__, self._hints)) or _ABBREVIATION.search(text) is not None

    def stretch(self, text: str, lower: str) -> tuple[int, int]:
        """The part of a text that holds all receptors that it may name, with the words around them."""
        places = [match.start() for match in _ABBREVIATION.finditer(text)]
        for hint in self._hints:
            first = lower.find(hint)
            if first >= 0:
                places += [first, lower.rfind(hint)]
        if not places:
            return 0, 0
        first = lower.rfind(" ", 0, max(0, min(places) - _AROUND)) + 1
        return first, min(len(text), max(places) + 2 * _AROUND)

    @cached_property
    def _scores(self) -> tuple[tuple[str, Sought], ...]:
        values = get_args(ScoreValue)
        rows = ((value, _one_of(row.pattern for row in self.scores if row.value == value)) for value in values)
        return tuple((value, Sought(pattern)) for value, pattern in rows if pattern)

    @cached_property
    def _cues(self) -> dict[str, Sought]:
        rows = ((kind, _one_of(row.pattern for row in self.cues if row.kind == kind)) for kind in get_args(CueKind))
        return {kind: Sought(pattern) for kind, pattern in rows if pattern}

    def tokens(self, text: str, start: int, end: int) -> Iterator[Token]:
        """The tokens of a stretch of a sentence in plain signs, case kept."""
        return self._lexer.tokens(text, start, end)

    def scores_in(self, lower: str) -> frozenset[str]:
        """The HER2 scores and ISH results that a text in lower case names."""
        return frozenset(value for value, pattern in self._scores if pattern.search(lower))

    def cue(self, kind: CueKind) -> Sought:
        """The expression of all cues of a kind, for text in lower case."""
        return self._cues[kind]


@lru_cache(maxsize=1)
def load_receptors() -> ReceptorWords:
    """The reviewed wording of this version."""
    return ReceptorWords(
        read_rows("receptors.toml", WordRow),
        read_rows("her2_scores.toml", ScoreRow),
        read_rows("receptor_cues.toml", CueRow),
    )
