"""What was left unread: sentences that mention a key's words and from which nothing was read for it."""

from collections.abc import Iterable, Iterator

from trialfinder.eligibility.criteria import Sentence, read_criteria
from trialfinder.model import EligibilityFacts, StudySource, UnreadSentence
from trialfinder.vocab.mentions import load_mentions


def find_unread(source: StudySource, facts: EligibilityFacts) -> tuple[UnreadSentence, ...]:
    """The sentences of the criteria that mention a key and gave nothing for it, by key, then in the text's order."""
    return tuple(_unread(_sentences(source), facts)) if facts.is_read else ()


def coverage(source: StudySource, facts: EligibilityFacts) -> dict[str, tuple[int, int]]:
    """For each key how many sentences mention it, and from how many of them something was read."""
    mentioned: dict[str, int] = {}
    for sentence in _sentences(source):
        for key in _keys_in(sentence):
            mentioned[key] = mentioned.get(key, 0) + 1
    unread: dict[str, int] = {}
    for item in find_unread(source, facts):
        unread[item.key] = unread.get(item.key, 0) + 1
    return {key: (count, count - unread.get(key, 0)) for key, count in sorted(mentioned.items())}


def _sentences(source: StudySource) -> list[Sentence]:
    criteria = read_criteria(source.criteria) if source.criteria else ()
    return [sentence for criterion in criteria for sentence in criterion.sentences]


def _keys_in(sentence: Sentence) -> Iterator[str]:
    for phrases in load_mentions():
        if phrases.find(sentence.lower):
            yield phrases.rows[0].key


def _unread(sentences: Iterable[Sentence], facts: EligibilityFacts) -> Iterator[UnreadSentence]:
    spans = {key: [(item.field, item.start, item.end) for item in fact.evidence] for key, fact in facts.facts.items()}
    found = []
    for sentence in sentences:
        whole = sentence.evidence(None, None, None, "unread")
        for key in _keys_in(sentence):
            is_read = any(
                field == whole.field and start < whole.end and whole.start < end
                for field, start, end in spans.get(key, ())
            )
            if not is_read:
                found.append(UnreadSentence(key, whole.field, whole.quote, whole.start, whole.end))
    return iter(sorted(found, key=lambda item: (item.key, item.start)))
