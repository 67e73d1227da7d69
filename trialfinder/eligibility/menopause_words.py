"""What a sentence says of the state of the menopause."""

from trialfinder.eligibility.criteria import Sentence
from trialfinder.vocab.wordings import Wordings

OTHER_STATE = {"post": "pre", "pre": "post"}


def demands_state(sentence: Sentence, state: str, words: Wordings) -> bool:
    """Whether a sentence asks that women be in this state, or keeps out those in the other."""
    lower = sentence.lower
    other = OTHER_STATE[state]
    if sentence.is_exclusion:
        told = words[other].search(lower)
        if told is None or words.has(state, lower) or words.has("partial_bar", lower[told.end() :]):
            return False
        return words.has("barred_state", lower) and (not words.has("fertility", lower) or told.start() < 12)
    if (words.has(other, lower) and not words.has("no_state", lower)) or _is_about_fertility(sentence, words):
        return False
    if state == "pre" and _is_duty(lower, words):
        return False
    found = words[f"{state}_demand"].search(lower)
    named = words[state].search(lower, found.start()) if found else None
    return named is not None and not words.has("only_if", lower[: named.start()])


def admits_state(sentence: Sentence, state: str, words: Wordings) -> bool:
    """Whether a sentence lets women in this state in; premenopausal women, also with ovarian suppression."""
    lower = sentence.lower
    if sentence.is_exclusion:
        return words.has(state, lower) and words.has("partial_bar", lower) and words.has("suppression", lower)
    if words.has(state, lower):
        return not (_is_about_fertility(sentence, words) or words.has("no_state", lower))
    is_denied = words.has("denied", lower) or any(words.has("denied", header.lower) for header in sentence.headers)
    return state == "pre" and words.has("suppression", lower) and not is_denied


def _is_duty(lower: str, words: Wordings) -> bool:
    """Whether it says what premenopausal women must do, and not that everybody must be premenopausal."""
    is_duty = words.has("duty", lower) or words.has("suppression", lower)
    return is_duty and not words.has("must_be_state", lower)


def _is_about_fertility(sentence: Sentence, words: Wordings) -> bool:
    return words.has("fertility", sentence.lower) or any(
        words.has("fertility", header.lower) for header in sentence.headers
    )
