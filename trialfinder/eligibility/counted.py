"""What a number counts: the noun behind it or before it, and the kinds of treatment that are meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialfinder.eligibility.clauses import Clause
from trialfinder.eligibility.quantities import NumberRange, find_ranges
from trialfinder.vocab.literals import may_hold
from trialfinder.vocab.therapies import Therapies
from trialfinder.vocab.wordings import load_wordings

ANY, CHEMO, ENDOCRINE = "any_lines_metastatic", "chemo_lines_metastatic", "endocrine_lines_metastatic"
KIND_OF = {"chemotherapy": CHEMO, "endocrine_therapy": ENDOCRINE}
NOT_ENDOCRINE = "not_endocrine"  # lines of anything but endocrine therapy
MOST_LINES = 10  # a larger number counts something else

_FRAMES = load_wordings("treatment_frames")
_HINT = _FRAMES["counted_hint"]
_JOINED = re.compile(r"(?:/|[a-z]-)$")
_TWICE = re.compile(r"(?:(?:greater|more|less|fewer) than(?: or equal to)?|at least|up to) \(([<>≤≥])\)")
_IN_BRACKETS = re.compile(r"\((and|but) ((?:not|no) more than \w+)\)")
_NONE_OR_ONE = re.compile(r"\b(?:no|none|zero) or (?:one|1)\b")
_MISSPELT = re.compile(r"\b(no|not) more that ")
_SHORT = re.compile(r"\b(lines?) (\([1-6]l\))")
_TAIL_END = _FRAMES["counted_end"]
_WITH = re.compile(r"contain|includ|with|compris")
_THESE = re.compile(r"\b(?:these|those|the|both|all|v|ratio of?) (?:\w+ )?$|ratio[\s<>≤≥]*$")
_LIST_NUMBER = re.compile(r"[.)]?\s+(?:The|Patients?|Subjects?|Participants?|Women|Any|All|No|Must|Ha[sv]e?|A|An)\b")
_HEAD = re.compile(r"[\W\d]*$")
_WHAT = _FRAMES["counted_of"]
_INSIDE = re.compile(r"[^()]*\)")
_HOLDING = re.compile(r"^[^,;.]{0,40}?\b(?:contain|includ|consist)\w*\b")
_OUTCOME = re.compile(r"\s*(?:\w+ )?(?:lines?|regimens?|courses?)?\s*[.;)\]]*\s*$")
_NEXT_TO = re.compile(rf" ?{_FRAMES.source('counted_noun')}? ?[(\[]? ?")
_LIMITED_TO = re.compile(r"\b(?:is|are|was|were|must be) (?:limited to|restricted to)\b")
_OTHER_THAN = _FRAMES["not_of_this_kind"]
_TOGETHER = re.compile(r"\b(?:plus|with|combin\w*|such as)\b|\+")
_COLON = re.compile(r"(?::|\bis|\bwas|\bmust be|\bof|\()\s*$")
_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|single|zero)\b")
_LENGTH = (
    r"(?![\d.,]* ?(?:\(\w+\) ?)?[- ]?"
    r"(?:day|week|wk|month|year|yr|hour|cycle|mg|mm|cm|ml|%|x |half|dose|times|g/|\d))"
)
_NUMBERED = re.compile(rf"(?:{_NUMBER.pattern}){_LENGTH}[^.;:]{{0,120}}?{_FRAMES.source('counted_hint')}")
_COUNTING = re.compile(rf"\d{_LENGTH}")
_NUMBER_WORDS = (
    " one",
    "(one",
    " two",
    "(two",
    " three",
    " four",
    " five",
    " six",
    " seven",
    " eight",
    " ten",
    " sing",
)
_LAST = 40  # characters at the end of a clause in which a number may say how many of what stands before
_REACH = 110  # characters between a number and what it counts


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the noun that it counts; `start:end` holds both, `number_end` ends the number."""

    minimum: float | None
    maximum: float | None
    start: int
    number_end: int
    end: int
    named: tuple[int, int]  # where the words stand that say which treatment is counted

    def names_another(self, clause: Clause, therapies: Therapies) -> bool:
        """Whether other treatment than chemotherapy or endocrine therapy is counted along."""
        body = _unblanked(clause, *self.named)
        if _TOGETHER.search(body):
            return False
        families = ({mention.id, *therapies.ancestors(mention.id)} for mention in therapies.mentions(body))
        return any(family.isdisjoint(KIND_OF) for family in families) or bool(
            clause.cues.spans("not_lines", body.lower())
        )


