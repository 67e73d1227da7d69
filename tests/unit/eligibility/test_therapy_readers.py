"""What needs more of a record than one sentence: the study's own drug, groups for matching, evidence, long texts."""

import pytest

from tests.unit.eligibility.builders import CRITERIA, make_field, make_study
from trialfinder.eligibility.clauses import clauses_of
from trialfinder.eligibility.history import history_of
from trialfinder.eligibility.readers import lines, therapies
from trialfinder.vocab import load_vocabulary

WORDS = load_vocabulary()


def read(criteria, **fields):
    """The facts of both readers, by key."""
    study = make_study(criteria, **fields)
    return {fact.key: fact for module in (therapies, lines) for fact in module.read(study, WORDS)}


def exclusion(sentence):
    return f"Exclusion Criteria:\n\n* {sentence}\n"


def inclusion(*sentences):
    return "Inclusion Criteria:\n\n" + "".join(f"* {sentence}\n" for sentence in sentences)


@pytest.mark.parametrize(
    ("interventions", "sentence", "value"),
    [
        (("Demotinib", "DEM-101"), "Prior treatment with DEM-101", ("investigational_same_target",)),
        (("Palazestrant",), "Prior treatment with OP-1250", ("investigational_same_target",)),
        (("Palazestrant",), "Prior treatment with elacestrant", ("oral_serd",)),
        (("Lapatinib",), "Prior treatment with lapatinib", ("her2_tki",)),
        (("Entinostat",), "Prior HDAC inhibitor", ("investigational_same_target",)),
        (("Capecitabine",), "Prior HDAC inhibitor", ()),
        (("An anti-XYZ2 antibody",), "Prior agents targeting XYZ2", ("investigational_same_target",)),
        (("An anti-XYZ2 antibody",), "Prior agents targeting ABC5", ()),
        (("HER2 peptide vaccine",), "Previous HER2 vaccine", ("investigational_same_target",)),
        (("HER2 peptide vaccine",), "Received a live vaccine", ()),
        (("Capecitabine",), "Previous HER2 vaccine", ()),
        (("Axillary surgery",), "Prior axillary dissection", ()),
        (("DEM-101",), "Prior drugs of the same class, except DEM-101", ()),
    ],
)
def test_a_ban_on_the_studys_own_drug_or_target_is_listed_as_that(interventions, sentence, value):
    """Unless the drug is on the market and has a class of the guide's."""
    fields = tuple(make_field(name, f"interventions[{number}].name") for number, name in enumerate(interventions))
    assert read(exclusion(sentence), interventions=fields)["prior_excluded"].value == value


def test_without_interventions_a_named_target_is_taken_for_the_studys_own():
    """Criteria alone do not say what is studied; nobody bars a target for another reason."""
    assert read(exclusion("Prior WEE1 inhibitor"))["prior_excluded"].value == ("investigational_same_target",)


def test_alternatives_are_one_group_and_separate_demands_are_two():
    """Matching asks for one member of each group."""
    either = read(inclusion("Previously treated with an anthracycline or a taxane"))["prior_required"]
    both = read(inclusion("Previously treated with an anthracycline and a taxane"))["prior_required"]
    assert [demand.members for demand in either.demands] == [("anthracycline", "taxane")]
    assert [demand.members for demand in both.demands] == [("anthracycline",), ("taxane",)]


def test_a_list_of_alternatives_is_one_group():
    """The header joins its bullets by "or"."""
    text = (
        "Inclusion Criteria:\n\n* One of the following:\n  * Progression on tamoxifen\n  * Progression on letrozole\n"
    )
    assert [demand.members for demand in read(text)["prior_required"].demands] == [("aromatase_inhibitor", "tamoxifen")]


def test_a_therapy_carries_its_setting():
    """A ban for metastatic disease says nothing of early disease."""
    fact = read(exclusion("Prior fulvestrant for metastatic disease"))["prior_excluded"]
    assert [demand.setting for demand in fact.demands] == ["metastatic"]
    assert fact.value == ("fulvestrant",)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Prior lapatinib", ("lapatinib",)),
        ("Previous docetaxel or paclitaxel", ("docetaxel", "paclitaxel")),
        ("Earlier treatment with a taxane", ()),
        ("Previous palbociclib, or any other CDK4/6 inhibitor", ()),
        ("Prior capecitabine", ()),
        ("Prior letrozole or any other aromatase inhibitor", ()),
        ("Prior fulvestrant", ()),
        ("Prior Herceptin", ()),
        ("Prior epothilone", ("epothilone",)),
        ("Prior SERD", ()),
    ],
)
def test_a_ban_on_a_part_of_a_class_keeps_its_name(sentence, named):
    """Another drug of the class is not barred, unless the class is named too or has one drug only."""
    studied = (make_field("Vorinostat", "interventions[0].name"),)
    demands = read(exclusion(sentence), interventions=studied)["prior_excluded"].demands
    assert {demand.named for demand in demands} == {named}


