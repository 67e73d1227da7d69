"""The names of `Words` taken from the reviewed vocabularies."""

from functools import lru_cache

from trialfinder.matching.words import Names, Words, folded
from trialfinder.vocab.biomarkers import Biomarkers
from trialfinder.vocab.conditions import Conditions
from trialfinder.vocab.biomarker_parts import load_biomarker_parts
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


def _therapy_spellings(therapies: Therapies) -> dict[str, str]:
    classes = {row.alias: row.therapy for row in therapies.class_aliases} | {name: name for name in therapies.classes}
    drugs = {row.alias: row.drug for row in therapies.drug_aliases} | {drug: drug for drug in therapies.drugs}
    return classes | drugs


def _biomarker_names(biomarkers: Biomarkers) -> Names:
    """A marker's normal state ("pMMR") is no name of it, since "positive" would turn it round."""
    aliases = {row.alias: row.biomarker for row in biomarkers.aliases if row.state != "normal"}
    return Names(aliases | {id_: id_ for id_ in biomarkers.rows}, _without_joints, load_biomarker_parts())


def _without_joints(name: str) -> str:
    return folded(name).replace("-", "").replace(" ", "").replace("_", "")


def _condition_names(conditions: Conditions) -> Names:
    """Illnesses of a kind are parts of it: to have one is to have the kind, to lack one says nothing of the others."""
    whole = {name: row.id for row in conditions.by_id.values() for name in (row.id, row.label_en, row.label_es)}
    illnesses = {row.example: row.condition for row in conditions.aliases if row.kind == "illness"}
    return Names(illnesses | whole, _without_joints, frozenset(illnesses) - frozenset(whole))
