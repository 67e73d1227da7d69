"""The therapies that a clause really names: targets with their drugs, and systemic therapy in general."""

import re
from collections.abc import Sequence
from dataclasses import replace

from trialfinder.eligibility.clauses import Clause, Span
from trialfinder.eligibility.criteria import Sentence
from trialfinder.vocab.sought import Sought
from trialfinder.vocab.therapies import Mention, Therapies
from trialfinder.vocab.wordings import load_wordings

SYSTEMIC = "systemic_therapy"

_FRAMES = load_wordings("treatment_frames")
_MAYBE_GENERAL = Sought(_FRAMES.source("general_noun"))
_OF_A_KIND = re.compile(r" (?:with|using|consisting of|containing|by)\b| (?:setting|regimen|arm)")
_WITH_WHICH = re.compile(r"^[^,;.]*\b(?:with|using|containing|consisting of)\b[^;.]*$")
_LATEST = re.compile(r"\b(?:last|most recent|latest|immediate(?:ly)?)[a-z ]{0,25}$")
_EXCEPT = re.compile(rf"[(\[]{_FRAMES.source('bracket_exception')}\b[^()\[\]]*[)\]]")
_EARLY_LET_IN = _FRAMES["bracket_lets_in"]
_IF = re.compile(r"provided|as long|only if")
_WORD = 15  # characters between a therapy and brackets right behind it
_SOON = 40  # characters between a therapy and the brackets that except its early use
_ONLY_THEN = re.compile(rf"(?:\W*\b{_FRAMES.source('only_then')}\b)*\W*")
_AS = re.compile(r" as (?:an? )?$|\bpart of (?:[\w-]+ ){0,3}$")
_PLACE_OF = re.compile(
    r"\b(?:sites?|areas?|fields?|regions?|volume|start|end|days?|dates?|time|duration) of (?:the |any )?$"
)
_TO_THE_END = re.compile(r"[\s:]*$")