def test_a_demand_for_drugs_by_name_keeps_their_names():
    """The class that stands beside them has none."""
    (demand,) = read(inclusion("Progressed on letrozole, anastrozole or a CDK4/6 inhibitor"))["prior_required"].demands
    assert demand.members == ("aromatase_inhibitor", "cdk46_inhibitor")
    assert demand.named == ("anastrozole", "letrozole")


@pytest.mark.parametrize(
    ("sentence", "key", "setting"),
    [
        ("At least one prior regimen", "any_lines_metastatic", "any"),
        ("At least two prior lines of therapy", "any_lines_metastatic", "metastatic"),
        ("No more than two prior lines of chemotherapy for metastatic disease", "chemo_lines_metastatic", "metastatic"),
        ("No prior chemotherapy", "chemo_lines_metastatic", "any"),
        ("No prior chemotherapy for advanced disease", "chemo_lines_metastatic", "metastatic"),
        ("Refractory to standard therapy", "any_lines_metastatic", "metastatic"),
    ],
)
def test_a_limit_of_lines_says_if_it_names_the_disease_they_were_for(sentence, key, setting):
    """Where it names none, treatment of early disease may count too."""
    assert {demand.setting for demand in read(inclusion(sentence))[key].demands} == {setting}


def test_no_sentence_demands_more_lines_than_the_fact():
    """Of several limits the most permissive counts, also for matching."""
    text = inclusion(
        "At least two and not more than five prior chemotherapy regimens for advanced disease",
        "At least one prior chemotherapy regimen for metastatic disease",
    )
    fact = read(text)["chemo_lines_metastatic"]
    assert fact.value == (1, 5)
    assert {(demand.minimum, demand.maximum) for demand in fact.demands} == {(None, 5), (1, None)}


def test_a_therapy_demanded_for_either_disease_carries_no_setting():
    """Early treatment fulfils it as well."""
    sentence = "Prior taxane as adjuvant treatment or for metastatic disease"
    (demand,) = read(inclusion(sentence))["prior_required"].demands
    assert demand.setting == "any"


@pytest.mark.parametrize(
    ("sentence", "is_conditional"),
    [
        ("Prior aromatase inhibitor", False),
        ("Prior letrozole", False),
        ("Disease progression while on a taxane", True),
        ("Prior aromatase inhibitor for more than 6 months", True),
        ("Prior neoadjuvant chemotherapy for this cancer", True),
        ("Preoperative treatment with induction chemotherapy", True),
        ("Prior neoadjuvant or adjuvant chemotherapy", False),
        ("Prior adjuvant chemotherapy", False),
    ],
)
def test_a_ban_on_failure_or_beyond_a_length_is_conditional(sentence, is_conditional):
    """Matching then asks; a ban on one drug of several keeps its name instead."""
    fact = read(exclusion(sentence))["prior_excluded"]
    assert [demand.is_conditional for demand in fact.demands] == [is_conditional]


def test_a_ban_on_treatment_before_surgery_is_of_early_disease():
    """Chemotherapy for metastatic disease is not meant by it."""
    fact = read(exclusion("Preoperative treatment with induction chemotherapy"))["prior_excluded"]
    assert [demand.setting for demand in fact.demands] == ["early"]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Prior experimental cancer immunotherapy", ()),
        ("Prior immunotherapy", ("immune_checkpoint_inhibitor",)),
        ("Prior investigational agents or immunotherapy", ("immune_checkpoint_inhibitor",)),
    ],
)
def test_immunotherapy_that_is_being_tried_out_is_not_what_is_on_the_market(sentence, value):
    """A ban on the one says nothing of the other."""
    assert read(exclusion(sentence))["prior_excluded"].value == value


@pytest.mark.parametrize(
    ("criteria", "is_open"),
    [
        (inclusion("Patients must be receiving first-line therapy for metastatic disease"), True),
        (inclusion("Eligible for first-line therapy for metastatic disease"), False),
        ("Inclusion Criteria:\n\nGroup 1\n\n* Adults\n\nGroup 2\n\n* No more than 1 prior line of therapy\n", True),
        ("Inclusion Criteria:\n\n* No more than 1 prior line of therapy\n", False),
    ],
)
def test_a_limit_of_one_group_or_of_a_line_under_way_is_asked(criteria, is_open):
    """Someone on the first line has had one; the other group may have no limit."""
    assert [demand.is_conditional for demand in read(criteria)["any_lines_metastatic"].demands] == [is_open]


def test_of_several_bans_on_a_class_the_widest_holds():
    """One setting or one drug says less than the class in any setting."""
    fact = read(exclusion("Prior CDK4/6 inhibitor for metastatic disease; prior CDK4/6 inhibitor"))["prior_excluded"]
    assert [(demand.members, demand.setting) for demand in fact.demands] == [(("cdk46_inhibitor",), "any")]


