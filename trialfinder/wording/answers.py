"""An answer in plain words: what the trial asks, what the person said, and the question for the trial team."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from trialfinder.model import Answer
from trialfinder.model.language import Language
from trialfinder.wording.render import has_sentence, render

Label = Callable[[str, str, Language], str]
"""The name of an id of a vocabulary (`therapies`, `biomarkers`, `conditions`) in a language."""

_VOCABULARY_OF: Mapping[str, str] = MappingProxyType(
    {
        "prior_required": "therapies",
        "prior_excluded": "therapies",
        "biomarkers_required": "biomarkers",
        "biomarkers_excluded": "biomarkers",
        "excluded_conditions": "conditions",
    }
)
_RANGES: Mapping[str, str] = MappingProxyType(
    {
        "age": "age",
        "ecog_max": "level",
        "chemo_lines_metastatic": "lines",
        "endocrine_lines_metastatic": "lines",
        "any_lines_metastatic": "lines",
    }
)


def sentence_of(answer: Answer, label: Label, language: Language = "en") -> str:
    """What the trial asks and what the person said, in one or two plain sentences."""
    return render(answer.sentence, language, **_words(answer, label, language))


def question_of(answer: Answer, label: Label, language: Language = "en") -> str:
    """The question for the trial team that an ask stands for."""
    code = answer.sentence.replace("answers.", "questions.", 1)
    return render(code, language, **_words(answer, label, language))


def variable_name(variable: str, label: Label, language: Language = "en") -> str:
    """A variable for people: "Treatment you must not have had: CDK4/6 inhibitor"."""
    key, _, members = variable.partition(":")
    name = render(f"variables.{key}", language)
    return f"{name}: {member_words(key, tuple(members.split(',')), label, language)}" if members else name


def _words(answer: Answer, label: Label, language: Language) -> dict[str, str]:
    parts = answer.parts
    key = str(parts["key"])
    setting = render(f"values.in_setting.{parts['setting']}", language)
    if key in _RANGES:
        return {"what": range_words(_RANGES[key], parts["minimum"], parts["maximum"], language), "setting": setting}
    members = tuple(str(member) for member in _as_tuple(parts["members"]))
    return {"what": member_words(key, members, label, language), "setting": setting}


def _as_tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def member_words(key: str, members: tuple[str, ...], label: Label, language: Language) -> str:
    """The members of a set in words: names of the vocabularies, else the words for the values of a fact."""
    if key in _VOCABULARY_OF:
        return join([label(_VOCABULARY_OF[key], member, language) for member in members], language)
    codes = [f"{above}.{key}.{member}" for member in members or ("none",) for above in ("values", "changes.values")]
    return join([render(code, language) for code in codes if has_sentence(code)], language)


def join(words: list[str], language: Language) -> str:
    """A list as people write it: "a, b or c". Words that hold commas themselves are kept apart by one before "or"."""
    if len(words) < 2:
        return "".join(words)
    last = "joining.or_after_comma" if any("," in word for word in words) else "joining.or"
    comma = render("joining.comma", language)
    return comma.join(words[:-1]) + render(last, language) + words[-1]


def range_words(kind: str, minimum: object, maximum: object, language: Language) -> str:
    """A range in words; `kind` is age, level or lines, None is no limit."""
    code = f"{kind}.{_shape(minimum, maximum)}"
    one = f"{code}_one"
    is_one = 1 in (minimum, maximum) and _shape(minimum, maximum) != "between"
    chosen = one if is_one and has_sentence(one) else code
    return render(chosen, language, least=_number(minimum), most=_number(maximum))


def _shape(minimum: object, maximum: object) -> str:
    if maximum == 0:
        return "zero"
    if minimum is None or (minimum == 0 and maximum is not None):
        return "at_most"
    if maximum is None:
        return "at_least"
    return "exactly" if minimum == maximum else "between"


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else ""
