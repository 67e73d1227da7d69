"""The reviewed vocabularies as data, and one validating loader."""

from trialfinder.vocab.loader import VocabularyError
from trialfinder.vocab.vocabulary import Vocabulary, load_vocabulary

__all__ = ["Vocabulary", "VocabularyError", "load_vocabulary"]
