"""Whether the disease must be measurable.

"At least one measurable lesion by RECIST 1.1": required. "Measurable or evaluable disease; bone-only disease is
allowed": not_required. Under Exclusion, "no measurable disease": required.

Not read: "Bone lesions may not be chosen as target lesions". It says how to measure, and keeps nobody out.
A least size of the tumour under study counts as measurable disease, as the reading guide says.
"""

from collections.abc import Iterator
from typing import Literal

from trialfinder.eligibility.criteria import Sentence
from trialfinder.eligibility.mentions import sentences_with
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.wordings import Wordings, load_wordings

KEYS = ("measurable_disease",)

_Value = Literal["required", "not_required"]


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """`not_required` where any sentence lets other disease in, else `required` where one asks for it of everybody."""
    del vocabulary
    words = load_wordings("measurable")
    touched = sentences_with(study, words.literals("touch"))
    told = [(sentence, value) for sentence in touched if (value := _read_sentence(sentence, words))]
    for wanted in ("not_required", "required"):
        sentences = [sentence for sentence, found in told if found == wanted]
        if sentences and (wanted == "not_required" or holds_for_all(study, sentences)):
            evidence = tuple(item.evidence(None, None, wanted, f"measurable.{wanted}") for item in sentences)
            yield Fact(KEYS[0], wanted, (Demand((wanted,), evidence),))
            return


def _read_sentence(sentence: Sentence, words: Wordings) -> _Value | None:
    lower = sentence.lower
    if sentence.is_exclusion:
        return _read_exclusion(lower, words)
    named = words.has("measurable", lower) and words.has("thing", lower)
    if words.has("open_word", lower) or (named and words.has("open", lower)):
        return _read_open(lower, words, is_named=named)
    if named and words.has("plain", lower):
        return "required"
    if words.has("aside", lower):
        return None
    if words.has("demanded", lower) and not words.has("choice", lower) and not _is_one_of_several(sentence, words):
        return "required"
    is_told_here = named and not (words.has("closed_target", lower) or words.has("elsewhere", lower))
    return "required" if is_told_here else None


def _is_one_of_several(sentence: Sentence, words: Wordings) -> bool:
    """Whether a line above says that one of those below it is enough."""
    return any(words.has("one_of", header.lower) for header in sentence.headers)


def _read_open(lower: str, words: Wordings, *, is_named: bool) -> _Value | None:
    """A sentence that names disease which cannot be measured: to let it in, or to say that it does not count."""
    is_plain = words.has("plain", lower)
    if words.has("elsewhere", lower) and not words.has("bone_alone", lower):
        if not is_plain:
            return None
        if not (words.has("pair", lower) or words.has("let_in", lower) or words.has("open_word", lower)):
            return "required"
    if words.has("closed", lower) and not (words.has("let_in", lower) or words.has("pair", lower)):
        return "required" if is_named else None
    return "not_required"


def _read_exclusion(lower: str, words: Wordings) -> _Value | None:
    if words.has("neither", lower):
        return "not_required"
    if words.has("no_disease", lower) and words.has("thing", lower) and not words.has("aside", lower):
        return "required"
    return None
