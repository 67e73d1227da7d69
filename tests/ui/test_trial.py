"""The page of one trial: verdict, sentences, objections, sites, contacts."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from trialfinder.finder import Finder, open_finder
from trialfinder.model import Evidence
from trialfinder.ui.components.trial_about import SHORT, shortened
from trialfinder.ui.components.trial_answers import report_of
from trialfinder.ui.components.trial_criteria import highlighted, marks_of
from trialfinder.ui.components.trial_sites import mail_link, phone_link
from trialfinder.ui.state import Session
from trialfinder.ui.words import label
from trialfinder.wording import render

ROOT = Path(__file__).resolve().parents[2]
PAGE = "trialfinder/ui/pages/trial.py"
SAID = {"subtype": "TNBC", "prior_therapies": {"cdk46_inhibitor": "had", "t_dxd": "had"}, "age": 51, "ecog": 3}


@pytest.fixture(scope="module")
def demo() -> Finder:
    return open_finder(is_demo=True)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def opened(app: AppTest, nct_id: str | None, answers: dict[str, object] | None = None) -> AppTest:
    session: Session = app.session_state["trialfinder"]
    session.trial, session.answers = nct_id, dict(answers or {})
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return "\n".join(item.proto.body for item in app.get("html"))


def buttons(app: AppTest, prefix: str) -> list[str]:
    return [button.key for button in app.button if (button.key or "").startswith(prefix)]


def test_every_demo_trial_can_be_opened_with_and_without_answers(app: AppTest, demo: Finder) -> None:
    for nct_id in list(demo.corpus.studies["nct_id"])[::4]:
        assert demo.show(nct_id).study.brief_title in _plain(html_of(opened(app, nct_id)))
        opened(app, nct_id, SAID)


def _plain(page: str) -> str:
    return page.replace("&amp;", "&").replace("&#x27;", "'").replace("&gt;", ">").replace("&lt;", "<")


def test_without_answers_the_page_says_what_the_trial_asks(app: AppTest, demo: Finder) -> None:
    nct_id = demo.corpus.studies["nct_id"].iloc[0]
    opened(app, nct_id)
    assert render("lists.asked") in [header.value for header in app.header]
    app.button(key="answer_now").click().run()
    assert app.session_state["trialfinder"].step == 0


def test_a_conflict_that_does_not_apply_moves_the_trial_back(app: AppTest, demo: Finder) -> None:
    nct_id = _with_one_conflict(app, demo)
    assert render("verdicts.conflict_long") in _plain(html_of(app))
    app.button(key=buttons(app, "not_me_")[0]).click().run()
    assert render("verdicts.may_fit_long") in _plain(html_of(app))
    assert render("headings.overruled") in [header.value for header in app.header]
    assert len(app.session_state["trialfinder"].overruled) == 1
    app.button(key=buttons(app, "applies_")[0]).click().run()
    assert render("verdicts.conflict_long") in _plain(html_of(app))
    assert nct_id == app.session_state["trialfinder"].trial


def _with_one_conflict(app: AppTest, demo: Finder) -> str:
    """The first demo trial that one single answer speaks against, opened."""
    said = {"ecog": 3}
    for nct_id in demo.corpus.studies["nct_id"]:
        opened(app, nct_id, said)
        if render("headings.conflicts") in [header.value for header in app.header]:
            return str(nct_id)
    raise AssertionError("no demo trial conflicts with low activity")


def test_the_links_of_the_page_lead_to_its_parts(app: AppTest, demo: Finder) -> None:
    for answers in ({}, SAID):
        opened(app, demo.corpus.studies["nct_id"].iloc[0], answers)
        linked = set(re.findall(r'href="#([a-z]+)"', html_of(app)))
        assert {"contacts", "sites", "criteria"} < linked <= {header.proto.anchor for header in app.header}


def test_a_sentence_that_two_lines_rest_on_is_shown_once(app: AppTest, demo: Finder) -> None:
    said = label("trial.same_sentence", "en")
    for nct_id in demo.corpus.studies["nct_id"]:
        lines = [item.proto.body for item in opened(app, nct_id, SAID).get("html") if "tf-chip" in item.proto.body]
        if again := [number for number, line in enumerate(lines) if said in line]:
            assert "tf-quote" in lines[again[0] - 1]
            assert "tf-quote" not in lines[again[0]]
            return
    raise AssertionError("no demo trial has two lines of one sentence")


def test_the_top_names_the_nearest_open_site_where_we_know_the_place(app: AppTest, demo: Finder) -> None:
    nct_id = demo.corpus.studies["nct_id"].iloc[0]
    view = demo.show(nct_id, None, "Cleveland, OH")
    site = next(site for site in view.study.sites if site.status == "RECRUITING")
    assert "📍" not in html_of(opened(app, nct_id))
    top = html_of(opened(app, nct_id, {"place": "Cleveland, OH"})).split("📍")[1].split("</p>")[0]
    assert str(site.facility) in _plain(top)
    assert " mi (" in top


def test_only_the_colours_that_are_in_the_text_are_explained(app: AppTest, demo: Finder) -> None:
    for nct_id in list(demo.corpus.studies["nct_id"])[:6]:
        page = html_of(opened(app, nct_id, {"ecog": 3}))
        text, legend = (
            page.split('<div class="tf-criteria"')[1],
            page.split('<ul class="tf-chips"')[-1].split("</ul>")[0],
        )
        kinds = set(re.findall(r'<mark class="tf-([a-z]+)"', text))
        assert set(re.findall(r'tf-chip tf-([a-z]+)"', legend)) == kinds - {"read"}


def test_a_report_names_trial_rule_and_quote_and_nothing_of_the_person(demo: Finder) -> None:
    from trialfinder.matching import read_profile
    from trialfinder.matching.vocabularies import load_words

    profile, _ = read_profile(SAID | {"place": "Cleveland, OH"}, load_words())
    for nct_id in list(demo.corpus.studies["nct_id"])[:12]:
        view = demo.show(nct_id, profile, "Cleveland, OH")
        for answer in view.answers("fits") + view.answers("conflicts") + view.answers("ask"):
            report = report_of(view, answer)
            assert report.startswith(nct_id)
            assert "Cleveland" not in report
            assert "51" not in report.replace(nct_id, "").replace(str(answer.evidence and answer.evidence.quote), "")


def test_evidence_is_highlighted_where_it_stands(demo: Finder) -> None:
    from trialfinder.matching import read_profile
    from trialfinder.matching.vocabularies import load_words

    profile, _ = read_profile(SAID, load_words())
    n_marked = 0
    for nct_id in list(demo.corpus.studies["nct_id"])[:12]:
        view = demo.show(nct_id, profile)
        text = view.study.eligibility_text or ""
        page = highlighted(text, marks_of(view))
        n_marked += page.count("<mark")
        assert "<script" not in page
    assert n_marked > 12


def test_where_marks_overlap_the_stronger_kind_shows_and_no_letter_is_lost() -> None:
    text = "No <b>active</b> brain metastases \\> 1 cm"
    marks = [(_evidence(text, "active</b> brain"), "conflicts"), (_evidence(text, "No <b>active"), "fits")]
    assert highlighted(text, marks) == (
        '<mark class="tf-fits">No &lt;b&gt;</mark><mark class="tf-conflicts">active&lt;/b&gt; brain</mark>'
        " metastases &gt; 1 cm"
    )
    assert highlighted("", []) == ""


def _evidence(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(None, "x.eligibilityCriteria", quote, start, start + len(quote), "rule")


def test_phones_and_mails_are_links_and_nothing_else_is() -> None:
    assert phone_link("+1 216-555-0100 ext. 7") == '<a href="tel:+12165550100">+1 216-555-0100 ext. 7</a>'
    assert phone_link("call the desk") == "call the desk"
    assert mail_link("a.b@example.org") == '<a href="mailto:a.b@example.org">a.b@example.org</a>'
    assert mail_link('x"onclick="1@example.org') == "x&quot;onclick=&quot;1@example.org"
    assert phone_link(None) == mail_link(None) == ""


def test_sites_show_a_few_at_first_and_more_when_asked(app: AppTest, demo: Finder) -> None:
    most = demo.corpus.sites.frame["nct_id"].value_counts().index[0]
    opened(app, most, {"place": "Cleveland, OH"})
    before = html_of(app).count("<li><b>")
    app.button(key="more_sites").click().run()
    assert html_of(app).count("<li><b>") > before


def test_a_record_that_was_not_checked_for_a_year_says_so(app: AppTest, demo: Finder) -> None:
    studies = demo.corpus.studies
    old = studies.loc[studies["status_verified_date"] < "2024-01-01", "nct_id"]
    assert len(old)
    opened(app, old.iloc[0])
    assert any("more than a year ago" in warning.value for warning in app.warning)


@pytest.mark.parametrize("number", [None, "NCT123", "NCT00000000", "<b>x</b>"])
def test_a_missing_or_wrong_number_leads_to_a_way_on(app: AppTest, number: str | None) -> None:
    opened(app, number)
    app.text_input[0].set_value("NCT99000001")
    app.button[-1].click().run()
    assert app.session_state["trialfinder"].trial == "NCT99000001"
    assert not app.exception


def test_a_long_summary_is_cut_after_a_sentence_and_loses_nothing() -> None:
    text = "This is a sentence. " * 60
    first, rest = shortened(text)
    assert len(first) <= SHORT
    assert first.endswith("sentence.")
    assert f"{first} {rest}" == text
    assert shortened("short") == ("short", "")
    assert shortened("x" * 2000) == ("x" * SHORT, "x" * (2000 - SHORT))
