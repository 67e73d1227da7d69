"""What stands around every page, in both languages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from trialfinder.ui import words
from trialfinder.ui.components.shell import PAGES
from trialfinder.wording import LANGUAGES, Language, render

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_shows_title_demo_banner_and_caution(app: AppTest, name: str, language: str) -> None:
    app.session_state["trialfinder"].lang = language
    app.switch_page(f"trialfinder/ui/pages/{name}.py").run()
    assert not app.exception
    assert app.warning[0].value == render("demo.banner", language)
    assert render("cautions.long", language) in [item.value for item in app.caption]


def test_one_button_changes_the_language_of_everything(app: AppTest) -> None:
    for language in (*LANGUAGES[1:], LANGUAGES[0]):
        app.button(key="language").click().run()
        assert app.title[0].value == words.label("find.title", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_labels_with_the_same_parts(language: Language) -> None:
    english, other = words.labels("en"), words.labels(language)
    assert english.keys() == other.keys()
    for code, text in english.items():
        assert _parts(text) == _parts(other[code]), code


def _parts(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