def named_in(clause: Clause, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The therapies that a clause names, in order; "systemic therapy" where no particular one is meant by it."""
    named = [item for item in mentions if clause.lower[item.start : item.end].strip() and _is_meant(clause, item)]
    if named and _ends_a_header(clause, named[-1].end):
        return ()
    if not _MAYBE_GENERAL.search(clause.lower, clause.start):
        return tuple(named)
    general = [
        Mention(SYSTEMIC, start, end, is_drug=False)
        for start, end in clause.spans("generic")
        if _is_general(clause, start, end) and not any(_says_which(clause, start, end, item) for item in named)
    ]
    return tuple(sorted([*named, *general], key=lambda item: item.start))


def _ends_a_header(clause: Clause, end: int) -> bool:
    """Whether a name ends the line that introduces others ("Prior chemotherapy:"), and says nothing alone."""
    criterion = clause.sentence.criterion if isinstance(clause.sentence, Sentence) else None
    return criterion is not None and criterion.is_header and _TO_THE_END.match(clause.lower, end) is not None


def _is_meant(clause: Clause, mention: Mention) -> bool:
    """Whether a target stands for the drugs against it ("PI3K, AKT or mTOR inhibitors"), an adjective for a therapy."""
    if clause.lower.endswith(("non-", "non "), 0, mention.start):
        return False
    if clause.lower.startswith(":", mention.end) and not clause.lower[clause.start : mention.start].strip(" *-•"):
        return False
    if mention.is_target:
        return any(-60 <= span[0] - mention.end <= 90 for span in clause.spans("agent"))
    adjectives = clause.spans("adjective") if " " not in clause.lower[mention.start : mention.end] else ()
    return not any(span[0] == mention.start for span in adjectives)


def _is_general(clause: Clause, start: int, end: int) -> bool:
    """Whether "therapy" is meant in general: not a particular one, the last one, or a header."""
    if _ends_a_header(clause, end):
        return False
    if (
        _OF_A_KIND.match(clause.lower, end)
        or _AS.search(clause.lower[clause.start : start])
        or _PLACE_OF.search(clause.lower[max(clause.start, start - 40) : start])
        or clause.has("not_general")
        or any(_stands_before(clause, span, start) for span in clause.spans("targeted"))
    ):
        return False
    has_own_adjective = not clause.lower.startswith(("therap", "treat", "regimen", "line"), start)
    is_plain = has_own_adjective or any(_stands_before(clause, span, start) for span in clause.spans("general"))
    return is_plain and not is_latest(clause, start)


def _stands_before(clause: Clause, span: Span, start: int) -> bool:
    return span[1] <= start <= span[1] + 2 and not clause.lower[span[1] : start].strip(" ,")


def is_latest(clause: Clause, start: int) -> bool:
    """Whether the last therapy is meant, whatever it was."""
    return _LATEST.search(clause.lower[max(0, start - 60) : start]) is not None


def _says_which(clause: Clause, start: int, end: int, mention: Mention) -> bool:
    """Whether a named therapy says which is meant ("letrozole treatment", "treatment in any setting with X")."""
    if mention.start < end + 12 and start - 2 < mention.end:
        return True
    return end <= mention.start <= end + 100 and _WITH_WHICH.search(clause.lower[end : mention.start]) is not None


def excepted_in(clause: Clause, named: Sequence[Mention], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The therapies that an exception names, in the clause or in brackets beside it ("inhibitors other than X")."""
    exceptions = [span for span in clause.spans("exception") if not _IF.match(clause.lower, span[0])]
    spared = [item for item in named if any(span[1] <= item.start for span in exceptions)] if exceptions else []
    spared = [item for item in spared if not is_after_if(clause, item) or "," not in _since_exception(clause, item)]
    for aside in _EXCEPT.finditer(clause.sentence.lower, clause.start, clause.end) if named else ():
        spared += [item for item in mentions if aside.start() <= item.start < aside.end()]
    return tuple(spared)


def _since_exception(clause: Clause, mention: Mention) -> str:
    exception = clause.last_before("exception", mention.start)
    return clause.lower[exception[0] : mention.start] if exception else ""


def is_after_if(clause: Clause, mention: Mention) -> bool:
    """Whether a therapy stands in a condition ("unless treated with X"), which spares no member of a class."""
    return _since_exception(clause, mention).startswith("unless")


def is_early_alone(clause: Clause, mention: Mention) -> bool:
    """Whether an excepted therapy is excepted in early disease alone ("except palbociclib in the adjuvant setting")."""
    return any(
        mention.end <= span[0] and _ONLY_THEN.fullmatch(clause.lower, mention.end, span[0])
        for span in clause.spans("early")
    )


def excepts_early(clause: Clause, end: int) -> bool:
    """Whether what stands before a place is excepted in early disease ("except as adjuvant therapy")."""
    exception = clause.first_after("exception", end)
    if exception and any(_ONLY_THEN.fullmatch(clause.lower, exception[1], span[0]) for span in clause.spans("early")):
        return True
    aside = _EXCEPT.search(clause.sentence.lower, end, min(clause.end, end + _SOON * 2)) or _EARLY_LET_IN.match(
        clause.sentence.lower[: clause.end], _next_sign(clause, end)
    )
    return aside is not None and bool(clause.cues.spans("early", aside[0]))


def _next_sign(clause: Clause, end: int) -> int:
    """Where the word after a therapy ends ("therapies (adjuvant use is allowed)")."""
    bracket = clause.sentence.lower.find("(", end, end + _WORD)
    return bracket if bracket >= 0 else end


def left_of(mention: Mention, spared: Sequence[Mention], therapies: Therapies) -> tuple[Mention, ...]:
    """What of a therapy is still meant where members are excepted: of a class alone nothing, of two the other one."""
    if not spared:
        return (mention,)
    members = set(therapies.listed_as(mention.id))
    spared_members = {name for other in spared for name in therapies.listed_as(other.id)}
    is_touched = any(mention.id in therapies.ancestors(other.id) for other in spared)
    if not (members & spared_members) and not is_touched:
        return (mention,)
    rest = sorted(members - spared_members) if members & spared_members else []
    return tuple(replace(mention, id=name) for name in rest if name in therapies.classes)