def test_what_is_demanded_is_not_barred_beside_it():
    """The same class in the same setting is asked for; a ban on it must mean something else."""
    text = (
        inclusion("Must have received adjuvant tamoxifen") + "\n" + exclusion("Adjuvant tamoxifen, and prior letrozole")
    )
    facts = read(text)
    assert facts["prior_required"].value == ("tamoxifen",)
    assert facts["prior_excluded"].value == ("aromatase_inhibitor",)


def test_a_list_of_unlike_drugs_in_a_bare_record_is_not_the_studys_own():
    """One drug without a class of its own is taken for the study's; several of several classes are chemotherapy."""
    assert read(exclusion("Prior ixabepilone"))["prior_excluded"].value == ("investigational_same_target",)
    assert read(exclusion("Prior mitomycin or cyclophosphamide"))["prior_excluded"].value == ("chemotherapy",)


def test_a_sign_within_a_name_joins_no_alternatives():
    """The stroke of CDK4/6 is no "or"."""
    fact = read(inclusion("Progression on an aromatase inhibitor plus a CDK4/6 inhibitor"))["prior_required"]
    assert [demand.members for demand in fact.demands] == [("aromatase_inhibitor",), ("cdk46_inhibitor",)]


def test_the_cases_of_a_definition_are_one_group():
    """Each line below "defined as" is one way to be what is defined."""
    text = (
        "Inclusion Criteria:\n\n* Endocrine resistance, defined as:\n"
        "  * Progression on tamoxifen\n  * Progression on letrozole\n"
    )
    assert [demand.members for demand in read(text)["prior_required"].demands] == [("aromatase_inhibitor", "tamoxifen")]


def test_evidence_is_the_sentence_in_the_records_own_words():
    """Escapes and signs stay as the record has them, and the offsets slice back to the quote."""
    text = exclusion("More than \\> 2 prior chemotherapy regimens for metastatic disease")
    fact = read(text)["chemo_lines_metastatic"]
    assert fact.value == (None, 2)
    for item in fact.evidence:
        assert item.field == CRITERIA
        assert text[item.start : item.end] == item.quote
        assert "\\>" in item.quote


def test_the_order_of_criteria_does_not_matter():
    """Reading is a set of statements, not a dialogue."""
    sentences = ("Previous taxane", "No prior CDK4/6 inhibitor", "At most 2 prior lines for metastatic disease")
    first, last = read(inclusion(*sentences)), read(inclusion(*reversed(sentences)))
    assert {key: fact.value for key, fact in first.items()} == {key: fact.value for key, fact in last.items()}


@pytest.mark.parametrize(
    "text", ["", "prior " * 20_000, "(" * 50_000, "prior taxane; " * 7_000, "* no prior\n" * 8_000]
)
def test_any_text_is_read_without_harm(text):
    """Nothing raises, and an endless sentence is no sentence."""
    assert set(read(text)) == {*therapies.KEYS, *lines.KEYS}


def test_a_history_is_made_once_for_a_study():
    """Both readers share the work."""
    study = make_study(inclusion("Previous taxane"))
    assert history_of(study, WORDS) is history_of(study, WORDS)


def test_clauses_part_at_what_turns_the_sense_and_keep_their_places():
    """Brackets with a verb of their own are clauses apart."""
    sentence = make_study(
        inclusion("May have had one regimen (it must have been stopped), but must have recovered; no prior taxane")
    ).sentences[0]
    parts = [clause.lower[clause.start : clause.end].strip(" *\n") for clause in clauses_of(sentence)]
    assert [part.split()[0] for part in parts] == ["may", "must", "no", "it"]
    for clause in clauses_of(sentence):
        assert sentence.lower[clause.start : clause.end].strip("() ")[:5] in sentence.lower


@pytest.mark.parametrize(
    ("criteria", "is_open"),
    [
        (inclusion("At least one line of therapy has failed"), False),
        (inclusion("Cancer without curative options, or that has progressed on at least one line of therapy"), True),
        (
            inclusion(
                "Progression on one prior line of therapy", "First-line therapy may have been adjuvant or neoadjuvant"
            ),
            True,
        ),
    ],
)
def test_a_least_number_of_lines_with_another_way_in_is_asked(criteria, is_open):
    """No curative treatment exists for any metastatic disease; treatment of early disease may count."""
    assert [demand.is_conditional for demand in read(criteria)["any_lines_metastatic"].demands] == [is_open]


def test_a_therapy_demanded_in_either_setting_is_of_any():
    """Whichever setting is named first."""
    text = inclusion("Progressed: (a) during adjuvant tamoxifen or (b) on tamoxifen for metastatic disease")
    assert [demand.setting for demand in read(text)["prior_required"].demands] == ["any"]
