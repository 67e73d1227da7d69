"""The comparison of one person with one study."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trialfinder.model.facts import Evidence

AnswerKind = Literal["fits", "conflicts", "ask"]
Verdict = Literal["may_fit", "conflict"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The comparison for one variable.

    `variable` is a key of the guide, `key:member` for sets (a group's members joined by commas), `age` or `sex`.
    `evidence` is None only where a structured field has no text to quote. `sentence` names the template in
    `wording/` and `parts` fill it. `is_overruled`: the person said that it does not apply; `answer` is then what it
    would have been. `is_doctors`: a thing that a person cannot know and a doctor will check (never counted as an ask).
    """

    variable: str
    answer: AnswerKind
    evidence: Evidence | None
    sentence: str
    parts: Mapping[str, object]
    is_overruled: bool = False
    is_doctors: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """All the answers for one study, conflicts first, and the verdict: `may_fit` unless an answer conflicts."""

    nct_id: str
    verdict: Verdict
    n_fits: int
    n_conflicts: int
    n_ask: int
    answers: tuple[Answer, ...]
