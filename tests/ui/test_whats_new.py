"""What's new: what the last refresh brought, or what changed since a day."""

from pathlib import Path

import pytest

from tests.ui.conftest import OpenApp
from tests.ui.stores import CAME, CLOSED, EDITED, OPENED
from tests.ui.test_my_list import html_of
from trialfinder.ui.news import diff_html
from trialfinder.ui.words import label
from trialfinder.wording import LANGUAGES, Language, render


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_change_has_its_part(open_app: OpenApp, changed_store: Path, language: Language) -> None:
    app = open_app(changed_store, "whats_new", lang=language)
    assert not app.exception
    titles = {item.label.rsplit(" (", 1)[0] for item in app.expander}
    assert {label(f"whats_new.kinds.{kind}", language) for kind in ("new", "opened", "closed")} <= titles
    assert all(nct_id in html_of(app) for nct_id in (OPENED, CLOSED, CAME))


def test_a_change_says_what_was_and_what_is_in_words(open_app: OpenApp, changed_store: Path) -> None:
    shown = html_of(open_app(changed_store, "whats_new"))
    assert "was Stopped early, now Recruiting" in shown
    assert "RECRUITING" not in shown


def test_the_changed_text_is_shown_when_asked_for(open_app: OpenApp, changed_store: Path) -> None:
    app = open_app(changed_store, "whats_new", shortlist=[EDITED])
    app.radio(key="news_reader").set_value("listed").run()
    assert "<ins>" not in html_of(app)
    app.toggle[0].set_value(True).run()
    assert "<ins>" in html_of(app)
    assert "<del>" in html_of(app)


def test_only_trials_of_the_list_are_told_of_when_asked_so(open_app: OpenApp, changed_store: Path) -> None:
    app = open_app(changed_store, "whats_new", shortlist=[CLOSED])
    app.radio(key="news_reader").set_value("listed").run()
    assert CLOSED in html_of(app)
    assert OPENED not in html_of(app)


def test_trials_that_conflict_with_the_person_are_left_out_for_them(open_app: OpenApp, changed_store: Path) -> None:
    app = open_app(changed_store, "whats_new", answers={"age": 12})
    assert CAME in html_of(app)
    app.radio(key="news_reader").set_value("mine").run()
    assert not app.exception
    assert CAME not in html_of(app)


def test_a_list_without_changes_says_so(open_app: OpenApp, changed_store: Path) -> None:
    app = open_app(changed_store, "whats_new")
    app.radio(key="news_reader").set_value("listed").run()
    assert app.info[0].value == render("changes.nothing", "en")
    assert not app.get("download_button")


def test_before_the_first_refresh_there_are_only_the_registrys_dates_and_it_says_so(open_app: OpenApp) -> None:
    app = open_app(None, "whats_new")
    app.selectbox(key="news_when").set_value("90").run()
    assert not app.exception
    assert app.info[0].value.startswith("Before ")


@pytest.mark.parametrize("day", ["yesterday", "2999-01-01", "", "2026-13-01"])
def test_a_day_that_is_none_is_refused_in_words(open_app: OpenApp, day: str) -> None:
    app = open_app(None, "whats_new")
    app.selectbox(key="news_when").set_value("day").run()
    app.text_input(key="news_day").input(day).run()
    assert app.error[0].value == label("whats_new.when.bad", "en")
    assert not app.exception


def test_a_difference_shows_only_the_changed_lines_and_escapes_them() -> None:
    before = "Inclusion:\n* Age 18\n* ECOG 0 <b>or</b> 1"
    after = "Inclusion:\n* Age 18\n* ECOG 0 <b>or</b> 2\n* New"
    shown = diff_html(before, after, "Removed:", "Added:")
    assert "Age" not in shown
    assert "&lt;b&gt;or&lt;/b&gt;" in shown
    assert "1</del>" in shown
    assert "2" in shown.split("<ins>")[1]


def test_each_line_that_went_or_came_stands_alone_and_a_changed_one_beside_itself() -> None:
    before = "* No prior taxane\n* Platelets at least 100\n* Written consent of the person"
    after = "* Two lines of therapy at most\n* Platelets at least 75"
    shown = diff_html(before, after, "-", "+")
    assert [shown.count(f"<{tag}") for tag in ("p", "del", "ins")] == [4, 3, 2]
    assert 'Platelets at least <del><span class="tf-heard">- </span>100</del>' in shown


def test_texts_that_differ_in_spaces_only_have_no_difference() -> None:
    assert diff_html("* Age  18\n\n* ECOG 1", "* Age 18\n* ECOG 1\n", "Removed:", "Added:") == ""
