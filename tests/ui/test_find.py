"""The page Find: guided questions, results, filters, and what is said where nothing fits."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from trialfinder.ui import words
from trialfinder.ui.components.cards import reasons_in_words as conflict_html
from trialfinder.ui.components.results import FEW
from trialfinder.ui.components.steps import STEPS
from trialfinder.ui.state import Session
from trialfinder.vocab import load_vocabulary
from trialfinder.wording import render

ROOT = Path(__file__).resolve().parents[2]
SAID = {
    "subtype": "HR+/HER2-",
    "her2": "low",
    "prior_therapies": {"cdk46_inhibitor": "had", "capecitabine": "had"},
    "ecog": 1,
    "place": "Cleveland, OH",
}


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("TRIALFINDER_DEMO", "1")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def mine(app: AppTest) -> Session:
    found: Session = app.session_state["trialfinder"]
    return found


def with_results(app: AppTest, answers: dict[str, Any] | None = None, **filters: Any) -> AppTest:
    session = mine(app)
    session.step, session.answers, session.filters = None, dict(answers or {}), dict(filters)
    app.run()
    assert not app.exception
    return app


def cards(app: AppTest) -> list[str]:
    return [button.key.removeprefix("open_") for button in app.button if (button.key or "").startswith("open_")]


def n_may_fit(app: AppTest) -> int:
    return int(app.title[0].value.split()[0])


def test_every_step_may_be_skipped(app: AppTest) -> None:
    for _ in range(len(STEPS) - 1):
        app.button(key="next").click().run()
        assert not app.exception
    app.button(key="show").click().run()
    assert mine(app).answers == {}
    assert cards(app)


def test_the_count_falls_as_answers_come(app: AppTest) -> None:
    before = app.markdown[-1].value
    app.radio(key="ask_subtype").set_value("TNBC").run()
    assert mine(app).answers == {"subtype": "TNBC"}
    assert app.markdown[-1].value != before


def test_answers_outlive_a_change_of_step_and_page(app: AppTest) -> None:
    app.radio(key="ask_subtype").set_value("TNBC").run()
    app.button(key="next").click().run()
    app.switch_page("trialfinder/ui/pages/about.py").run()
    app.switch_page("trialfinder/ui/pages/find.py").run()
    app.button(key="back").click().run()
    assert app.radio(key="ask_subtype").value == "TNBC"


def test_another_type_forgets_results_that_contradict_it(app: AppTest) -> None:
    app.radio(key="ask_subtype").set_value("HR+/HER2-").run()
    app.radio(key="ask_her2").set_value("low").run()
    app.radio(key="ask_subtype").set_value("HR+/HER2+").run()
    assert mine(app).answers == {"subtype": "HR+/HER2+"}
    assert not app.warning[1:]


def test_brain_metastases_are_one_of_the_places(app: AppTest) -> None:
    mine(app).step = list(STEPS).index("spread")
    app.run()
    app.radio(key="ask_brain_metastases").set_value("stable").run()
    assert mine(app).answers == {"metastases": ["brain"], "brain_metastases": "stable"}
    app.radio(key="ask_brain_metastases").set_value("none").run()
    assert mine(app).answers == {"brain_metastases": "none"}


def test_zero_lines_and_full_activity_are_answers(app: AppTest) -> None:
    mine(app).step = list(STEPS).index("treatments")
    app.run()
    app.selectbox(key="ask_chemo_lines_metastatic").set_value(0).run()
    mine(app).step = list(STEPS).index("health")
    app.run()
    app.radio(key="ask_ecog").set_value(0).run()
    assert mine(app).answers == {"chemo_lines_metastatic": 0, "ecog": 0}


def test_a_treatment_stands_under_had_or_never_but_not_both(app: AppTest) -> None:
    mine(app).step = list(STEPS).index("treatments")
    app.run()
    app.multiselect(key="ask_had").set_value(["taxane", "capecitabine"]).run()
    app.multiselect(key="ask_never").set_value(["taxane"]).run()
    assert mine(app).answers["prior_therapies"] == {"capecitabine": "had", "taxane": "never"}


@pytest.mark.parametrize("name", ["Taxol", "trastuzumab deruxtecan", "Nolvadex"])
def test_a_drug_is_offered_by_its_other_names_and_kept_by_its_own(app: AppTest, name: str) -> None:
    mine(app).step = list(STEPS).index("treatments")
    app.run()
    offered = app.multiselect(key="ask_had").options
    assert any(option.startswith(f"{name} = ") for option in offered)
    app.multiselect(key="ask_had").set_value([name]).run()
    known = load_vocabulary().therapies.find(name)
    assert mine(app).answers["prior_therapies"] == {known: "had"}
    assert app.multiselect(key="ask_had").value == [known]


def test_a_drug_keeps_when_it_was_had_where_another_is_added(app: AppTest) -> None:
    mine(app).answers = {"prior_therapies": {"Taxol": {"had": ["early"]}}}
    mine(app).step = list(STEPS).index("treatments")
    app.run()
    app.multiselect(key="ask_had").set_value(["Taxol", "capecitabine"]).run()
    assert mine(app).answers["prior_therapies"] == {"paclitaxel": {"had": ["early"]}, "capecitabine": "had"}


def test_none_of_the_others_says_no_to_each_other_illness(app: AppTest) -> None:
    mine(app).step = list(STEPS).index("health")
    app.run()
    app.checkbox(key="ask_no_other_conditions").check().run()
    assert set(mine(app).answers["conditions"].values()) == {"no"}
    app.checkbox(key="ask_no_other_conditions").uncheck().run()
    assert "conditions" not in mine(app).answers


def test_an_unknown_place_is_said_and_the_trials_are_shown_all_the_same(app: AppTest) -> None:
    with_results(app, {"place": "Qwxzzzzville"})
    assert any("Qwxzzzzville" in warning.value for warning in app.warning)
    assert cards(app)


def test_a_contradiction_is_said_and_the_trials_are_shown_all_the_same(app: AppTest) -> None:
    with_results(app, {"subtype": "TNBC", "her2": "positive"})
    assert len(app.warning) == 2
    assert cards(app)


def test_conflicting_trials_are_folded_with_their_reason(app: AppTest) -> None:
    with_results(app, SAID)
    assert any(words.counted("find.conflicts", "en", 2).split(" ", 1)[1] in item.label for item in app.expander)
    assert len(cards(app)) <= 20


@pytest.mark.parametrize(
    "filters", [{"kinds": ["supportive_care"]}, {"phases": ["PHASE3"]}, {"drug": "Enhertu"}, {"traits": ["no_placebo"]},
                {"therapy": "immunotherapy"}, {"text": "vaccine"}, {"countries": ["Canada"]}],
)  # fmt: skip
def test_a_filter_narrows_the_results(app: AppTest, filters: dict[str, Any]) -> None:
    everything = n_may_fit(with_results(app))
    assert 0 < n_may_fit(with_results(app, **filters)) < everything


def test_an_unknown_drug_is_said_and_left_out(app: AppTest) -> None:
    everything = n_may_fit(with_results(app))
    assert n_may_fit(with_results(app, drug="zzqqxxyy")) == everything
    assert any("zzqqxxyy" in warning.value for warning in app.warning)


def test_nothing_found_offers_the_one_limit_that_brings_back_most(app: AppTest) -> None:
    with_results(app, kinds=["prevention"], phases=["PHASE4"], text="nosuchword")
    assert not cards(app)
    assert "loosen" not in [button.key for button in app.button]
    with_results(app, kinds=["treatment"], text="nosuchword")
    app.button(key="loosen").click().run()
    assert mine(app).filters == {"kinds": ["treatment"]}
    assert cards(app)


def test_too_near_a_distance_can_be_dropped(app: AppTest) -> None:
    with_results(app, {"place": "Ushuaia, Argentina", "travel": "25 mi"})
    assert not cards(app)
    app.button(key="loosen").click().run()
    assert mine(app).answers == {"place": "Ushuaia, Argentina"}
    assert cards(app)


def test_where_few_trials_may_fit_the_persons_own_limit_is_offered(app: AppTest) -> None:
    with_results(app, {"place": "Cleveland, OH", "travel": "100 mi"}, kinds=["treatment"], phases=["PHASE3"])
    few = n_may_fit(app)
    assert 0 < few < FEW
    app.button(key="loosen").click().run()
    assert n_may_fit(app) > few


def test_no_default_is_lifted_where_some_trials_may_fit(app: AppTest) -> None:
    said = {"subtype": "TNBC", "ecog": 4, "sex": "male", "metastases": ["brain"], "brain_metastases": "active"}
    with_results(app, said | {"measurable_disease": False})
    assert 0 < n_may_fit(app) < FEW
    assert any(n for name, n in app.session_state["found"][1].hidden.items() if name.startswith("default_"))
    assert "loosen" not in [button.key for button in app.button]


def test_place_and_distance_can_be_changed_beside_the_filters(app: AppTest) -> None:
    with_results(app, {"place": "Cleveland, OH"})
    everywhere = n_may_fit(app)
    app.selectbox(key="ask_travel").set_value("50 mi").run()
    assert mine(app).answers["travel"] == "50 mi"
    assert n_may_fit(app) < everywhere


def test_a_card_says_what_its_phase_asks_and_counts_nothing_that_is_none(app: AppTest) -> None:
    pages = [item.proto.body for item in with_results(app, SAID).get("html") if "tf-title" in item.proto.body]
    assert any(words.label("find.phases.PHASE2", "en") in page for page in pages)
    assert not any(f"{kind} 0<" in page for page in pages for kind in ("fits", "ask", "conflicts"))


def test_the_records_language_is_said_where_it_is_not_the_readers(app: AppTest) -> None:
    said = render("cautions.record_text", "es")
    with_results(app)
    assert not any(said in caption.value for caption in app.caption)
    mine(app).lang = "es"
    app.run()
    assert any(said in caption.value for caption in app.caption)


def test_a_trials_own_sentence_stands_once_under_all_that_it_says() -> None:
    page = conflict_html([("Too many lines.", "No prior lines"), ("Chemotherapy.", "No prior lines")])
    assert page.count("No prior lines") == 1
    assert page.index("Chemotherapy.") < page.index("No prior lines")


def test_results_come_twenty_a_page(app: AppTest) -> None:
    first = cards(with_results(app))
    assert len(first) == 20
    app.button(key="page_next").click().run()
    second = cards(app)
    assert second
    assert not set(first) & set(second)


def test_nearest_first_sorts_by_distance(app: AppTest) -> None:
    with_results(app, {"place": "Cleveland, OH"})
    app.selectbox(key="ask_sort").set_value("near").run()
    session = mine(app)
    assert session.looks["sort"] == "near"
    found = app.session_state["found"][1].frame
    nearest = found.loc[found["verdict"] == "may_fit"].sort_values("distance_km", kind="stable")["nct_id"]
    assert cards(app) == list(nearest[:20])


def test_a_card_puts_its_trial_on_the_list(app: AppTest) -> None:
    first = cards(with_results(app))[0]
    app.button(key=f"list_card_{first}").click().run()
    assert mine(app).shortlist == [first]
    app.button(key=f"list_card_{first}").click().run()
    assert mine(app).shortlist == []


def test_the_search_of_the_page_holds_nothing_of_the_profile_in_words(app: AppTest) -> None:
    with_results(app, SAID)
    found = app.session_state["found"][1]
    assert "Cleveland" not in found.stamp.search
    assert "capecitabine" not in found.stamp.search
    assert not app.query_params


def test_opened_conflicts_show_the_trials_own_words(app: AppTest) -> None:
    with_results(app, {"subtype": "TNBC", "brain_metastases": "active", "metastases": ["brain"]})
    folded = next(item for item in app.expander if "conflict with your answers" in item.label)
    shown = len(cards(app))
    app.session_state["conflicts"] = True
    app.run()
    assert not app.exception
    assert folded.label
    assert len(cards(app)) > shown
    assert any("tf-reasons" in item.proto.body and "“" in item.proto.body for item in app.get("html"))


def test_one_unknown_treatment_does_not_undo_the_other_answers(app: AppTest) -> None:
    with_results(app, {"subtype": "TNBC", "prior_therapies": {"zzqqxxyy": "had", "capecitabine": "had"}})
    assert any("zzqqxxyy" in warning.value for warning in app.warning)
    profile = app.session_state["found"][1].search.profile
    assert profile.subtype == "TNBC"
    assert set(profile.prior_therapies) == {"capecitabine"}


def test_of_a_contradiction_both_sides_are_left_out_and_named_as_the_page_names_them(app: AppTest) -> None:
    with_results(app, {"age": 50, "prior_therapies": {"taxane": "never", "paclitaxel": "had"}})
    warning = app.warning[-1].value.replace("\\", "")
    assert "Never had: taxane" in warning
    assert "Had: paclitaxel" in warning
    profile = app.session_state["found"][1].search.profile
    assert profile.age == 50
    assert not profile.prior_therapies


def test_a_trial_can_be_linked_to_by_its_number(app: AppTest) -> None:
    app.query_params["trial"] = "NCT99000003"
    app.switch_page("trialfinder/ui/pages/trial.py").run()
    assert mine(app).trial == "NCT99000003"
