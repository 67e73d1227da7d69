"""Words around a treatment that say what is meant by it: had before, failed, planned, current, dated, allowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, get_args

from trialfinder.vocab.glance import Glance
from trialfinder.vocab.loader import read_rows
from trialfinder.vocab.phrases import Phrases

TreatmentCueKind = Literal[
    "adjective",
    "agent",
    "breast",
    "cap",
    "concurrent",
    "condition",
    "count_aside",
    "dated",
    "defined",
    "demand",
    "early",
    "eligible",
    "exception",
    "first_line",
    "first_line_had",
    "failed",
    "free",
    "general",
    "group_disease",
    "generic",
    "if_fit",
    "if_group",
    "length",
    "line_noun",
    "metastatic",
    "naive",
    "narrowed",
    "negation",
    "no_target",
    "not_a_drug",
    "not_endocrine",
    "not_general",
    "not_counted",
    "not_lines",
    "number_label",
    "of_some",
    "opener",
    "other_disease",
    "other_tumour",
    "other_vaccine",
    "out",
    "own_kind",
    "planned",
    "prior",
    "result",
    "standard",
    "stuck",
    "subgroup",
    "targeted",
    "unfit",
    "untreated",
    "vaccine",
    "waiver",
    "weak",
    "with_or_without",
]


@dataclass(frozen=True, slots=True)
class TreatmentCueRow:
    """One cue. `phrase` is a regular expression in lower case; `example` holds it, `counter_example` does not."""

    kind: TreatmentCueKind
    phrase: str
    example: str
    counter_example: str


class TreatmentCues:
    """The cues, one expression for each kind, so that cues of different kinds may overlap."""

    def __init__(self, rows: Iterable[TreatmentCueRow]) -> None:
        """Sort the rows by kind."""
        self.rows = tuple(rows)
        self._phrases: Mapping[str, Phrases[TreatmentCueRow]] = {
            kind: Phrases(row for row in self.rows if row.kind == kind) for kind in get_args(TreatmentCueKind)
        }

    def spans(self, kind: TreatmentCueKind, lower: str, start: int = 0) -> tuple[tuple[int, int], ...]:
        """Where a text in lower case holds cues of a kind from `start` on, in order."""
        return self._phrases[kind].spans(lower, start) if self._glance.may_hold(kind, lower) else ()

    def may_hold(self, kind: TreatmentCueKind, lower: str) -> bool:
        """A quick look: False only where a text in lower case holds no cue of a kind."""
        return self._glance.may_hold(kind, lower)

    @cached_property
    def _glance(self) -> Glance:
        return Glance({kind: [row.phrase for row in table.rows] for kind, table in self._phrases.items()})


@cache
def load_treatment_cues() -> TreatmentCues:
    """The reviewed cues around treatments."""
    return TreatmentCues(read_rows("treatment_cues.toml", TreatmentCueRow))