def has_line_words(clause: Clause) -> bool:
    """Whether a clause may name treatment at all."""
    return _HINT.search(clause.lower) is not None


def find_counted(clause: Clause) -> Iterator[Counted]:
    """The numbers of a clause that count lines of treatment."""
    if not _may_count(clause):
        return
    plain = plainly(clause.lower)
    for found in find_ranges(plain):
        if _is_no_count(clause, found):
            continue
        noun = _noun_after(clause, plain, found)
        if noun is not None:
            yield Counted(found.minimum, found.maximum, found.start, found.end, noun, (found.end, _tail(clause, noun)))
        else:
            yield from _counted_before(clause, found)


def may_count(lower: str) -> bool:
    """A quick look: whether a text holds a number, of anything but time or doses, and words for treatment."""
    return (may_hold(_NUMBER_WORDS, lower) or _COUNTING.search(lower) is not None) and _HINT.search(lower) is not None


def _may_count(clause: Clause) -> bool:
    """A quick look: whether a number may stand before words for treatment, or at the end behind them."""
    if _NUMBERED.search(clause.lower, clause.start) is not None:
        return True
    is_told = clause.is_aside or ":" in clause.lower or _HINT.search(clause.lower) is not None
    return is_told and _NUMBER.search(clause.lower, max(clause.start, clause.end - _LAST)) is not None


def plainly(lower: str) -> str:
    """Numbers written twice, misspelt or in brackets, once and plainly, in the same places."""
    if "(" in lower:
        lower = _TWICE.sub(lambda match: match[1].rjust(len(match[0])), lower)
        lower = _IN_BRACKETS.sub(r"\1 \2  ", lower)
        lower = _SHORT.sub(lambda match: match[1].ljust(len(match[0])), lower)
    if " or one" in lower or " or 1" in lower:
        lower = _NONE_OR_ONE.sub(lambda match: "0 or 1".ljust(len(match[0])), lower)
    return _MISSPELT.sub(r"\1 more than ", lower) if "more that" in lower else lower


def _is_no_count(clause: Clause, found: NumberRange) -> bool:
    """Whether a number is a label, a part of a name, the number of a list's item, or points back to others."""
    if max(found.minimum or 0, found.maximum or 0) > MOST_LINES:
        return True
    lower = clause.lower
    before = lower[max(0, found.start - 14) : found.start]
    if any(len(before) - span[1] <= 2 for span in clause.cues.spans("number_label", before)):
        return True
    if _JOINED.search(before) or lower.startswith(("/", "+"), found.end) or _THESE.search(before):
        return True
    is_first = _HEAD.fullmatch(lower, 0, found.start) is not None
    return is_first and _LIST_NUMBER.match(clause.sentence.body, found.end) is not None


def _noun_after(clause: Clause, plain: str, found: NumberRange) -> int | None:
    """Where the counted noun behind a number ends; None where no line of treatment is counted."""
    rest = plain[found.end : min(clause.end, found.end + _REACH)]
    noun = next(iter(clause.cues.spans("line_noun", rest)), None)
    if noun is None or rest[: noun[0]].count(" ") > MOST_LINES or re.search(r"[.;:]", rest[: noun[0]]):
        return None
    if _INSIDE.match(rest[: noun[0]]):
        return None
    is_other = any(span[0] < noun[0] for span in clause.cues.spans("not_counted", rest))
    return None if is_other else found.end + noun[1]


