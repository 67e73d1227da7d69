"""The names of `Words` taken from the reviewed vocabularies."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from trialfinder.matching.words import Names, Words
from trialfinder.vocab.biomarkers import Biomarkers
from trialfinder.vocab.therapies import Therapies, key_of
from trialfinder.vocab.vocabulary import Vocabulary, load_vocabulary


CONDITIONS = (
    "autoimmune", "cardiac", "hepatitis", "hiv", "ild", "other_malignancy", "pregnancy", "visceral_crisis",
)  # fmt: skip


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
        biomarkers=_biomarkers(vocabulary.biomarkers),
        conditions=Names({name: name for name in CONDITIONS}),
        parents={id_: frozenset(therapies.ancestors(id_)) for id_ in ids},
        counted=frozenset(id_ for id_ in ids if therapies.listed_as(id_)),
    )


def _therapy_spellings(therapies: Therapies) -> dict[str, str]:
    classes = {row.alias: row.therapy for row in therapies.class_aliases} | {name: name for name in therapies.classes}
    drugs = {row.alias: row.drug for row in therapies.drug_aliases} | {drug: drug for drug in therapies.drugs}
    return classes | drugs


def _biomarkers(biomarkers: Biomarkers) -> Names:
    spellings = {row.alias: row.biomarker for row in biomarkers.aliases if row.biomarker in biomarkers.rows}
    return Names(spellings | {id_: id_ for id_ in biomarkers.rows})
