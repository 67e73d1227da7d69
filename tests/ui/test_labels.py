"""The app's own words: both languages whole, plain, promising nothing, and each used somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat

import trialfinder.ui
from trialfinder.ui.words import counted, label, labels, names_under
from trialfinder.wording import LANGUAGES

PROMISES = ("eligible", "qualif", "apto ", "elegible")
FOLDER = Path(trialfinder.ui.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_promises_a_place_in_a_trial(language: str) -> None:
    for code, text in labels(language).items():
        assert not any(word in text.casefold() for word in PROMISES), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty_or_untidy(language: str) -> None:
    for code, text in labels(language).items():
        assert text.rstrip("\n") == text.strip(), code
        assert text, code
        assert "  " not in text, code


def test_every_label_is_used() -> None:
    """A code stands in the pages as it is, or begins as a code that is put together there."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    whole = set(re.findall(r"\"([a-z_0-9.]+)\"|'([a-z_0-9.]+)'", source))
    said = {code for pair in whole for code in pair if code}
    begun = tuple(set(re.findall(r"f[\"']([a-z_]+\.(?:[a-z_]+\.)*)\{", source)) | {"find.therapies."})
    unused = [code for code in labels("en") if not (_is_said(code, said) or code.startswith(begun))]
    assert unused == []


def _is_said(code: str, said: set[str]) -> bool:
    base, _, last = code.rpartition(".")
    return code in said or (last in ("one", "many") and base in said)


def _spoken(language: str) -> Iterator[str]:
    """The labels that are sentences; those of one or two words say nothing of how hard a text is."""
    for text in labels(language).values():
        if len(text.split()) > 4:
            yield text.replace("**", "").rstrip(":…") + ("" if text.rstrip()[-1] in ".?!" else ".")


def test_english_reads_at_the_age_of_twelve() -> None:
    """School year 6 or below, by indices that count letters, so that no word list is fetched."""
    text = " ".join(_spoken("en"))
    assert textstat.automated_readability_index(text) < 6
    assert textstat.coleman_liau_index(text) < 6


def test_spanish_reads_easily() -> None:
    """75 and above is easy on the scale of Fernandez Huerta."""
    textstat.set_lang("es")
    try:
        assert textstat.fernandez_huerta(" ".join(_spoken("es"))) > 75
    finally:
        textstat.set_lang("en_US")


def test_a_number_of_things_is_said_with_its_own_word_for_one() -> None:
    assert counted("find.count", "en", 1) == "1 trial may fit."
    assert counted("find.count", "en", 1234) == "1,234 trials may fit."


def test_a_missing_label_is_a_bug_and_says_so() -> None:
    with pytest.raises(KeyError):
        label("find.nothing_of_that_name", "en")


def test_kinds_of_treatment_that_can_be_filtered_are_known() -> None:
    from trialfinder.vocab import load_vocabulary

    therapies = load_vocabulary().therapies
    assert all(therapies.classes_of(name) for name in names_under("find.therapies", "en"))
