"""Free text: typos corrected against the words of the records, and said so."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

SHORTEST = 4  # shorter words are abbreviations, and any two are alike
LEAST_ALIKE = 80.0  # fuzz.ratio; at 80 no wrong drug name was matched ("cat" is not tucatinib)
WORD = re.compile(r"[^\W_]+(?:[-/+][^\W_]+)*")
N_CHOICES = 3
LONGEST_TEXT = 1_000  # characters
MOST_WORDS = 30  # each word is looked up in all records


def first_words(text: str) -> tuple[str, bool]:
    """The words of a search, each once, as many as we look for; and whether some were left out."""
    words = dict.fromkeys(text[:LONGEST_TEXT].split())
    return " ".join(list(words)[:MOST_WORDS]), len(text) > LONGEST_TEXT or len(words) > MOST_WORDS


def correct_words(text: str, counts: Mapping[str, int]) -> tuple[str, dict[str, str]]:
    """The text with each word that no record has put right, and what was changed.

    `counts` gives every word of the records (lower case) and in how many studies it stands. A word that is not there
    and has no near neighbour stays: it will find nothing, and the search says so.
    """
    changed = {}
    for word in WORD.findall(text):
        key = word.casefold()
        if len(key) < SHORTEST or _is_known(key, counts):
            continue
        best = nearest(key, list(counts), counts)
        if best is not None:
            changed[word] = best
    return WORD.sub(lambda match: changed.get(match[0], match[0]), text), changed


def _is_known(word: str, counts: Mapping[str, int]) -> bool:
    parts = re.split(r"[-/+]", word)
    return word in counts or all(part in counts or not part for part in parts) or _is_prefix(word, counts)


def _is_prefix(word: str, counts: Mapping[str, int]) -> bool:
    return any(other.startswith(word) for other in counts)


def nearest(word: str, choices: Sequence[str], counts: Mapping[str, int]) -> str | None:
    """The choice most like the word, the more frequent among equals; None where none is like it."""
    found = process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=N_CHOICES)
    return max(found, key=lambda item: (item[1], counts.get(item[0], 0), item[0]))[0] if found else None
