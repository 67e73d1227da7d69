"""Which words of a text are medical: those of the vocabularies, and stems that no other word has.

A text that is one name (`brain_metastases`, `other_tumour`, `lines.counted`, `drugs.csv`) is no finding: it is a key of
the model or an id of a vocabulary row, and says nothing of what a record's words mean.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache

from trialfinder.vocab.loader import load_text

ALIASES = {
    "biomarker_aliases.csv": "alias",
    "condition_aliases.csv": "alias",
    "drug_aliases.csv": "alias",
    "therapy_class_aliases.csv": "alias",
}
STEMS = re.compile(
    r"\w*(metasta|chemo|tumou?r|carcinom|hormon|endocrin|menopaus|mastect|pregnan|trastuz|mab\b|ciclib\b|platin\b|"
    r"leptomening|receptor|hepat|cardiac|immun|karnofsky|zubrod|biomark|therap|adjuvant|cancer|breast)\w*"
)
SHORTEST = 4
ESCAPE = re.compile(r"\\\w")
NAME = re.compile(r"[\w.]+|(HR|ER|PR|TNBC|HER2|[/+-])+")


@cache
def _aliases() -> re.Pattern[str]:
    rows = (row[column] for name, column in ALIASES.items() for row in csv.DictReader(load_text(name).splitlines()))
    words = sorted({word.casefold() for word in rows if len(word) >= SHORTEST}, key=lambda word: (-len(word), word))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])")


def medical_words(text: str) -> Iterator[str]:
    """The medical words of a text, each once."""
    if not NAME.fullmatch(text):
        words = ESCAPE.sub(" ", text).casefold()
        yield from sorted({match[0] for pattern in (_aliases(), STEMS) for match in pattern.finditer(words)})
