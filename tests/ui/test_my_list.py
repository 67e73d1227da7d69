"""My list: trials side by side, notes, files to take away, save and load."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import SAVED, OpenApp
from trialfinder.matching import read_profile
from trialfinder.matching.vocabularies import load_words
from trialfinder.model import PatientProfile
from trialfinder.ui.components.compare import MOST
from trialfinder.ui.components.take_away import _script_text
from trialfinder.ui.data import open_data
from trialfinder.ui.shortlist import build_detail, build_listing, build_page, load_view
from trialfinder.ui.words import label
from trialfinder.wording import LANGUAGES, Language, render

LISTED = ["NCT99000001", "NCT99000010", "NCT99000031"]
MISSING = "NCT99999999"


def html_of(app: AppTest) -> str:
    return "\n".join(item.proto.body for item in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_what_it_is_for_and_leads_to_find(open_app: OpenApp, language: Language) -> None:
    app = open_app(None, "my_list", lang=language)
    assert not app.exception
    assert label("my_list.empty", language) in [item.value for item in app.markdown]
    assert not app.get("download_button")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_shows_each_trial_and_offers_every_file(open_app: OpenApp, language: Language) -> None:
    app = open_app(None, "my_list", lang=language, shortlist=LISTED, answers={"age": 54})
    assert not app.exception
    assert all(nct_id in html_of(app) for nct_id in LISTED)
    offered = {item.label for item in app.get("download_button")}
    assert offered == {
        *(label(f"my_list.take.{name}", language) for name in ("html", "csv", "sites", "xlsx")),
        label("my_list.save.button", language),
    }


def test_a_trial_that_the_data_do_not_hold_is_named_and_can_be_taken_off(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=[MISSING])
    assert app.text[0].value == label("my_list.missing", "en", nct_id=MISSING)
    app.button(key=f"remove_{MISSING}").click().run()
    assert app.session_state["trialfinder"].shortlist == []


def test_a_note_is_kept_in_the_session_and_stands_in_the_page_to_print(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=LISTED)
    app.text_area(key=f"note_{LISTED[0]}").input("Ask <b>when</b>").run()
    assert app.session_state["trialfinder"].notes == {LISTED[0]: "Ask <b>when</b>"}
    app.button(key="print").click().run()
    assert _script_text("Ask &lt;b&gt;when&lt;/b&gt;").strip('"') in html_of(app)


def test_an_emptied_note_is_forgotten(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=LISTED, notes={LISTED[0]: "old"})
    app.text_area(key=f"note_{LISTED[0]}").input("  ").run()
    assert app.session_state["trialfinder"].notes == {}


def test_four_trials_are_compared_at_first_and_no_more(open_app: OpenApp) -> None:
    five = [f"NCT990000{number}" for number in ("01", "02", "03", "04", "05")]
    app = open_app(None, "my_list", shortlist=five)
    assert len(app.multiselect(key="compare").value) == MOST
    assert len(app.warning) == 1, "the demo's banner"
    app.multiselect(key="compare").set_value(five).run()
    assert html_of(app).count('scope="col"') == MOST
    assert label("my_list.compare.most", "en") in [item.value for item in app.warning]


def test_countries_are_in_the_readers_language(open_app: OpenApp) -> None:
    shown = html_of(open_app(None, "my_list", shortlist=LISTED, lang="es"))
    assert "Estados Unidos" in shown
    assert "United States" not in shown


def test_a_list_is_compared_at_first_and_one_trial_alone_is_not(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=LISTED)
    assert "<table" in html_of(app)
    app.multiselect(key="compare").set_value([LISTED[0]]).run()
    assert "<table" not in html_of(app)
    assert label("my_list.compare.two", "en") in [item.value for item in app.caption]


def test_a_place_that_nobody_knows_is_said_and_the_list_stays(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=LISTED, answers={"place": "Zzyzxqwv", "travel": "10 mi"})
    assert not app.exception
    assert len(app.warning) == 2, "the demo's banner and the place"
    assert LISTED[0] in html_of(app)


def test_details_that_contradict_each_other_are_said_and_the_list_stays(open_app: OpenApp) -> None:
    app = open_app(None, "my_list", shortlist=LISTED, answers={"sex": "male", "menopause": "post"})
    assert not app.exception
    assert LISTED[0] in html_of(app)


def test_a_saved_file_is_shown_first_and_used_on_demand(open_app: OpenApp) -> None:
    app = open_app(None, "my_list")
    app.file_uploader[0].set_value(("my.toml", SAVED.encode(), "application/toml")).run()
    assert app.session_state["trialfinder"].shortlist == []
    app.button(key="use_list").click().run()
    said = label("my_list.load.used.many", "en", n=3)
    assert [item.value for item in app.success] == [said]
    mine = app.session_state["trialfinder"]
    assert (mine.shortlist, mine.answers["age"], mine.overruled) == (
        ["NCT99000001", "NCT99000010", "NCT99000031"], 54, {"NCT99000001 ecog_max"}
    )  # fmt: skip
    assert not app.run().exception
    assert not app.success, "once is enough"


def test_the_signs_of_lists_are_left_out_of_the_page_to_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    view = load_view(open_data().finder, LISTED[0], PatientProfile(), "en")
    assert view is not None
    assert any(quote.startswith("*") for _, quote in view.questions())
    assert not any(quote.startswith("*") for _, quote in build_detail(view).questions)


@pytest.mark.parametrize("content", [b"\x00", b"format = 1\n[answers]\nage = 900"])
def test_a_file_that_cannot_be_used_is_refused_in_words(open_app: OpenApp, content: bytes) -> None:
    app = open_app(None, "my_list", shortlist=LISTED)
    app.file_uploader[0].set_value(("my.toml", content, "application/toml")).run()
    assert app.error[0].value.startswith(label("my_list.load.bad", "en"))
    assert app.session_state["trialfinder"].shortlist == LISTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_carry_away_asks_for_nothing_from_any_host(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    finder = open_data().finder
    person, _ = read_profile({"age": 54, "her2": "low"}, load_words())
    listing = build_listing(finder, LISTED, person, "My list", language)
    views = [view for nct_id in LISTED if (view := load_view(finder, nct_id, person, language))]
    page = build_page(listing, views, {LISTED[0]: "mine"}, "For my oncologist").decode()
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "src=" not in page
    assert render("headings.ask", language) in page
    assert "find --all" not in page
