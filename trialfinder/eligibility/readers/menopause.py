"""Which women may enter by the state of the menopause.

"Postmenopausal women with advanced breast cancer": post. "Pre- or perimenopausal women on an LHRH agonist, or
postmenopausal women": both, as perimenopausal counts as pre and ovarian suppression lets premenopausal women in.

Not read: "Premenopausal women must have a negative pregnancy test". It is a duty of some of those who enter.
"""

from collections.abc import Iterator, Sequence

from trialfinder.eligibility.criteria import FieldText, Sentence
from trialfinder.eligibility.menopause_words import OTHER_STATE, admits_state, demands_state
from trialfinder.eligibility.mentions import sentences_with
from trialfinder.eligibility.reach import holds_for_all
from trialfinder.eligibility.study_text import StudyText
from trialfinder.model import Demand, Evidence, Fact
from trialfinder.vocab import Vocabulary
from trialfinder.vocab.wordings import Wordings, load_wordings

KEYS = ("menopause",)


def read(study: StudyText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The states admitted, where the study narrows them; none where it is for men only."""
    del vocabulary
    sex = study.source.sex
    if sex and sex.text.upper() == "MALE":
        quote = Evidence("", sex.path, sex.text, 0, len(sex.text), "menopause.men_only")
        yield Fact("menopause", (), (Demand((), (quote,)),))
        return
    words = load_wordings("sex")
    touched = sentences_with(study, words.literals("touch_menopause"))
    for state in ("post", "pre"):
        found = _narrowed(study, touched, state, words)
        if found:
            rule = f"menopause.{state}_only"
            evidence = tuple(passage.evidence(None, None, state, rule) for passage in found)
            yield Fact("menopause", (state,), (Demand((state,), evidence),))
            return


def _narrowed(study: StudyText, touched: list[Sentence], state: str, words: Wordings) -> Sequence[Sentence | FieldText]:
    """The passages that narrow the study to one state; none where another lets the other state in."""
    other = OTHER_STATE[state]
    if any(admits_state(sentence, other, words) for sentence in touched):
        return ()
    duties = _duty_headers(study, words)
    demands = [
        sentence
        for sentence in touched
        if demands_state(sentence, state, words)
        and not duties.intersection(header.start for header in sentence.headers)
    ]
    if demands:
        return demands if holds_for_all(study, demands) else ()
    if any(words.has("stated", sentence.lower) and not words.has("fertility", sentence.lower) for sentence in touched):
        return ()
    return [
        title
        for title in study.titles
        if words.has(f"{state}_title", title.lower) and not words.has(other, title.lower)
    ]


def _duty_headers(study: StudyText, words: Wordings) -> set[int]:
    """The headers that list, beside the menopause, other reasons why no contraception is needed."""
    return {
        sentence.headers[-1].start
        for sentence in study.sentences
        if sentence.headers and words.has("fertility", sentence.lower)
    }