def _counted_before(clause: Clause, found: NumberRange) -> Iterator[Counted]:
    """A number behind what it counts: "Prior lines of chemotherapy: 0-2", "prior chemotherapy (no more than 2)"."""
    if not _OUTCOME.match(clause.lower, found.end, clause.end):
        return
    lower = clause.sentence.lower
    if not _COLON.search(lower, 0, found.start):
        return
    begin = max(0, found.start - _REACH)
    before = lower[begin : found.start]
    if re.search(r"[.;]", before.rstrip()):
        begin += max(before.rfind("."), before.rfind(";")) + 1
        before = lower[begin : found.start]
    nouns = clause.cues.spans("line_noun", before)
    if nouns and _IS_PRIOR.search(before) and not clause.cues.spans("not_counted", before[nouns[-1][1] :]):
        yield Counted(found.minimum, found.maximum, found.start, found.end, found.end, (begin, found.start))


_IS_PRIOR = re.compile(r"prior|previous|earlier|former|received|number of")


def _tail(clause: Clause, noun: int) -> int:
    """Where the words end that say what is counted."""
    rest = clause.lower[noun : noun + 70]
    stop = _TAIL_END.search(rest)
    return noun + (stop.start() if stop else len(rest))


def kinds_of(clause: Clause, item: Counted, therapies: Therapies, earlier: Sequence[str] = ()) -> list[str]:
    """Chemotherapy, endocrine therapy, or lines of any kind; none where another class alone is counted."""
    body = _unblanked(clause, *item.named)
    mentions = [mention for mention in therapies.mentions(body) if not mention.is_target]
    kinds = sorted({KIND_OF[mention.id] for mention in mentions if mention.id in KIND_OF})
    if _OTHER_THAN.search(body):
        return [NOT_ENDOCRINE] if kinds == [ENDOCRINE] else []
    if kinds:
        return kinds
    is_held = _WITH.search(clause.lower, item.end, item.named[1]) is not None
    is_another = any(therapies.listed_as(mention.id) for mention in mentions) and not is_held
    if is_another or clause.cues.spans("not_lines", body.lower()):
        return []
    kind = _kind_by_content(clause, item, therapies) or _same_kind(clause, item, earlier)
    return [kind or _kind_outside(clause, therapies) or ANY]


def _kind_by_content(clause: Clause, item: Counted, therapies: Therapies) -> str | None:
    """Chemotherapy, where a regimen is said to have held nothing else ("one regimen that included a taxane")."""
    lower = clause.sentence.lower
    holding = _HOLDING.search(lower[item.end : item.end + _REACH])
    if holding is None:
        return None
    begin = item.end + holding.end()
    inside = [mention.id for mention in therapies.mentions(clause.sentence.body[begin : begin + _REACH])]
    return CHEMO if inside and all("chemotherapy" in (id_, *therapies.ancestors(id_)) for id_ in inside) else None


def _kind_outside(clause: Clause, therapies: Therapies) -> str | None:
    """The treatment that brackets with a number stand behind ("prior chemotherapy (no more than two regimens)")."""
    if not clause.is_aside:
        limit = _LIMITED_TO.search(clause.lower)
        named = therapies.mentions(clause.sentence.body[clause.start : limit.start()]) if limit else ()
        return KIND_OF.get(named[0].id) if len(named) == 1 else None
    begin = max(0, clause.start - _REACH)
    named = therapies.mentions(clause.sentence.body[begin : clause.start])
    is_next = bool(named) and _NEXT_TO.fullmatch(clause.sentence.lower, begin + named[-1].end, clause.start) is not None
    return KIND_OF.get(named[-1].id) if is_next else None


def _same_kind(clause: Clause, item: Counted, earlier: Sequence[str]) -> str | None:
    """The kind that was counted before in the sentence, where a bare "regimen" is counted next."""
    is_bare = "regimen" in clause.lower[item.number_end : item.end] and not _WHAT.match(clause.lower, item.end + 1)
    return earlier[0] if is_bare and len(set(earlier)) == 1 else None


def _unblanked(clause: Clause, start: int, end: int) -> str:
    """The clause's own words in their own case, without the brackets in it."""
    pairs = zip(clause.sentence.body[start:end], clause.lower[start:end].ljust(end - start), strict=True)
    return "".join(" " if lower == " " else sign for sign, lower in pairs)
