"""The receptors of a sentence with their status, word by word: "ER+ and/or PR+, HER2-negative" has three.

The words are read from left to right. Receptors wait for their status ("ER, PR and HER2 negative"), a status may come
first ("negative for ER, PR and HER2"), the same receptor may take two ("HER2 positive or negative"). Brackets that
only explain what stands before them are skipped, and so is what follows "defined as".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trialfinder.eligibility import receptor_groups as groups
from trialfinder.vocab.lexer import Token

_HORMONE = ("er", "pr", "hr")
_POSITIVE = {"positive", "plus", "above", "positive_verb", "express_verb", "low", "ultralow", "hr_positive"}
_HER2 = {
    "positive": groups.HER2_POSITIVE,
    "plus": groups.HER2_POSITIVE,
    "positive_verb": groups.HER2_POSITIVE,
    "express_verb": groups.HER2_EXPRESSED,
    "negative": groups.HER2_NEGATIVE,
    "minus": groups.HER2_NEGATIVE,
    "negative_lead": groups.HER2_NEGATIVE,
    "low": groups.HER2_LOW,
    "ultralow": groups.HER2_ULTRALOW,
    "zero": groups.HER2_ZERO,
    "either": groups.EVERYBODY,
}
_WHOLE = {
    "non_triple_negative": groups.EVERYBODY & ~groups.TRIPLE_NEGATIVE,
    "triple_negative": groups.TRIPLE_NEGATIVE,
    "triple_positive": groups.HR_POSITIVE & groups.HER2_POSITIVE,
    "luminal_a": groups.HR_POSITIVE & groups.HER2_NEGATIVE,
}
_LEADS_AT_ONCE = {"positive_verb", "express_verb", "negative_lead", "low", "ultralow", "above", "below"}
_SIGNS = {"plus", "minus"}
_JOINTS = {"and", "or", "and_or", "slash", "comma"}
_MOST_GLUE = 7
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Atom:
    """One receptor with its status.

    `axis` is `hr`, `her2`, `both` or `none`; `joint` is what joined it to the one before.
    """

    axis: str
    group: int
    receptor: str
    joint: str | None
    start: int
    end: int
    status: str = ""
    is_gloss: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A receptor that has been named and waits for its status."""

    receptor: str
    joint: str | None
    start: int
    end: int


@dataclass(slots=True)
class _Left:
    """What has been read so far of a stretch of tokens."""

    atoms: list[Atom] = field(default_factory=list)
    waiting: list[_Waiting] = field(default_factory=list)
    last: list[_Waiting] = field(default_factory=list)  # the receptors that took the last status
    lead: str | None = None
    lead_start: int = 0
    is_lead_alive: bool = False
    is_negated: bool = False
    was_negated: bool = False  # the last status
    is_muted: bool = False  # after "any" or "regardless of"
    muted: _Waiting | None = None
    is_defining: bool = False
    joint: str | None = None
    n_glue: int = 0
    previous: Token | None = None
    bare: str | None = None  # a status that found no receptor


def _atom(waiting: _Waiting, status: str, *, is_negated: bool, end: int) -> Atom | None:
    """A receptor with its status, or nothing where the status says nothing of it."""
    place = (waiting.joint, waiting.start, max(end, waiting.end))
    if waiting.receptor == "her2":
        group = _HER2.get(status)
        if group is None:
            return None
        if is_negated:
            group = groups.HER2_NEGATIVE if status == "express_verb" else groups.EVERYBODY & ~group
        return Atom("her2", group, "her2", *place, status)
    if status == "either":
        return Atom("hr", groups.EVERYBODY, waiting.receptor, *place, status)
    is_positive = (status in _POSITIVE) != (is_negated and status != "below")
    return Atom("hr", groups.HR_POSITIVE if is_positive else groups.HR_NEGATIVE, waiting.receptor, *place, status)


def _either(before: str | None, status: str) -> str:
    """The status of a bracket that names one, or two: "(positive or negative)" is either."""
    is_both = before is not None and (before in _POSITIVE) != (status in _POSITIVE)
    return "either" if is_both else before or status


