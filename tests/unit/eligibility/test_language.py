"""Which texts can be read."""

import pytest

from trialfinder.eligibility.language import is_readable


@pytest.mark.parametrize(
    "text",
    [
        "Women with metastatic breast cancer who have had at least one line of treatment",
        "ECOG 0-1",
        "HER2+; ER+; stage IV; measurable disease",
        "Consent according to the Declaration. Patients de la Paz hospital, el centro del mar",
        "Temperature ≥ 38 °C, β-HCG negative, ≤ 2 × ULN",
    ],
)
def test_english_prose_and_lists_can_be_read(text):
    """Also with few words, foreign names and signs."""
    assert is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "12345 ...",
        "Mujeres mayores de 18 años con cáncer de mama metastásico para las que no hay otro tratamiento",
        "Patientes âgées de plus de 18 ans et atteintes d'un cancer du sein avec des métastases",
        "Frauen mit metastasiertem Brustkrebs, mindestens eine Behandlung vor der Aufnahme und keine Hirnmetastasen",
        "转移性乳腺癌患者，年龄十八岁以上",
        "\x00\x01PNG\x1a" + "\ufffd" * 40,
    ],
)
def test_other_languages_and_rubbish_cannot(text):
    """Nor can an empty text."""
    assert not is_readable(text)
