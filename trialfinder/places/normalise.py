"""One spelling for many: how names are made comparable, for the tables at build time and for what people type."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ħ": "h", "ə": "e"}
)
_WORDS = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "&"}
_APOSTROPHES = re.compile("['’‘`´ʻʿʼ]")
_DOT_AFTER_WORD = re.compile(r"(?<=\w\w)\.")
_NOT_NAME = re.compile(r"[^\w&]+|_")


def fold(text: str) -> str:
    """The text in lower case, without accents, apostrophes and dots: how a name is *spelt*."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    spaced = _DOT_AFTER_WORD.sub(" ", _APOSTROPHES.sub("", unicodedata.normalize("NFC", plain)))
    return " ".join(spaced.replace(".", "").split())


def normalise(text: str) -> str:
    """The comparable form: folded, without punctuation, "Saint" as "st", a leading "the" dropped.

    "St. Louis" and "SAINT-LOUIS" give "st louis"; "Köln" gives "koln"; "D.C." gives "dc".
    Other scripts stay as they are ("Москва" gives "москва"). "Muenchen" stays: it is a name of its own in the tables.
    """
    spaced = _NOT_NAME.sub(" ", fold(text).replace("&", " & "))
    words = [_WORDS.get(word, word) for word in spaced.split()]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)