def _bracket_pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """For each opening bracket the place of its closing one; brackets left open or nested too deep are no brackets."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close" and opened:
            start = opened.pop()
            if len(opened) < _DEEPEST:
                pairs[start] = place
    return pairs


class _Reader:
    """Walks over the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._closes = _bracket_pairs(tokens)

    def read(self, first: int, last: int) -> _Left:
        """What the tokens from `first` to `last` say."""
        left = _Left()
        index = first
        while index < last:
            token = self.tokens[index]
            close = self._closes.get(index)
            if close is None:
                self._take(left, token)
            else:
                self._bracket(left, token, self.read(index + 1, close))
                index = close
                if left.previous is not None:
                    left.previous = replace(left.previous, end=self.tokens[close].end)
            index += 1
        return left

    def _bracket(self, left: _Left, token: Token, inner: _Left) -> None:
        """A bracket explains the words before it, gives a waiting receptor its status, or says something new."""
        if left.waiting and not inner.atoms:
            if inner.bare and inner.bare != "low":
                self._status(left, Token(inner.bare, token.start, token.start))
            return
        if not inner.atoms:
            return
        before = left.atoms[-1] if left.atoms and not left.waiting and left.n_glue <= _MOST_GLUE else None
        if before and left.last:
            known = {before.axis} if before.axis != "both" else {"hr", "her2"}
            left.atoms.extend(replace(atom, joint="and") for atom in inner.atoms if atom.axis not in known)
        else:
            left.waiting.clear()
            left.atoms.extend(inner.atoms)
            left.last = inner.last

    def _take(self, left: _Left, token: Token) -> None:
        handler = getattr(self, f"_on_{token.kind}", None)
        if token.kind in (*_HORMONE, "her2"):
            self._receptor(left, token)
        elif token.kind in _WHOLE or token.kind in ("luminal", "hr_positive"):
            self._whole(left, token)
        elif token.kind in _HER2 or token.kind in ("above", "below"):
            self._status(left, token)
        elif handler:
            handler(left, token)
        left.previous = token

    def _receptor(self, left: _Left, token: Token) -> None:
        waiting = _Waiting(token.kind, left.joint, token.start, token.end)
        if left.is_muted:
            left.muted, left.joint = waiting, None
            return
        left.joint = None
        before = left.previous
        is_adjective = before is not None and before.kind in ("positive", "negative") and token.start - before.end <= 1
        if left.lead and (left.is_lead_alive or is_adjective):
            left.is_lead_alive = True
            waiting = replace(waiting, start=min(waiting.start, left.lead_start))
            left.lead_start = token.start
            self._give(left, [waiting], left.lead, token.end)
            return
        if any(other.receptor == token.kind for other in left.waiting):
            left.waiting.clear()
        left.waiting.append(waiting)
        left.n_glue = 0

    def _whole(self, left: _Left, token: Token) -> None:
        if left.is_muted:
            return
        group = _WHOLE.get(token.kind, groups.HR_POSITIVE)
        axis = "both" if token.kind in _WHOLE else "hr"
        if token.kind == "non_triple_negative" or left.is_negated:
            axis, group = "none", group if token.kind == "non_triple_negative" else groups.EVERYBODY & ~group
        left.atoms.append(Atom(axis, group, token.kind, left.joint, token.start, token.end, token.kind))
        left.waiting, left.last, left.joint = [], [_Waiting(token.kind, None, token.start, token.end)], None
        left.lead, left.is_negated, left.n_glue = None, False, 0

    def _give(self, left: _Left, receptors: list[_Waiting], status: str, end: int) -> None:
        found = (_atom(receptor, status, is_negated=left.is_negated, end=end) for receptor in receptors)
        left.atoms.extend(
            replace(atom, is_gloss=left.is_defining, is_negated=left.is_negated) for atom in found if atom
        )
        left.was_negated, left.last, left.n_glue, left.joint = left.is_negated, list(receptors), 0, None

    def _status(self, left: _Left, token: Token) -> None:
        if token.kind in _SIGNS and not self._is_beside_receptor(left, token):
            return
        before = left.previous.kind if left.previous else None
        is_led = bool(left.lead and left.is_lead_alive and left.last)
        if left.is_muted and left.muted and left.muted.joint == "comma" and before == left.muted.receptor:
            left.waiting, left.is_muted = [left.muted], False  # "any ER or PR, HER2-negative"
        if left.waiting:
            receptors, left.waiting = left.waiting, []
            self._give(left, receptors, token.kind, token.end)
            left.is_negated, left.lead = False, None
        elif is_led and self._is_lacked(left, token):
            left.n_glue += 1  # "lack of HER2 amplification"
        elif is_led and before in (*_HORMONE, "her2", "hyphen") and left.lead != "below":
            self._give_instead(left, token)
        elif is_led and before in _JOINTS and token.kind in ("positive", "negative"):
            self._lead(left, token)  # "negative for ER and positive for HER2"
        elif left.last and left.joint in _JOINTS - {"comma"} and left.n_glue <= 1 and self._is_second(left):
            self._give_again(left, token)
        elif token.kind in _SIGNS:
            left.bare = _either(left.bare, token.kind)
        elif not (left.lead and left.is_lead_alive):
            is_negated = left.is_negated
            self._lead(left, token)
            left.is_negated = is_negated
            left.bare = _either(left.bare, token.kind)

    def _is_lacked(self, left: _Left, token: Token) -> bool:
        """Whether the status is what the first receptor after "lack of" is said to lack."""
        is_only = [atom.status for atom in left.atoms[-2:]].count("negative_lead") == 1
        return left.lead == "negative_lead" and token.kind == "positive" and is_only

    def _lead(self, left: _Left, token: Token) -> None:
        """A status that stands before its receptors."""
        left.lead, left.lead_start, left.is_negated = token.kind, token.start, False
        left.is_lead_alive = token.kind in _LEADS_AT_ONCE

    def _give_instead(self, left: _Left, token: Token) -> None:
        """The receptor's own status, instead of that of a list before it."""
        while left.atoms and left.atoms[-1].start == left.last[-1].start:
            left.atoms.pop()
        self._give(left, left.last[-1:], token.kind, token.end)
        left.lead = None

    def _give_again(self, left: _Left, token: Token) -> None:
        """A second status for the same receptors: "positive or negative"."""
        again = [replace(receptor, joint="same") for receptor in left.last if receptor.receptor in (*_HORMONE, "her2")]
        left.is_negated = left.is_negated or left.was_negated
        self._give(left, again, token.kind, token.end)
        left.is_negated = False

    def _is_second(self, left: _Left) -> bool:
        """Whether the joint directly follows the last status: "positive or negative"."""
        return (
            bool(left.atoms)
            and left.previous is not None
            and left.previous.kind in ("or", "and_or", "slash", "and", "glue")
        )

    def _is_beside_receptor(self, left: _Left, token: Token) -> bool:
        before = left.previous
        if before is None:
            return True
        return token.start - before.end <= 1 and (
            before.kind in (*_HORMONE, "her2", "slash", "or") or bool(left.waiting)
        )

    def _on_negator(self, left: _Left, _: Token) -> None:
        left.is_negated = True

    def _on_expression(self, left: _Left, token: Token) -> None:
        if left.is_negated and left.waiting:
            self._status(left, Token("express_verb", token.start, token.end))
        elif left.is_negated and not left.atoms:
            left.lead, left.is_lead_alive, left.lead_start = "express_verb", True, token.start

    def _on_regardless(self, left: _Left, _: Token) -> None:
        left.is_muted, left.n_glue, left.waiting = True, 0, []

    def _on_status(self, left: _Left, _: Token) -> None:
        left.is_muted = False
        left.n_glue += 1

    def _on_definition(self, left: _Left, token: Token) -> None:
        left.is_defining = bool(left.atoms)
        self._on_glue(left, token)

    def _on_link(self, left: _Left, token: Token) -> None:
        if left.lead:
            left.is_lead_alive = True
        self._on_glue(left, token)

    def _on_glue(self, left: _Left, _: Token) -> None:
        left.n_glue += 1
        if left.n_glue > _MOST_GLUE:
            left.waiting.clear()
        if left.n_glue > 1:
            left.is_muted = False

    def _on_or(self, left: _Left, token: Token) -> None:
        left.joint = token.kind

    _on_and_or = _on_and = _on_slash = _on_or

    def _on_comma(self, left: _Left, _: Token) -> None:
        left.joint = "comma"

    def _on_colon(self, left: _Left, _: Token) -> None:
        left.is_muted = False

    def _on_stop(self, left: _Left, token: Token) -> None:
        self._on_word(left, token)
        left.joint = "comma"

    def _on_word(self, left: _Left, _: Token) -> None:
        left.waiting, left.last = [], []
        left.lead, left.is_lead_alive, left.is_negated, left.is_muted = None, False, False, False
        left.joint = None

    _on_therapy = _on_word


def read_atoms(tokens: Sequence[Token]) -> list[Atom]:
    """The receptors of a sentence's tokens with their status, in order, without what only defines another."""
    atoms = _Reader(tokens).read(0, len(tokens)).atoms
    known = {atom.axis for atom in atoms if not atom.is_gloss}
    return [atom for atom in atoms if not (atom.is_gloss and (atom.axis in known or "both" in known))]
