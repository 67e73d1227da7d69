"""The names of `Words` taken from the reviewed vocabularies."""

from collections.abc import Iterator
from functools import lru_cache

from trialfinder.matching.words import Names, Words, folded
from trialfinder.model.language import LANGUAGES, Language
from trialfinder.vocab.biomarker_parts import load_biomarker_parts
from trialfinder.vocab.biomarkers import Biomarkers
from trialfinder.vocab.conditions import Condition, Conditions
from trialfinder.vocab.profile_names import load_profile_names
from trialfinder.vocab.therapies import Therapies, key_of
from trialfinder.vocab.vocabulary import Vocabulary, load_vocabulary


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The names and classes of this version's vocabularies, indexed once."""
    return words_from(load_vocabulary())


def words_from(vocabulary: Vocabulary) -> Words:
    """The names and classes of a vocabulary."""
    therapies: Therapies = vocabulary.therapies
    ids = (*therapies.drugs, *therapies.classes)
    return Words(
        therapies=Names(_therapy_spellings(therapies), key_of),
        biomarkers=_biomarker_names(vocabulary.biomarkers),
        conditions=_condition_names(vocabulary.conditions),
        parents={id_: frozenset(therapies.ancestors(id_)) for id_ in ids},
        counted=frozenset(id_ for id_ in ids if therapies.listed_as(id_)),
    )


def label_of(kind: str, id_: str, language: Language = "en") -> str:
    """What people are shown for an id of `therapies`, `biomarkers` or `conditions`; the id where it is unknown."""
    vocabulary = load_vocabulary()
    if kind == "therapies":
        therapies: Therapies = vocabulary.therapies
        return therapies.label(id_, language)
    rows = vocabulary.biomarkers.rows if kind == "biomarkers" else vocabulary.conditions.by_id
    row = rows.get(id_)
    return id_ if row is None else str(getattr(row, f"label_{language}"))


def _therapy_spellings(therapies: Therapies) -> dict[str, str]:
    classes = {row.alias: row.therapy for row in therapies.class_aliases} | {name: name for name in therapies.classes}
    drugs = {row.alias: row.drug for row in therapies.drug_aliases} | {drug: drug for drug in therapies.drugs}
    return dict(load_profile_names("therapies")) | classes | drugs


def _biomarker_names(biomarkers: Biomarkers) -> Names:
    """A marker's normal state ("pMMR") is no name of it, since "positive" would turn it round."""
    aliases = {row.alias: row.biomarker for row in biomarkers.aliases if row.state != "normal"}
    ids = {id_: id_ for id_ in biomarkers.rows}
    return Names(aliases | ids, _without_joints, parts=load_biomarker_parts())


def _condition_names(conditions: Conditions) -> Names:
    """Illnesses of a kind are parts of it: to have one is to have the kind, to lack one says nothing of the others."""
    whole = {name: row.id for row in conditions.by_id.values() for name in _said(row)}
    whole |= load_profile_names("conditions")
    illnesses = [row for row in conditions.aliases if row.is_name]
    names = {row.alias: row.condition for row in illnesses if not row.alias.endswith("*")}
    stems = {_without_joints(row.alias.rstrip("*")): row.condition for row in illnesses if row.alias.endswith("*")}
    parts = {name for name, id_ in (names | stems).items() if name not in whole and not id_.startswith(name)}
    plain = {name: id_ for name, id_ in names.items() if "*" not in name}
    return Names(plain | whole, _without_joints, stems, frozenset(parts))


def _said(row: Condition) -> Iterator[str]:
    """What a condition is called: its id, and its label in every language."""
    yield row.id
    yield from (str(getattr(row, f"label_{language}")) for language in LANGUAGES)


def _without_joints(name: str) -> str:
    return folded(name).replace("-", "").replace(" ", "").replace("_", "")
