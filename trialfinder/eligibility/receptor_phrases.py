"""One sentence about receptors to the groups that it names: "ER+ and/or PR+, HER2-negative" is HR+/HER2-.

Statements about one receptor join; statements about different ones are all demanded, unless "or", or a second
statement about the same receptor, opens an alternative.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from trialfinder.eligibility import receptor_groups as groups
from trialfinder.eligibility.receptor_atoms import Atom, read_atoms
from trialfinder.vocab.lexer import Token
from trialfinder.vocab.receptors import ReceptorWords

LONGEST = 4000  # characters of a sentence; no real one is longer
_BESIDE = len(" with ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The groups that a sentence names (one for each alternative), and where its first and last word stand."""

    alternatives: tuple[int, ...]
    start: int
    end: int
    is_negated: bool = False  # the sentence itself turned a status ("not amplified")

    @property
    def group(self) -> int:
        """All that the alternatives name."""
        union = groups.NOBODY
        for alternative in self.alternatives:
            union |= alternative
        return union


@dataclass(slots=True)
class _Branch:
    """One alternative while it is put together."""

    group: int = groups.EVERYBODY
    her2: int = groups.NOBODY
    hormone: list[dict[str, int]] = field(default_factory=list)  # a receptor named again begins a new entry
    has_whole: bool = False

    def holds(self, atom: Atom) -> bool:
        """Whether the alternative already says something of what the atom is about."""
        return self.has_whole or (bool(self.hormone) if atom.axis == "hr" else bool(self.her2))

    def lacks_receptor(self, atom: Atom) -> bool:
        """Whether the atom names a hormone receptor that is new here."""
        return atom.axis == "hr" and all(atom.receptor not in entry for entry in self.hormone)

    def add(self, atom: Atom) -> None:
        """Take one more receptor in."""
        if atom.axis == "her2":
            self.her2 |= atom.group
        elif atom.axis == "hr":
            if not self.hormone or atom.receptor in self.hormone[-1]:
                self.hormone.append({})
            self.hormone[-1][atom.receptor] = atom.group
        else:
            self.group &= atom.group
            self.has_whole = atom.axis == "both"

    @property
    def whole(self) -> int:
        """All that is admitted: one positive hormone receptor makes HR+."""
        hormone = groups.NOBODY
        for entry in self.hormone:
            values = set(entry.values())
            if groups.HR_POSITIVE in values:
                hormone |= groups.HR_POSITIVE
            else:
                hormone |= groups.EVERYBODY if groups.EVERYBODY in values else groups.HR_NEGATIVE
        return self.group & (self.her2 or groups.EVERYBODY) & (hormone or groups.EVERYBODY)


def _opens_branch(branch: _Branch, atom: Atom, previous: Atom, *, commas_are_or: bool) -> bool:
    if atom.axis == "both":
        return True
    if branch.has_whole:  # "TNBC with HER2-low expression" is one group
        is_part = atom.status in ("low", "ultralow") and atom.joint is None and branch.whole & atom.group
        return not (is_part and atom.start - previous.end <= _BESIDE)
    if atom.axis == "none":
        return branch.holds(atom) or atom.joint in ("or", "comma")
    if atom.axis == previous.axis:
        return commas_are_or and atom.joint == "comma" and atom.axis == "her2"
    if branch.holds(atom):
        return not (branch.lacks_receptor(atom) and atom.joint != "or")
    return atom.joint in ("or", "and_or") or (commas_are_or and atom.joint == "comma")


def _is_list_of_kinds(atoms: Sequence[Atom]) -> bool:
    """Whether the sentence lists kinds of breast cancer: "HR+, HER2+ or triple negative"."""
    is_her2_alone = any(
        atom.axis == "her2" and atom.joint == "comma" and atom.group == groups.HER2_POSITIVE for atom in atoms
    )
    return is_her2_alone and any(atom.group == groups.TRIPLE_NEGATIVE for atom in atoms)


def _branches(atoms: Sequence[Atom], *, commas_are_or: bool) -> Iterator[int]:
    branch = _Branch()
    previous: Atom | None = None
    for atom in atoms:
        if atom is atoms[-1] and branch.has_whole and atom.joint == "comma" and not branch.whole & ~atom.group:
            continue  # "triple negative, HER2-negative" says it twice
        if previous and _opens_branch(branch, atom, previous, commas_are_or=commas_are_or):
            yield branch.whole
            branch = _Branch()
        branch.add(atom)
        previous = atom
    yield branch.whole


def _with_scores(
    atoms: list[Atom], mention: Token, joint: str | None, scores: frozenset[str], *, is_once: bool
) -> list[Atom]:
    """HER2 by its scores, where no word gives its status or where they make it narrower (1+ without 0)."""
    named = groups.her2_of_scores(scores)
    if named == groups.EVERYBODY:
        return atoms
    her2 = [atom for atom in atoms if atom.axis == "her2"]
    if not her2 and not any(atom.axis == "both" for atom in atoms):
        atom = Atom("her2", named, "her2", joint, mention.start, mention.end, "scores")
        return sorted([*atoms, atom], key=lambda item: item.start)
    is_low = named == groups.HER2_LOW and "1" in scores
    statuses = {atom.status for atom in her2}
    if (statuses <= {"negative", "minus"} and is_low and is_once) or statuses == {"express_verb"}:
        return [replace(atom, group=named) if atom.axis == "her2" else atom for atom in atoms]
    return atoms


def read_phrase(text: str, lower: str, words: ReceptorWords, *, commas_are_or: bool = False) -> Phrase | None:
    """The receptor groups that a sentence names, or None where it names none.

    `commas_are_or` is for lists of what is ruled out: "HER2-positive, ER-positive or PR-positive".
    """
    text, lower = text[:LONGEST], lower[:LONGEST]
    tokens = tuple(words.tokens(text, *words.stretch(text, lower)))
    atoms = read_atoms(tokens)
    places = [place for place, token in enumerate(tokens) if token.kind == "her2"]
    if places:
        before = tokens[places[0] - 1].kind if places[0] else None
        is_once = all(token.kind != "or" for token in tokens[places[0] : places[-1]])
        atoms = _with_scores(atoms, tokens[places[0]], before, words.scores_in(lower), is_once=is_once)
    if not atoms:
        return None
    is_list = _is_list_of_kinds(atoms) or (commas_are_or and any(atom.joint == "or" for atom in atoms))
    alternatives = tuple(_branches(atoms, commas_are_or=is_list))
    is_negated = any(atom.is_negated for atom in atoms)
    return Phrase(alternatives, min(atom.start for atom in atoms), max(atom.end for atom in atoms), is_negated)
